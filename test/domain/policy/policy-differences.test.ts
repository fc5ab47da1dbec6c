import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { type Differences, differenceProblems, laidOver } from '../../../config/differences';
import { loadPolicy } from '../../../config/load-policy';
import { wholePolicy } from '../../../config/whole-policy';

const remind = { after: 'P1D', do: 'remind', to: ['sales'] };
const again = { after: 'P3D', do: 'remind', to: [] };
const escalate = { after: 'P7D', do: 'escalate', to: ['director'] };
const base = {
  name: 'base',
  version: 3,
  limit: 5,
  areas: ['新疆'],
  flags: { below: 10, above: 20 },
  rules: [
    { rule: 'first', task: 'sales' },
    { rule: 'second', task: 'legal' },
  ],
  tasks: {
    pick: { due: 'PT1H', ladder: [remind, escalate] },
    pack: { due: 'PT2H', ladder: [remind, again, escalate], team: 'night' },
  },
};
const problemsOf = (differences: Differences): readonly string[] =>
  differenceProblems(base, differences).map(({ path, reason }) => `${path}: ${reason}`);

describe('a policy that states only where it differs', () => {
  test.each<[string, Differences, object]>([
    ['nothing changes nothing', {}, {}],
    ['a value is replaced', { limit: 6 }, { limit: 6 }],
    ['an object is merged by key', { flags: { above: 30 } }, { flags: { below: 10, above: 30 } }],
    ['null takes a field away', { flags: { above: null } }, { flags: { below: 10 } }],
    ['a new field comes with all it holds', { team: { a: { b: 1 } } }, { team: { a: { b: 1 } } }],
    ['a list without names is replaced', { areas: ['西藏'] }, { areas: ['西藏'] }],
    ['a list with names may be replaced, too', { rules: [] }, { rules: [] }],
    [
      'a named row is merged',
      { rules: { second: { task: 'sales' } } },
      { rules: [base.rules[0], { rule: 'second', task: 'sales' }] },
    ],
    ['a named row is taken away', { rules: { first: null } }, { rules: [base.rules[1]] }],
    [
      'a new name is a new row at the end',
      { rules: { third: { task: 'legal' } } },
      { rules: [...base.rules, { rule: 'third', task: 'legal' }] },
    ],
    [
      'of rungs that do the same, the second has a number',
      {
        tasks: { pack: { ladder: { remind: { to: [] }, 'remind 2': { after: 'P4D' }, 'remind 3': { after: 'P9D' } } } },
      },
      {
        tasks: {
          pick: base.tasks.pick,
          pack: {
            ...base.tasks.pack,
            ladder: [{ ...remind, to: [] }, { ...again, after: 'P4D' }, escalate, { do: 'remind', after: 'P9D' }],
          },
        },
      },
    ],
    [
      'a star changes what every row has, and a row of its own lies over it',
      { tasks: { '*': { due: 'PT9H', ladder: { 'remind 2': null }, team: 'day' }, pick: { due: 'PT8H' } } },
      {
        tasks: {
          pick: { due: 'PT8H', ladder: [remind, escalate] },
          pack: { due: 'PT9H', ladder: [remind, escalate], team: 'day' },
        },
      },
    ],
    [
      'a row may go back to what it was',
      { tasks: { '*': { due: 'PT9H' }, pick: { due: 'PT1H' } } },
      { tasks: { ...base.tasks, pack: { ...base.tasks.pack, due: 'PT9H' } } },
    ],
  ])('GV-3 %s', (_what, differences, expected) => {
    expect(laidOver(base, differences)).toEqual({ ...base, ...expected });
    expect(problemsOf(differences)).toEqual([]);
  });

  const idle = 'changes nothing: leave it out';
  test.each<[string, Differences, readonly string[]]>([
    [
      'a value that is so already',
      { limit: 5, flags: { above: 20, below: 11 } },
      [`limit: ${idle}`, `flags.above: ${idle}`],
    ],
    ['a list that is so already', { areas: ['新疆'] }, [`areas: ${idle}`]],
    ['what is taken away where nothing is', { flags: { beside: null } }, [`flags.beside: ${idle}`]],
    ['an empty difference', { flags: {} }, [`flags: ${idle}`]],
    [
      'a name that is said twice',
      { rules: { third: { rule: 'third', task: 'legal' } } },
      [`rules.third.rule: ${idle}`],
    ],
    ['a star over a field that no row has', { tasks: { '*': { roles: ['sales'] } } }, [`tasks.*.roles: ${idle}`]],
    [
      'a row that says what the star says',
      { tasks: { '*': { due: 'P1D' }, pick: { due: 'P1D' } } },
      [`tasks.pick.due: ${idle}`],
    ],
    [
      'a star of which every row says otherwise',
      { tasks: { '*': { due: 'P1D' }, pick: { due: 'P2D' }, pack: { due: 'P3D' } } },
      [`tasks.*.due: ${idle}`],
    ],
    [
      'rows of a list that have no names',
      { areas: { 0: '西藏', 1: '青海' } },
      ['areas: the rows of this list have no names: give the list whole'],
    ],
    [
      'more than can be tried out',
      Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`field${index}`, index])),
      ['policy: differs in more than 500 places: write it whole'],
    ],
  ])('GV-3 %s is refused with its place', (_what, differences, problems) => {
    expect(problemsOf(differences)).toEqual(problems);
  });

  test('GV-3 names that the language knows are names like others', () => {
    const differences = JSON.parse(
      '{"__proto__": {"limit": 1}, "constructor": {"a": 1}, "tasks": {"toString": {"due": "P1D"}}, "flags": {"__proto__": null}}',
    ) as Differences;
    const whole = laidOver(base, differences) as Record<string, object>;
    expect(Object.keys(whole)).toEqual([...Object.keys(base), '__proto__', 'constructor']);
    expect(Object.getPrototypeOf(whole)).toBe(Object.prototype);
    expect(Object.keys(whole['tasks'] ?? {})).toEqual(['pick', 'pack', 'toString']);
    expect(problemsOf(differences)).toEqual([`flags.__proto__: ${idle}`]);
  });

  test('X1 what is deeper than any policy is taken whole, and ends', () => {
    const levels = 100_000;
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`);
    const whole = laidOver(base, { flags: { deep } }) as { readonly flags: object };
    expect(Object.keys(whole.flags)).toEqual(['below', 'above', 'deep']);
    expect(problemsOf({ flags: { deep } })).toEqual([]);
  });
});

describe('what a document differs in', () => {
  test('GV-3 laid over what it differs from, it gives the whole, and nothing of it could be left out', () => {
    fc.assert(
      fc.property(documents, documents, (one, other) => {
        const differences = (differencesOf(one, other) ?? {}) as Differences;
        expect(laidOver(one, differences)).toEqual(other);
        expect(differenceProblems(one, differences)).toEqual([]);
      }),
    );
  });

  test.each(['demo', 'northwind'])('GV-3 so do those of the policy "%s"', (name) => {
    const [one, other] = [loadPolicy('default').policy, loadPolicy(name).policy];
    const differences = differencesOf(one, other) as Differences;
    expect(Object.keys(differences).length).toBeGreaterThan(5);
    expect(laidOver(one, differences)).toEqual(other);
    expect(differenceProblems(one, differences)).toEqual([]);
  });
});

describe('policies that build on one another', () => {
  const files: Readonly<Record<string, object>> = {
    base,
    second: { name: 'second', version: 1, differsFrom: 'base', limit: 6, areas: [] },
    third: { name: 'third', version: 1, differsFrom: 'second', areas: ['西藏'] },
    fourth: { name: 'fourth', version: 1, differsFrom: 'third', flags: null },
    fifth: { name: 'fifth', version: 1, differsFrom: 'fourth', flags: { below: 1 } },
    circular: { name: 'circular', version: 1, differsFrom: 'back', limit: 7 },
    back: { name: 'back', version: 1, differsFrom: 'circular', limit: 8 },
    idle: { name: 'idle', version: 1, differsFrom: 'base', limit: 5 },
  };
  const find = (name: string): unknown => (Object.hasOwn(files, name) ? files[name] : undefined);
  const whole = (document: object) => wholePolicy(document, find, ['own']);
  const own = { name: 'own', version: 1 };

  test('GV-3 each is laid over the whole of the one below it', () => {
    expect(whole(base)).toEqual({ document: base });
    expect(whole({ ...own, differsFrom: 'third', limit: 9 })).toEqual({
      document: { ...base, ...own, limit: 9, areas: ['西藏'] },
    });
  });

  test.each<[string, object, string, RegExp]>([
    ['one that is not there', { differsFrom: 'nobody' }, 'differsFrom', /^there is no policy nobody$/],
    ['no name', { differsFrom: 7 }, 'differsFrom', /^must be the name of a policy$/],
    ['a name of the language', { differsFrom: 'constructor' }, 'differsFrom', /^must be the name of a policy$/],
    ['a path', { differsFrom: '../secrets' }, 'differsFrom', /^must be the name of a policy$/],
    ['itself', { differsFrom: 'own' }, 'differsFrom', /^goes round in a circle: own, own\./],
    [
      'a circle',
      { differsFrom: 'back' },
      'differsFrom',
      /^goes round in a circle: own, back, circular, back\..*\(in circular\)/,
    ],
    [
      'too many below',
      { differsFrom: 'fifth' },
      'differsFrom',
      /^more than 4 policies build on one another: own, fifth,/,
    ],
    ['one that changes nothing', { differsFrom: 'idle', limit: 8 }, 'limit', /^changes nothing.*\(in idle\)$/],
    [
      'one while it has no name',
      { differsFrom: 'base', name: undefined },
      'name',
      /^must be stated by each policy itself$/,
    ],
    ['one while it has no version', { differsFrom: 'base', version: undefined }, 'version', /^must be stated by each/],
  ])('GV-3 a policy that differs from %s is refused', (_what, document, path, reason) => {
    const verdict = whole({ ...own, limit: 9, ...document });
    expect(verdict).toEqual({ problems: [{ path, reason: expect.stringMatching(reason) }] });
  });
});

/** Documents of one shape: fields of every kind, some of them left out. */
const rung = fc.record({ do: fc.constantFrom('remind', 'escalate'), after: fc.constantFrom('P1D', 'P2D') });
const row = fc.record(
  { due: fc.constantFrom('P1D', 'P2D'), team: fc.constantFrom('a', 'b'), ladder: fc.array(rung) },
  { requiredKeys: ['due'] },
);
const rule = fc.record({
  rule: fc.constantFrom('first', 'second', 'third', 'constructor'),
  task: fc.constantFrom('a', 'b'),
});
const documents = fc
  .record(
    {
      limit: fc.constantFrom(1, 2),
      areas: fc.array(fc.constantFrom('a', 'b')),
      rules: fc.uniqueArray(rule, { selector: ({ rule: name }) => name }),
      tasks: fc.dictionary(fc.constantFrom('pick', 'pack', '__proto__'), row),
      nested: fc.record(
        { one: fc.boolean(), other: fc.record({ x: fc.boolean() }, { requiredKeys: [] }) },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  )
  // As a file gives them: whatever their names.
  .map((document) => JSON.parse(JSON.stringify(document)) as Differences);

/** What has to be laid over one document to get another; undefined: nothing. */
function differencesOf(one: unknown, other: unknown): unknown {
  if (isDeepStrictEqual(one, other)) return undefined;
  const [before, after] = [rowsOf(one), rowsOf(other)];
  if (before === undefined || after === undefined) return other;
  const kept = [...before.keys()].filter((name) => after.has(name));
  const added = [...after.keys()].filter((name) => !before.has(name));
  if (Array.isArray(one) && [...after.keys()].join() !== [...kept, ...added].join()) return other;
  const changes = [...before].map(([name, value]) => [
    name,
    after.has(name) ? differencesOf(value, after.get(name)) : null,
  ]);
  const news = added.map((name) => [name, Array.isArray(one) ? withoutName(after.get(name)) : after.get(name)]);
  return Object.fromEntries([...changes, ...news].filter(([, value]) => value !== undefined));
}

function rowsOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const names = value.map((one: { readonly rule?: string; readonly do?: string }) => one.rule ?? one.do);
  if (names.length === 0 || names.includes(undefined)) return undefined;
  return new Map(
    value.map((one, index) => {
      const count = names.slice(0, index + 1).filter((name) => name === names[index]).length;
      return [count === 1 ? `${names[index]}` : `${names[index]} ${count}`, one];
    }),
  );
}

function withoutName(value: unknown): object {
  const { rule: _rule, do: _do, ...others } = value as Differences;
  return others;
}
