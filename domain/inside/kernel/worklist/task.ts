import type { Actor } from '../actor';
import type { Clock } from '../ladder';
import type { CivilDate, Evidence, Fen, Grade, Instant, Role, Words } from '../vocabulary';
import type { Materials, Outcome, Rejection, Statement } from './terms';

/** One thing that people have to answer: the one mechanism of reviews, checks, exceptions and signatures. */
export interface Task {
  /** `20261121-0001/3`: the order's number and a serial within its workflow; a shipment's: `20261121-0001-S1/2`. */
  readonly id: string;
  readonly kind: string;
  readonly revision: number;
  /** The review level, for reviews. */
  readonly level?: number;
  /** What it is about, where a process may have several of the kind: a hold's id, a shipment's number. */
  readonly about?: string;
  /** The state of things that it was opened on: where that is another by now, it is another question, and asked anew. */
  readonly boundTo?: string;
  /** Kinds of facts that answer it by themselves: the goods came, so the task to receive them is done. */
  readonly doneBy?: readonly string[];
  /** 签核位: each is to be signed once; most tasks have one. */
  readonly slots: readonly Slot[];
  readonly signing: Signing;
  /** Roles that may act while nobody is there whom the slots name (HT-2). */
  readonly fallback: readonly Role[];
  /** User ids that four eyes keep out, each with the reason. */
  readonly excluded: readonly { readonly userId: string; readonly because: string }[];
  readonly outcomes: readonly Outcome[];
  /** Of which a return or a rejection names one; absent: any (HT-4). */
  readonly reasons?: readonly string[];
  readonly openedAt: Instant;
  /** Since when those whose turn it is have it; absent: since it was opened. */
  readonly heldSince?: Instant;
  readonly dueAt: Instant;
  readonly dueInWorkingTime?: true;
  readonly clock: Clock;
  /** Whose hours its working time is counted in. */
  readonly team?: string;
  /** Policy lets its clock stand still while the customer is waited for. */
  readonly pausable?: true;
  /** Since when the clock stands still, because the customer is waited for (HT-8, T2). */
  readonly pausedAt?: Instant;
  /** Rule and facts that opened it (HT-16). */
  readonly because: {
    readonly rule: string;
    readonly evidence: Evidence;
    /** What policy notes to the rule. */
    readonly notes?: readonly Words[];
  };
  /** The amount this task is about, where it is about money. */
  readonly amountFen?: Fen;
  /** What the limits of a person are compared with when he approves (HT-11). */
  readonly measures?: Measures;
  readonly state: 'open' | 'decided' | 'void';
  /** What was asked instead of answering it, and not answered by who asked (RV-6). */
  readonly questions?: readonly Decision[];
  /** The signature that decided it; of a void task: what it had been before it was sent back (HT-4). */
  readonly decision?: Decision;
}

export interface Slot {
  /** 1, 2, 3 … within the task; never reused. */
  readonly no: number;
  /** Slots of a lower turn act first. */
  readonly turn: number;
  readonly candidates: readonly Candidate[];
  /** Whom policy asked, before it was transferred: who it may go to is one of them (V4). */
  readonly origin?: readonly Candidate[];
  /** Who added it (加签): an added slot must sign whatever the quorum says. Absent: policy's own. */
  readonly addedBy?: string;
  /** 委派: another prepares the answer for who holds the slot, and it comes back to him. */
  readonly delegated?: { readonly by: string; readonly former: readonly Candidate[] };
  /** What a delegate answered; the holder has the word. */
  readonly advice?: Decision;
  readonly state: 'open' | 'signed' | 'removed';
  readonly signature?: Decision;
}

/** Who may sign: by role, by name, or as superior of somebody, the nearest one who holds `until` (HT-1). */
export type Candidate =
  { readonly role: Role } | { readonly user: string } | { readonly superiorOf: string; readonly until?: Role };

/** 或签 · 会签: how many of policy's own slots have to approve, and what one rejection does (HT-3). */
export interface Signing {
  readonly needed: number;
  readonly onRejection: Rejection;
  /** What a yes states beside itself (RV-2). */
  readonly mustState?: readonly Statement[];
}

export interface Measures {
  readonly amountFen?: Fen;
  readonly discountBp?: number;
  readonly grade?: Grade;
}

export interface Decision {
  readonly outcome: Outcome;
  readonly by: Actor;
  readonly at: Instant;
  readonly factId: string;
  readonly reasonCode?: string;
  readonly conditions?: readonly string[];
  readonly amountFen?: Fen;
  /** When it happened, where that is not when it was entered (HG-4). */
  readonly happenedAt?: Instant;
  /** Where a return goes (HT-4). */
  readonly returnTo?: 'taker' | number;
  /** The date of completion offered with the signature (RV-2). */
  readonly offeredOn?: CivilDate;
  /** Whether the materials are there (RV-2). */
  readonly materials?: Materials;
}

/** One slot for whoever is a candidate: what most tasks have. */
export const oneSlot = (candidates: readonly Candidate[]): Pick<Task, 'slots' | 'signing'> => ({
  slots: [{ no: 1, turn: 1, candidates, state: 'open' }],
  signing: { needed: 1, onRejection: 'ends' },
});

/** What of a task says who still has to sign. */
type Signed = Pick<Task, 'slots' | 'signing'>;

/** The roles that are asked now. */
export const rolesOf = (task: Signed): readonly Role[] =>
  unique(candidatesNow(task).flatMap((candidate) => ('role' in candidate ? [candidate.role] : [])));

/** The users that are asked now, by name. */
export const usersOf = (task: Signed): readonly string[] =>
  unique(candidatesNow(task).flatMap((candidate) => ('user' in candidate ? [candidate.user] : [])));

/** Whose superiors are asked now. */
export const superiorsAsked = (task: Signed): readonly Extract<Candidate, { superiorOf: string }>[] =>
  candidatesNow(task).flatMap((candidate) => ('superiorOf' in candidate ? [candidate] : []));

/** Of an answered task: all whom it asked. */
function candidatesNow(task: Signed): readonly Candidate[] {
  const active = activeSlots(task);
  return (active.length > 0 ? active : task.slots).flatMap(({ candidates }) => candidates);
}

/** The open slots whose turn it is. */
export function activeSlots(task: Signed): readonly Slot[] {
  const open = openSlots(task);
  const turn = Math.min(...open.map((slot) => slot.turn));
  return open.filter((slot) => slot.turn === turn);
}

/** The slots that somebody still has to sign; once enough of policy's own have, the rest of them need not. */
export function openSlots(task: Signed): readonly Slot[] {
  const open = task.slots.filter(({ state }) => state === 'open');
  return quorumIsReached(task) ? open.filter(({ addedBy }) => addedBy !== undefined) : open;
}

export const quorumIsReached = ({ slots, signing }: Signed): boolean =>
  slots.filter((slot) => slot.addedBy === undefined && isYes(slot.signature)).length >= signing.needed;

/** Whether a signature lets things go on; every other outcome but a question stops them. */
export const isYes = (signature: Pick<Decision, 'outcome'> | undefined): boolean =>
  signature !== undefined && yeses.includes(signature.outcome);

const yeses: readonly Outcome[] = ['approve', 'approve_with_conditions', 'done'];

/** Whom four eyes keep out, each once for each reason. */
export const eachOnce = (excluded: Task['excluded']): Task['excluded'] =>
  excluded.filter(
    ({ userId, because }, index) =>
      excluded.findIndex((other) => other.userId === userId && other.because === because) === index,
  );

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** How rows name "the superior of": `li`, or `li>sales_director`. */
export const superiorKey = ({ superiorOf: of, until }: Extract<Candidate, { superiorOf: string }>): string =>
  until === undefined ? of : `${of}>${until}`;
