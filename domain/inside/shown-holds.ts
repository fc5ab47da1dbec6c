import { customerOf } from './credit/credit';
import { clockOfHold } from './holds/customer-holds';
import { holdsOf } from './holds/holds';
import type { Hold, HoldTerms } from './intake/terms';
import { nextRung } from './kernel/ladder';
import type { Gate, Instant, Role } from './kernel/vocabulary';
import { clockOf, openTasks } from './kernel/worklist/worklist';
import type { Dossier } from './order';

/** A hold as people read it: whose it is, since when, until when, who looks at it again and who lifts it (HG-1). */
export interface ShownHold {
  readonly id: string;
  readonly of: 'order' | 'customer';
  readonly reason: string;
  readonly gates: readonly Gate[];
  /** Null: it was placed before holds said so. */
  readonly since: Instant | null;
  readonly placedBy: string | null;
  /** The task whose decision set it as a condition (RV-5). */
  readonly setBy: string | null;
  /** It lifts by itself then. */
  readonly until: Instant | null;
  /** When somebody looks at it again: its task is due, or its clock reminds. */
  readonly reviewAt: Instant | null;
  readonly releasedBy: readonly Role[];
  readonly liftsWhen: NonNullable<HoldTerms['liftsWhen']> | null;
  /** The paper that lifts it: its purpose, and whose it is (RV-5). */
  readonly paper: { readonly purpose: string; readonly filedBy: readonly Role[] } | null;
}

/** What shuts gates of the order, those that it comes to later too: its own holds and its customer's. */
export const shownHolds = (dossier: Dossier): readonly ShownHold[] => [
  ...holdsOf(dossier).map((hold) => ({
    ...shown(dossier, hold, 'admin'),
    of: 'order' as const,
    liftsWhen: dossier.intake.terms.holds[hold.reason]?.liftsWhen ?? null,
    paper: paperThatLifts(dossier, hold),
    reviewAt: openTasks(dossier.worklist).find(({ about }) => about === hold.id)?.dueAt ?? null,
  })),
  ...customerOf(dossier).holds.map((hold) => ({
    ...shown(dossier, hold, 'finance_lead'),
    of: 'customer' as const,
    // What lifts an order's hold by itself lifts none of its customer's.
    liftsWhen: null,
    paper: null,
    reviewAt: reviewOf(dossier, hold),
  })),
];

function shown({ intake: { terms } }: Dossier, hold: Hold, otherwise: Role) {
  const { id, reason, gates, placedAt, placedBy, setBy, until } = hold;
  return {
    id,
    reason,
    gates,
    since: placedAt ?? null,
    placedBy: placedBy ?? null,
    setBy: setBy ?? null,
    until: until ?? null,
    releasedBy: terms.holds[reason]?.releasedBy ?? [otherwise],
  };
}

function paperThatLifts({ intake: { terms } }: Dossier, { reason }: Hold): ShownHold['paper'] {
  const row = terms.holds[reason];
  return row?.liftsWhen === 'filed' ? { purpose: reason, filedBy: row.filedBy ?? row.releasedBy } : null;
}

function reviewOf({ worklist }: Dossier, hold: Hold): Instant | null {
  const clock = clockOf(worklist, clockOfHold(hold));
  return (clock && nextRung(clock)?.at) ?? null;
}
