import { openTasks, type Desk } from './desk';
import type { CreditRefusal } from './credit';
import type { Dossier } from './dossier';
import { holdersOf } from './holders';
import { balanceFen } from './leave';
import type { Clock, RungAction } from './ladder';
import type { Dunning } from './dunning';
import type { Parcel } from './parcel';
import { wouldDoNothing } from './passing-on';
import { responsibleRoles } from './responsible';
import { questionsOf, type ShownQuestion } from './questions';
import { isClosed } from './stage';
import { returnedOf, type Returned } from './sent-back';
import { shownHolds, type ShownHold } from './shown-holds';
import { neededOf, signedOf, type ShownSignature } from './shown-signatures';
import { keptOut, rolesOf, superiorKey, superiorsAsked, usersOf, type Task } from './task';
import type { DeskTerms } from './terms';
import type { Fen, Instant, OrderStatus, Role } from './vocabulary';
import { waitsForOf } from './waits-for';
import { whyDunningWaits, whyParcelWaits } from './why-children-wait';
import { whyOrderWaits } from './why-order-waits';
import type { Words } from './words';

/** EX-1, "Why is it here?": one answer for the API, the page and the Temporal UI, from the dossier alone. */
export interface Explanation {
  readonly orderNo: string;
  readonly status: OrderStatus;
  readonly since: Instant;
  readonly waitsFor: string;
  /** The roles that answer for what is open (RV-8). */
  readonly holders: readonly Role[];
  /** Who is asked by name, by user id. */
  readonly persons: readonly string[];
  readonly waiting: readonly Waiting[];
  readonly unpaidFen: Fen;
  readonly missing: readonly string[];
  readonly promisedOn: string | null;
  readonly closedBecause: string | null;
  /** What its gates are shut by, of its own and of its customer, also those that it comes to later (HG-1). */
  readonly holds: readonly ShownHold[];
  /** Who sent it back to its taker, why, and what comes after (HT-4). */
  readonly returned: Returned | null;
  /** Why no credit was to be had (AR-4). */
  readonly credit: CreditRefusal | null;
}

export interface Waiting {
  readonly what: string;
  readonly taskId: string | null;
  /** The roles that answer for it, also where one person holds it (RV-8). */
  readonly responsible: readonly Role[];
  /** The roles that may act. */
  readonly roles: readonly Role[];
  /** Who may act by name. */
  readonly users: readonly string[];
  /** Whose superiors may act: `li`, or `li>sales_director` (HT-1). */
  readonly superiors: readonly string[];
  /** Roles that may act while nobody is there whom it asks (HT-2). */
  readonly fallback: readonly Role[];
  /** Who has signed, and how many have to approve; null of a wait (HT-3). */
  readonly signed: readonly ShownSignature[];
  readonly needed: number | null;
  /** What was asked of it, by whom and when; the words are in the inbox, by the message's id (RV-6). */
  readonly questions: readonly ShownQuestion[];
  readonly notAllowed: readonly { readonly userId: string; readonly because: string }[];
  /** Since when whose turn it is has it. */
  readonly since: Instant;
  readonly dueAt: Instant | null;
  /** Since when its clock stands, because the customer is waited for: then nothing is due and nothing rings (HT-8). */
  readonly pausedAt: Instant | null;
  readonly rule: string | null;
  /** What policy notes to the rule, in both languages. */
  readonly ruleNotes: readonly Words[];
  readonly saw: Saw;
  /** What the clock does next, soonest first. */
  readonly next: readonly { readonly at: Instant; readonly do: RungAction; readonly to: readonly Role[] }[];
}

type Saw = Task['because']['saw'];

/** Which rule makes a wait necessary, and the facts that it saw (HT-16). */
export type Because = Pick<Task['because'], 'rule' | 'saw'>;

export function explain(dossier: Dossier): Explanation {
  const isOver = isClosed(dossier.status) || dossier.endedAt !== undefined;
  return {
    orderNo: dossier.orderNo,
    status: dossier.status,
    since: dossier.statusSince,
    waitsFor: waitsForOf(dossier),
    holders: holdersOf(dossier),
    persons: [...new Set(openTasks(dossier).flatMap(usersOf))].sort(),
    waiting: waitingOf(dossier, (wait) => whyOrderWaits(dossier, wait)),
    unpaidFen: isOver ? 0 : balanceFen(dossier),
    missing: dossier.terms.missing,
    promisedOn: isOver ? null : (dossier.promisedOn ?? null),
    closedBecause: dossier.closure?.reasonCode ?? null,
    holds: isOver ? [] : shownHolds(dossier),
    returned: returnedOf(dossier),
    credit: dossier.credit?.state === 'refused' ? dossier.credit : null,
  };
}

export const waitingOfParcel = (parcel: Parcel): readonly Waiting[] =>
  waitingOf(parcel, (wait) => whyParcelWaits(parcel, wait));

export const waitingOfDunning = (dunning: Dunning): readonly Waiting[] =>
  waitingOf(dunning, (wait) => whyDunningWaits(dunning, wait));

/** What is open on any desk, an order's, a shipment's or a collection's: what the clock does next comes first. */
function waitingOf(
  desk: Desk & { readonly terms: Pick<DeskTerms, 'tasks'> },
  why: (wait: string) => Because | undefined,
): readonly Waiting[] {
  const waiting = [
    ...openTasks(desk).map((task) => ({
      what: task.kind,
      taskId: task.id,
      responsible: responsibleRoles(task, desk.terms),
      roles: rolesOf(task),
      users: usersOf(task),
      superiors: superiorsAsked(task).map(superiorKey),
      fallback: task.fallback,
      signed: signedOf(task),
      needed: neededOf(task),
      questions: questionsOf(task),
      notAllowed: keptOut(task),
      since: task.heldSince ?? task.openedAt,
      dueAt: task.pausedAt === undefined ? task.dueAt : null,
      pausedAt: task.pausedAt ?? null,
      rule: task.because.rule,
      ruleNotes: task.because.notes ?? [],
      saw: task.because.saw,
      next: task.pausedAt === undefined ? ahead(task.clock, task) : [],
    })),
    ...Object.values(desk.waits).map((wait) => {
      const because = why(wait.name);
      return {
        what: wait.name,
        taskId: null,
        responsible: wait.roles,
        roles: wait.roles,
        users: [],
        superiors: [],
        fallback: [],
        signed: [],
        needed: null,
        questions: [],
        notAllowed: [],
        since: wait.clock.startedAt,
        dueAt: null,
        pausedAt: null,
        rule: because?.rule ?? null,
        ruleNotes: [],
        saw: because?.saw ?? {},
        next: ahead(wait.clock),
      };
    }),
  ];
  const soonest = ({ next }: Waiting): Instant => next[0]?.at ?? '9999';
  return waiting.toSorted((one, other) => (soonest(one) < soonest(other) ? -1 : soonest(one) > soonest(other) ? 1 : 0));
}

/** Without the rungs that would do nothing any more: what was passed on by hand is not passed on by time (IN-9). */
const ahead = (clock: Clock, task?: Task): Waiting['next'] =>
  clock.rungs
    .slice(clock.rung)
    .filter((rung) => !wouldDoNothing(task, rung))
    .map(({ at, do: action, to }) => ({ at, do: action, to }));
