import type { UserActor } from '../../domain/inside/actor';
import { openTasks } from '../../domain/inside/desk';
import type { Dossier } from '../../domain/inside/dossier';
import type { OrderFact } from '../../domain/inside/fact';
import type { Terms } from '../../domain/inside/terms';
import { terms } from '../builders';
import { head, kinds, opened, taken, tell, user } from './order-told';

const lara = user('lara', 'legal');
const paper = (purpose: string, by: UserActor): OrderFact => ({
  ...head(by),
  kind: 'attachmentFiled',
  attachmentId: 'a',
  purpose,
});

const base = terms({ contract: true });
const contract: Terms = {
  ...base,
  reviews: [{ level: 1, task: 'review.contract', rule: 'contract_order', saw: {}, fingerprint: 'contract' }],
};
const waived: Terms = { ...base, reviews: [] };

const accepted = (dossier: Dossier): Dossier => {
  const customer = { suspended: false, holds: [] };
  return opened(tell(dossier, { ...head(), kind: 'creditReserved', revision: 1, exposureFen: 0, customer }).desk);
};

it('RV-10 S5 a contract whose review policy lifts is drafted, signed and filed all the same', () => {
  const approved = accepted(taken(waived));
  expect([approved.status, kinds(approved)]).toEqual(['approved', ['contract.draft']]);
  const { desk, stands } = tell(approved, paper('contract_draft', lara));
  expect([stands, kinds(opened(desk))]).toEqual(['applied', ['contract.sign']]);
  expect(tell(opened(desk), paper('contract_draft', lara)).stands).toBe('too_late');
});

describe('RV-10 S5 who has the task of a paper may file it', () => {
  const draft = (dossier: Dossier) => {
    const task = openTasks(dossier).find(({ kind }) => kind === 'contract.draft');
    if (task === undefined) throw new Error('no draft is asked for');
    return task;
  };

  it('HT-9 the next authority, once it was passed on', () => {
    const manager = user('greta', 'general_manager');
    const before = taken(contract);
    expect(tell(before, paper('contract_draft', user('dora', 'director'))).stands).toBe('not_a_candidate');
    const late = [0, 1].reduce<Dossier>((desk, rung) => {
      const { do: action, to } = draft(desk).clock.rungs[rung] ?? { do: 'remind', to: [] };
      return tell(desk, { ...head(), kind: 'rungRang', of: draft(desk).id, rung, do: action, to }).desk;
    }, before);
    expect(tell(before, paper('contract_draft', manager)).stands).toBe('not_a_candidate');
    expect(tell(late, paper('contract_draft', manager)).stands).toBe('applied');
  });

  const alone: UserActor = { kind: 'user', userId: 'root', roles: ['admin'], standing: { asFallback: true } };
  it('HT-2 its fallback, when nobody else is left', () =>
    expect(tell(taken(contract), paper('contract_draft', alone)).stands).toBe('applied'));

  it('HT-10 nobody whom four eyes keep out of it', () => {
    const row = { ...contract.tasks['contract.draft'], notAlso: ['taker' as const] };
    const apart = taken({ ...contract, tasks: { ...contract.tasks, 'contract.draft': row } });
    expect(tell(apart, paper('contract_draft', user('tina', 'legal'))).stands).toBe('four_eyes');
    expect(tell(apart, paper('contract_draft', lara)).stands).toBe('applied');
  });
});

it('RV-5 a hold that is named like a paper of the contract is lifted by that paper', () => {
  const holds = {
    contract_draft: {
      gates: ['confirm' as const],
      releasedBy: ['legal' as const],
      liftsWhen: 'filed' as const,
      isCondition: true,
    },
  };
  const held = tell(taken({ ...contract, holds }), {
    ...head(lara),
    kind: 'holdPlaced',
    reason: 'contract_draft',
  }).desk;
  expect(held.holds).toHaveLength(1);
  expect(tell(held, paper('contract_draft', lara)).desk.holds).toEqual([]);
});

it('RV-2 HG-2 what somebody stops waits for another paper than the one that lay there before', () => {
  const holds = {
    recipe: {
      gates: ['produce' as const],
      releasedBy: ['technical' as const],
      liftsWhen: 'filed' as const,
      isCondition: true,
    },
  };
  const before = tell(taken({ ...contract, holds }), paper('recipe', lara)).desk;
  const held = tell(before, { ...head(lara), kind: 'holdPlaced', reason: 'recipe' }).desk;
  expect(held.holds.map(({ reason }) => reason)).toEqual(['recipe']);
  expect(tell(held, paper('recipe', lara)).desk.holds).toEqual([]);
});
