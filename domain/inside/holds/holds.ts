import type { Base } from '../kernel/dossier';
import { remembered, those } from '../kernel/remembered';
import { text } from '../kernel/shape';
import type { Gate } from '../kernel/vocabulary';
import type { Confirmation, ConfirmationSees } from '../confirmation/confirmation';
import type { Contract } from '../contract/contract';
import { customerOf } from '../credit/credit';
import type { Goods } from '../goods/goods';
import type { Intake } from '../intake/intake';
import type { Hold } from '../intake/terms';
import { type Money, netReceivedFen } from '../money/money';
import { approvalsOf, type Review } from '../review/review';

/** 冻结: one list of reasons that shut gates of this order (HG-1); what its customer is held for stands beside it. */
export interface Holds {
  /** What somebody has placed, and nobody lifted. */
  readonly placed: readonly Placed[];
  /** What somebody lifted, by the hold's id, with the task that did and how much had passed each gate by then (HT-5). */
  readonly lifted: Readonly<Record<string, Lifted>>;
  /** The newest paper of each purpose that lifts a hold, with the fact that filed it. */
  readonly papers: Readonly<Record<string, { readonly attachmentId: string; readonly seq: number }>>;
}

/** A hold with the sequence of the fact that set it: what it demands is answered by a paper that comes after it. */
export type Placed = Hold & { readonly seq: number };

interface Lifted {
  readonly hold: Placed;
  readonly taskId: string;
  readonly passed: Readonly<Record<Gate, number>>;
}

export const holdsFacts = {
  /** 冻结: somebody stops the order, for a reason of the policy (HG-2); a task asks for its release. */
  holdPlaced: { reason: text() },
} as const;

export const holdsAsks = {
  'hold.lift': { words: { zh: '解除冻结', en: 'release of a hold' }, outcomes: ['approve'] },
} as const;

export interface HoldsSees extends ConfirmationSees {
  readonly money: Money;
  readonly goods: Goods;
  readonly confirmation: Confirmation;
}
export type HoldsView = Base & HoldsSees & { readonly holds: Holds };

/** What is still to be paid of the whole order. */
export const balanceFen = ({ money, intake }: { readonly money: Money; readonly intake: Intake }): number =>
  Math.max(0, intake.terms.totals.totalFen - netReceivedFen(money));

/** The holds of the order itself that stand: placed by somebody or demanded by an approval, not lifted, their condition not true (HG-2, RV-5). */
export const holdsOf = ({ holds, review, intake, contract, confirmation, money }: HeldView): readonly Placed[] =>
  standing(intake, holds, review, contract, confirmation, money);

/** What says which holds stand. */
type HeldView = Pick<HoldsView, 'holds' | 'review' | 'intake' | 'contract' | 'confirmation' | 'money'>;

/** Every fact asks for them; where all that were placed stand, they are the list that they were placed in. */
const standing = remembered(
  (
    intake: Intake,
    holds: Holds,
    review: Review,
    contract: Contract,
    confirmation: Confirmation,
    money: Money,
  ): readonly Placed[] => {
    const view = { holds, review, intake, contract, confirmation, money };
    const conditions = conditionsOf(view);
    const all = conditions.length === 0 ? holds.placed : [...holds.placed, ...conditions];
    return those(all, (hold) => stands(view, hold));
  },
);

/** What approvals demand: a condition stands and falls with the decision that set it (RV-5). */
export const conditionsOf = (view: HeldView): readonly Placed[] =>
  approvalsOf(view).flatMap(({ taskId, conditions, by, at, seq }) =>
    conditions.flatMap((reason) => {
      const row = view.intake.terms.holds[reason];
      const id = `${taskId}:${reason}`;
      const [placedBy] = by;
      // Demanded anew by the same task it is another hold, which the former answer does not touch.
      const isLifted = Object.hasOwn(view.holds.lifted, id) && view.holds.lifted[id]?.hold.seq === seq;
      return row === undefined || isLifted
        ? []
        : [
            {
              id,
              reason,
              gates: row.gates,
              setBy: taskId,
              placedAt: at,
              seq,
              ...(placedBy === undefined ? {} : { placedBy }),
            },
          ];
    }),
  );

/** Whether the condition that lifts a hold by itself is not true yet. */
export function stands(view: HeldView, { reason, seq }: Placed): boolean {
  switch (view.intake.terms.holds[reason]?.liftsWhen) {
    case 'paid_in_full':
      return balanceFen(view) > 0;
    case 'signed_paper':
      return view.confirmation.returnedAt === undefined;
    case 'filed': {
      const paper = Object.hasOwn(view.holds.papers, reason) ? view.holds.papers[reason] : undefined;
      return paper === undefined || paper.seq < seq;
    }
    case undefined:
      return true;
  }
}

/** What shuts a gate now: holds of the order and of its customer, in one list (HG-1). */
export const holdsOn = (view: HoldsView, gate: Gate): readonly Hold[] =>
  [...holdsOf(view), ...customerOf(view).holds].filter(({ gates }) => gates.includes(gate));

/** Whether an effect may go ahead, as far as holds go. */
export const isOpen = (view: HoldsView, gate: Gate): boolean => holdsOn(view, gate).length === 0;
