import type { Dossier } from '../../../domain/inside/order';
import { explain } from '../../../domain/inside/explain';
import { explainInMarkdown } from '../../../domain/inside/explain-in-markdown';
import type { Terms } from '../../../domain/inside/intake/terms';
import type { UserActor } from '../../../domain/inside/kernel/actor';
import type { Outcome } from '../../../domain/inside/kernel/worklist/terms';
import { holdsOf } from '../../../domain/inside/holds/holds';
import { approvalsOf, passesAgain } from '../../../domain/inside/review/review';
import { taskTerms, terms } from '../../builders';
import { accepted, head, kinds, opened, taken, tasksOf, tell, type Told, user } from '../order-told';

const lara = user('lara', 'legal');
const paper = (purpose: string, by: UserActor): Told => ({
  ...head(by),
  kind: 'attachmentFiled',
  attachmentId: 'a',
  purpose,
});

const base = terms({ contract: true });
const contract: Terms = {
  ...base,
  reviews: [{ level: 1, task: 'review.contract', rule: 'contract_order', evidence: {}, fingerprint: 'contract' }],
};
const waived: Terms = { ...base, reviews: [] };

it('RV-10 S5 a contract whose review policy lifts is drafted, signed and filed all the same', () => {
  const approved = accepted(taken(waived));
  expect([approved.status, kinds(approved)]).toEqual(['approved', ['contract.draft']]);
  const { after, stands } = tell(approved, paper('contract_draft', lara));
  expect([stands, kinds(opened(after))]).toEqual(['applied', ['contract.sign']]);
  expect(tell(opened(after), paper('contract_draft', lara)).stands).toBe('too_late');
});

describe('RV-10 S5 who has the task of a paper may file it', () => {
  const draft = (dossier: Dossier) => {
    const task = tasksOf(dossier).find(({ kind }) => kind === 'contract.draft');
    if (task === undefined) throw new Error('no draft is asked for');
    return task;
  };

  it('HT-9 the next authority, once it was passed on', () => {
    const manager = user('greta', 'general_manager');
    const before = taken(contract);
    expect(tell(before, paper('contract_draft', user('dora', 'director'))).stands).toBe('not_a_candidate');
    const late = [0, 1].reduce<Dossier>((after, rung) => {
      const { do: action, to } = draft(after).clock.rungs[rung] ?? { do: 'remind', to: [] };
      return tell(after, { ...head(), kind: 'rungReached', of: draft(after).id, rung, do: action, to }).after;
    }, before);
    expect(tell(before, paper('contract_draft', manager)).stands).toBe('not_a_candidate');
    expect(tell(late, paper('contract_draft', manager)).stands).toBe('applied');
  });

  const alone: UserActor = { kind: 'user', userId: 'root', roles: ['admin'], actingAs: { asFallback: true } };
  it('HT-2 its fallback, when nobody else is left', () =>
    expect(tell(taken(contract), paper('contract_draft', alone)).stands).toBe('applied'));

  it('HT-10 nobody whom four eyes keep out of it', () => {
    const row = { ...taskTerms('contract.draft'), separateFrom: ['taker' as const] };
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
  }).after;
  expect(holdsOf(held)).toHaveLength(1);
  expect(holdsOf(tell(held, paper('contract_draft', lara)).after)).toEqual([]);
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
  const before = tell(taken({ ...contract, holds }), paper('recipe', lara)).after;
  const held = tell(before, { ...head(lara), kind: 'holdPlaced', reason: 'recipe' }).after;
  expect(holdsOf(held).map(({ reason }) => reason)).toEqual(['recipe']);
  expect(holdsOf(tell(held, paper('recipe', user('tom', 'technical'))).after)).toEqual([]);
});

describe('RV-10 a contract that is not signed for the company as it stands', () => {
  const fred = user('fred', 'finance');
  const dora = user('dora', 'director');
  const decides = (dossier: Dossier, by: UserActor, outcome: Outcome, more: object = {}) => {
    const [task] = tasksOf(dossier);
    const said = { kind: 'decisionMade', taskId: task?.id ?? '', outcome, reasonCode: 'wording', ...more } as const;
    const { after, stands } = tell(dossier, { ...head(by), ...said });
    return { after: opened(after), stands, taskId: said.taskId };
  };
  const drafted = (): Dossier => opened(tell(taken(contract), paper('contract_draft', user('ludo', 'legal'))).after);
  const toSign = (): Dossier => accepted(decides(decides(drafted(), lara, 'approve').after, fred, 'approve').after);

  it('RV-10 goes back to be drafted anew, and is approved anew by legal and finance', () => {
    const { after, stands } = decides(toSign(), dora, 'return');
    expect([stands, after.status, after.contract.draft]).toEqual(['applied', 'pending_review', undefined]);
    expect([kinds(after), approvalsOf(after)]).toEqual([['contract.draft'], []]);
    expect(after.worklist.tasks.filter(({ kind }) => kind === 'review.contract').map(({ state }) => state)).toEqual([
      'void',
    ]);
    const again = opened(tell(after, paper('contract_draft', user('ludo', 'legal'))).after);
    expect(kinds(again)).toEqual(['review.contract']);
    const signed = decides(decides(again, lara, 'approve').after, fred, 'approve').after;
    expect(kinds(accepted(signed))).toEqual(['contract.sign']);
  });

  it('RV-10 where policy waives its review, asks for the draft alone', () => {
    const approved = opened(tell(accepted(taken(waived)), paper('contract_draft', lara)).after);
    const { after } = decides(approved, dora, 'return');
    expect([after.status, kinds(after)]).toEqual(['approved', ['contract.draft']]);
  });

  it('RV-10 HT-16 says of the draft that is asked for anew who sent it back, why, and from which task', () => {
    const { after, taskId } = decides(toSign(), dora, 'return');
    const evidence = { by: 'dora', reason: 'wording', task: 'contract.sign', taskId };
    const because = { rule: 'the contract was sent back to its draft', evidence };
    expect(tasksOf(after)).toMatchObject([{ kind: 'contract.draft', because }]);
    expect(explainInMarkdown(explain(after), 480)).toContain(
      `because ${because.rule} (by dora, reason wording, task contract.sign, taskId ${taskId})`,
    );
    // Who signs for another says so.
    const standIn: UserActor = { ...user('dirk', 'director'), onBehalfOf: 'dora' };
    const byAnother = tasksOf(decides(toSign(), standIn, 'return').after);
    expect(byAnother).toMatchObject([{ because: { evidence: { by: 'dirk', onBehalfOf: 'dora' } } }]);
    // What is drafted for the first time was sent back by nobody.
    expect(tasksOf(taken(contract))[0]?.because).toEqual({ rule: 'the order is a contract', evidence: {} });
  });

  it('RV-10 ends the order when it is rejected, with the reason', () => {
    const { after } = decides(toSign(), dora, 'reject');
    expect([after.status, after.closing.closure]).toEqual([
      'rejected',
      { as: 'rejected', reasonCode: 'wording', costFen: 0 },
    ]);
  });

  it('HT-4 goes back to nobody else, and not without a reason', () => {
    expect(decides(toSign(), dora, 'return', { returnTo: 'taker' }).stands).toBe('unknown_level');
    expect(decides(toSign(), dora, 'return', { reasonCode: undefined }).stands).toBe('reason_required');
  });

  it('HT-5 stands approved again when the return is undone before another draft is there', () => {
    const before = toSign();
    const { after, taskId } = decides(before, dora, 'return');
    const undo = { ...head(dora), kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty' } as const;
    const undone = opened(tell(after, undo).after);
    expect([undone.status, kinds(undone)]).toEqual(['approved', ['contract.sign']]);
    expect([undone.contract.draft, approvalsOf(undone), undone.credit]).toEqual([
      before.contract.draft,
      approvalsOf(before),
      before.credit,
    ]);
    expect(undone.worklist.tasks.map(({ kind, state }) => `${kind} ${state}`)).toContain('review.contract decided');
    const again = tell(after, paper('contract_draft', user('ludo', 'legal'))).after;
    expect(tell(again, { ...undo, id: 'late' }).stands).toBe('too_late');
  });

  it('HT-10 is neither co-signed nor signed for the company by who drafted it, for himself or for another', () => {
    const own = opened(tell(taken(contract), paper('contract_draft', lara)).after);
    expect(decides(own, lara, 'approve').stands).toBe('four_eyes');
    const standIn: UserActor = { ...user('lena', 'legal'), onBehalfOf: 'lara' };
    expect(decides(own, standIn, 'approve').stands).toBe('four_eyes');
    const byDora = opened(
      tell(accepted(taken(waived)), paper('contract_draft', user('dora', 'director', 'legal'))).after,
    );
    expect(tasksOf(byDora)).toMatchObject([
      {
        because: { evidence: { draft: 'a' } },
        excluded: [{ userId: 'dora', because: 'drafted the contract' }],
      },
    ]);
    expect(decides(byDora, dora, 'done').stands).toBe('four_eyes');
    expect(decides(byDora, user('dirk', 'director'), 'done').stands).toBe('applied');
  });
});

describe('RV-5 HT-10 a paper that lifts a hold', () => {
  const holds: Terms['holds'] = {
    recipe: {
      gates: ['produce'],
      releasedBy: ['sales_director'],
      filedBy: ['technical', 'sales'],
      liftsWhen: 'filed',
      isCondition: true,
    },
  };
  const reviews = [{ level: 1, task: 'review.management', rule: 'all', evidence: {} }] as const;
  const of = { ...terms({ reviews }), holds };
  const stops = (dossier: Dossier): Dossier =>
    opened(tell(dossier, { ...head(lara), kind: 'holdPlaced', reason: 'recipe' }).after);
  const demanded = (dossier: Dossier = taken(of)): Dossier => {
    const [task] = tasksOf(dossier);
    const said = { kind: 'decisionMade', taskId: task?.id ?? '', outcome: 'approve_with_conditions' } as const;
    const by = user('greta', 'general_manager');
    return opened(tell(dossier, { ...head(by), ...said, conditions: ['recipe'] }).after);
  };

  it('RV-5 comes from whom policy names, or who is asked to lift it, and from nobody else', () => {
    const held = stops(taken(of));
    expect(tell(held, paper('recipe', user('walt', 'warehouse'))).stands).toBe('not_a_candidate');
    for (const role of ['technical', 'sales', 'sales_director'] as const) {
      const { after, stands } = tell(held, paper('recipe', user('x', role)));
      expect([role, stands, holdsOf(after)]).toEqual([role, 'applied', []]);
    }
    expect(tell(held, paper('recipe', user('x', 'quality', 'technical'))).stands).toBe('applied');
  });

  it('HT-10 what a reviewer demanded the taker alone does not settle, but where policy says so', () => {
    expect(tell(demanded(), paper('recipe', user('tina', 'sales'))).stands).toBe('four_eyes');
    const another = tell(demanded(), paper('recipe', user('tom', 'sales')));
    expect([another.stands, holdsOf(another.after)]).toEqual(['applied', []]);
    // What somebody else stopped is no reviewer's demand.
    expect(tell(stops(taken(of)), paper('recipe', user('tina', 'sales'))).stands).toBe('applied');
    const lenient = { ...of, holds: { recipe: { ...holds['recipe'], takerFiles: true } } } as Terms;
    expect(tell(demanded(taken(lenient)), paper('recipe', user('tina', 'sales'))).stands).toBe('applied');
  });

  it('RV-5 is no file of the customer’s own, and a file like any other where something else is held', () => {
    const customers = { ...paper('recipe', user('x', 'sales')), by: { kind: 'customer' } } as const;
    expect(tell(stops(taken(of)), customers).stands).toBe('not_a_candidate');
    const other = { ...of, holds: { ...of.holds, sample: { ...holds['recipe'], filedBy: ['technical'] } } } as Terms;
    const held = stops(taken(other));
    const both = opened(tell(held, { ...head(lara), kind: 'holdPlaced', reason: 'sample' }).after);
    const lifted = tell(both, paper('recipe', user('tom', 'sales'))).after;
    expect(holdsOf(lifted).map(({ reason }) => reason)).toEqual(['sample']);
    expect(tell(held, paper('sample', user('walt', 'warehouse'))).stands).toBe('applied');
  });

  it('HT-10 is not settled by who took the order either, after another changed it', () => {
    const changed = { ...head(user('eve', 'sales')), kind: 'orderRevised', terms: of, fromRevision: 1 } as const;
    const again = demanded(opened(tell(taken(of), changed).after));
    for (const userId of ['tina', 'eve'])
      expect([userId, tell(again, paper('recipe', user(userId, 'sales'))).stands]).toEqual([userId, 'four_eyes']);
    expect(tell(again, paper('recipe', user('tom', 'sales'))).stands).toBe('applied');
  });

  it('RV-5 answers nothing that is demanded later; before it is a file like any other', () => {
    const early = tell(taken(of), paper('recipe', user('walt', 'warehouse')));
    expect(early.stands).toBe('applied');
    expect(holdsOf(demanded(early.after)).map(({ reason }) => reason)).toEqual(['recipe']);
    const lifted = tell(demanded(), paper('recipe', user('tom', 'sales'))).after;
    expect(holdsOf(stops(lifted)).map(({ reason }) => reason)).toEqual(['recipe']);
  });
});

it('RV-10 HT-11 a contract is read before it is approved: no earlier approval of the same person passes for it', () => {
  const { signing: _two, ...alone } = taskTerms('review.contract');
  const passing = terms({
    contract: true,
    review: { ...base.review, sameApprover: 'passes' },
    tasks: { ...base.tasks, 'review.contract': alone },
    reviews: [
      { level: 1, task: 'review.compliance', rule: 'test', evidence: {} },
      { level: 2, task: 'review.contract', rule: 'contract_order', evidence: {} },
    ],
  });
  const before = taken(passing);
  const [level] = tasksOf(before).filter(({ kind }) => kind === 'review.compliance');
  const decided = tell(before, { ...head(lara), kind: 'decisionMade', taskId: level?.id ?? '', outcome: 'approve' });
  expect(decided.stands).toBe('applied');
  expect(passesAgain(decided.after)).toBeUndefined();
  const { after } = tell(opened(decided.after), paper('contract_draft', lara));
  expect(passesAgain(after)).toBeUndefined();
  expect(kinds(opened(after))).toEqual(['review.contract']);
});
