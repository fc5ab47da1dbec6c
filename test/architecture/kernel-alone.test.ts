import {
  defaultsIn,
  effectsPerformed,
  statusesWritten,
  switchesOverKinds,
  switchesOverSomeKinds,
  worklistsChanged,
} from './kernel-alone';
import { productFolders, type Sources, sourcesIn } from './sources';

// Organs say what should be; the kernel and its one loop do it. What an organ or a page does by itself is found here.

const inside = sourcesIn('domain/inside');
const sandbox = sourcesIn('domain/inside', 'workflows');
/** Modules that belong to one organ, without the processes and what explains them. */
const organs: Sources = new Map([...sandbox].filter(([path]) => /^domain\/inside\/\w[\w-]*\/|^workflows\//.test(path)));

const plant = (path: string, source: string): Sources => new Map([[path, source]]);

describe('nobody outside the kernel chooses by the kind of a fact or a task, or by a status', () => {
  test('everywhere', () => {
    expect(switchesOverKinds(inside)).toEqual([]);
  });

  test.each([
    ['facts', `switch (fact.kind) { case 'holdPlaced': break; case 'stockFreed': break; }`],
    ['tasks', `switch (kind) { case 'review.sales': break; }`],
    ['statuses of an order', `switch (view.status) { case 'approved': case 'allocated': break; default: }`],
    ['statuses of a shipment', `switch (to) { case 'picking': break; case 'delivered': break; }`],
    ['statuses of a collection', `switch (to) { case 'collecting': break; case 'paid': break; }`],
  ])('planted: a switch over %s', (what, source) => {
    const path = 'domain/inside/closing/rules.ts';
    expect(switchesOverKinds(plant(path, source))).toEqual([`${path} switches over ${what}`]);
  });

  test('but a choice by other words, or by the kernel itself, is none', () => {
    const byGround = `switch (ground) { case 'paid': break; case 'on_account': break; }`;
    expect(switchesOverKinds(plant('domain/inside/clearance/clearance.ts', byGround))).toEqual([]);
    const byKind = `switch (fact.kind) { case 'taskOpened': break; }`;
    expect(switchesOverKinds(plant('domain/inside/kernel/worklist/apply.ts', byKind))).toEqual([]);
  });
});

describe('whoever else chooses by kind names every kind', () => {
  test('everywhere', () => {
    expect(switchesOverSomeKinds(sourcesIn(...productFolders.filter((folder) => folder !== 'scripts')))).toEqual([]);
  });

  test('planted', () => {
    const source = `switch (fact.kind) { case 'holdPlaced': break; default: break; }`;
    expect(switchesOverSomeKinds(plant('api/explain.ts', source))).toHaveLength(1);
    expect(switchesOverSomeKinds(plant('api/explain.ts', source.replace('default: break; ', '')))).toEqual([]);
  });
});

describe('no switch in the sandbox has a default, so the compiler asks for each member that is added', () => {
  test('everywhere', () => {
    expect(defaultsIn(sandbox)).toEqual([]);
  });

  test('planted', () => {
    const source = `switch (reason) { case 'late': break; default: break; }`;
    expect(defaultsIn(plant('domain/inside/closing/rules.ts', source))).toHaveLength(1);
  });
});

describe('S1 no status is written but by the kernel', () => {
  test('everywhere', () => {
    expect(statusesWritten(organs)).toEqual([]);
  });

  test.each([
    `const apply = (view) => ({ ...view.closing, status: 'cancelled' });`,
    `const apply = (view, status) => ({ ...view, status });`,
    `dossier.status = 'cancelled';`,
    `const rule = organ('closing', {}, {}).of({ begins: { status: 'open' }, facts: {} });`,
  ])('planted: %s', (source) => {
    expect(statusesWritten(plant('domain/inside/closing/rules.ts', source))).toHaveLength(1);
  });

  test('but an organ says by its rule which it gives, and evidence shows which there was', () => {
    const source = `organ('closing', {}, {}).of({ status, facts: {} }); const why = { evidence: { status, at } };`;
    expect(statusesWritten(plant('domain/inside/closing/rules.ts', source))).toEqual([]);
  });
});

describe('S5 no task is closed and no clock is stopped but by the kernel', () => {
  test('everywhere', () => {
    expect(worklistsChanged(sandbox)).toEqual([]);
  });

  test.each([
    ['domain/inside/deposit/deposit.ts', `import { calledFor } from '../kernel/worklist/called-for';`],
    ['domain/inside/review/rules.ts', `import { reassigned } from '../kernel/worklist/reassignment';`],
    ['workflows/effects.ts', `import { applyAtWorklist } from '../domain/inside/kernel/worklist/apply';`],
    ['domain/inside/order.ts', `import { call } from './kernel/call';`],
    ['domain/inside/deposit/deposit.ts', `const apply = (view) => ({ ...view, worklist: { tasks: [], clocks: {} } });`],
    ['domain/inside/closing/rules.ts', `const ended = tasks.map((task) => ({ ...task, state: 'void' }));`],
    ['domain/inside/billing/rules.ts', `const fact = { kind: 'decisionMade', taskId, outcome: 'done' };`],
    ['workflows/inputs.ts', `noteOwn(run, { kind: 'taskOpened', task });`],
  ])('planted: %s: %s', (path, source) => {
    expect(worklistsChanged(plant(path, source))).toHaveLength(1);
  });
});

describe('HG-1 X4 no gate is asked, no workflow signalled and nothing asked of the world but by the loop', () => {
  test('everywhere', () => {
    expect(effectsPerformed(sandbox)).toEqual([]);
  });

  test.each([
    ['domain/inside/shipping/rules.ts', `if (rules.shut(view, 'ship').length > 0) stop();`],
    ['domain/inside/shipping/effects.ts', `const mayGo = due.filter(({ shutBy }) => shutBy.length === 0);`],
    ['workflows/order.ts', `await handle.signal('stopShipment');`],
    ['workflows/shipment.ts', `await run.world.wait(() => true);`],
    ['workflows/collection.ts', `const { world } = run;`],
  ])('planted: %s: %s', (path, source) => {
    expect(effectsPerformed(plant(path, source)).length).toBeGreaterThan(0);
  });
});

describe('what all workflows of a thread share keeps nothing of one workflow (W3)', () => {
  /** Something at the top of a module that can be changed later: a variable, or a container that begins empty. */
  const changeable = /^(export )?(let|var) |^(export )?const [^=]*= (new (Weak)?(Map|Set)[^(]*\(\)|\[\]|\{\};)/m;
  const shared = new Map([...sourcesIn('domain')].filter(([path]) => path.startsWith('domain/inside/')));
  const changing = (sources: Sources): readonly string[] =>
    [...sources].filter(([, source]) => changeable.test(source)).map(([path]) => path);

  test('everywhere', () => {
    expect(changing(shared)).toEqual([]);
  });

  test.each(['let count = 0;', 'export const known = new Map<string, number>();', 'const seen: string[] = [];'])(
    'planted: %s',
    (source) => {
      expect(changing(new Map([['domain/inside/kernel/known.ts', `import './fact';\n${source}`]]))).toHaveLength(1);
    },
  );
});
