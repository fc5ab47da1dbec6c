import { isClosed } from '../kernel/closed';
import { limits } from '../kernel/limits';
import { organ } from '../kernel/organ';
import { remembered, valuesOf } from '../kernel/remembered';
import { statusesBefore } from '../kernel/vocabulary';
import type { TaskRequirement } from '../kernel/worklist/requirement';
import type { intakeFacts } from '../intake/intake';
import type { Terms } from '../intake/terms';
import { customerHoldsWaitedFor } from './customer-holds';
import { type Holds, holdsAsks, holdsFacts, holdsOf, type HoldsSees, type HoldsView, type Placed } from './holds';
import { lifted, setAgain, whatCameAfterLift } from './lift';
import { judgeLiftingPaper } from './paper-lifts';

/** Until the goods leave somebody may stop the order. */
const beforeItLeaves = statusesBefore('shipped_out');

export const holds = organ('holds', holdsFacts, holdsAsks).of<Holds, HoldsSees, typeof intakeFacts>({
  begins: { placed: [], lifted: {}, papers: {} },
  facts: {
    holdPlaced: {
      source: 'door',
      from: beforeItLeaves,
      atWill: true,
      judge: (view, { reason }) => {
        if (!Object.hasOwn(view.intake.terms.holds, reason)) return 'unknown_reason';
        const hasRoom = holdsOf(view).length < limits.holds && valuesOf(view.holds.lifted).length < limits.liftedHolds;
        return hasRoom ? undefined : 'limit_reached';
      },
      apply: ({ holds: before, intake: { terms }, seq }, { id, reason, at, by }) => {
        const gates = terms.holds[reason]?.gates ?? [];
        const placedBy = by.kind === 'user' ? { placedBy: by.userId } : {};
        return { ...before, placed: [...before.placed, { id, reason, gates, placedAt: at, seq, ...placedBy }] };
      },
    },
  },
  hears: {
    attachmentFiled: {
      judge: judgeLiftingPaper,
      apply: (view, { purpose, attachmentId }) => {
        // Only papers that a hold waits for are remembered: their number is the policy's.
        const isWanted = holdsOf(view).some(({ reason }) => reason === purpose);
        return isWanted
          ? { ...view.holds, papers: { ...view.holds.papers, [purpose]: { attachmentId, seq: view.seq } } }
          : view.holds;
      },
    },
    // What somebody stopped stays stopped; what was lifted of a former revision cannot be taken back.
    orderRevised: { apply: ({ holds: before }) => ({ ...before, papers: {} }) },
  },
  answers: {
    'hold.lift': { decided: lifted, undo: { cameAfter: whatCameAfterLift, restored: setAgain } },
  },
  requires: (view) => {
    if (isClosed(view.status)) return [];
    const ofCustomer = customerHoldsWaitedFor(view);
    return ofCustomer.length === 0 ? tasksOf(view) : [...ofCustomer, ...tasksOf(view)];
  },
});

/** Who looks after what stops an order: each hold is a task of those who may lift it (HG-1). */
const tasksOf = (view: HoldsView): readonly TaskRequirement<keyof typeof holdsAsks>[] =>
  tasksFor(view.intake.terms.holds, holdsOf(view));

/** Each fact calls for the task of each hold that stands, and they are the same tasks until one is lifted or placed. */
const tasksFor = remembered(
  (terms: Terms['holds'], held: readonly Placed[]): readonly TaskRequirement<keyof typeof holdsAsks>[] =>
    held.map((hold) => taskOf(terms, hold)),
);

const taskOf = remembered(
  (terms: Terms['holds'], { id, seq, reason, gates }: Placed): TaskRequirement<keyof typeof holdsAsks> => ({
    what: 'task',
    kind: 'hold.lift',
    about: id,
    boundTo: `${id} ${seq}`,
    rule: `held: ${reason}`,
    evidence: { gates: gates.join(' ') },
    roles: terms[reason]?.releasedBy ?? ['admin'],
  }),
);
