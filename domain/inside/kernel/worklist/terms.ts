import type { Calendar } from '../calendar';
import type { Duration, Rung } from '../ladder';
import type { Role } from '../vocabulary';
import type { Team } from './team';

/** What opening tasks and clocks needs of a process's terms. A child gets the rows of its own tasks alone: terms are large. */
export interface WorklistTerms {
  readonly salespersonId: string;
  readonly calendar: Calendar;
  /** Teams with hours and cut-offs of their own (HT-8). */
  readonly teams?: Readonly<Record<string, Team>>;
  /** Policy's row for each kind of task that the process may open. */
  readonly tasks: Readonly<Record<string, TaskTerms>>;
}

/** The part of an order's worklist terms that a child is handed, with the rows of these kinds of tasks. */
export function worklistTerms(terms: WorklistTerms, kinds: readonly string[]): WorklistTerms {
  const { salespersonId, calendar, teams } = terms;
  const rows = Object.entries(terms.tasks).filter(([kind]) => kinds.includes(kind));
  return { salespersonId, calendar, ...(teams === undefined ? {} : { teams }), tasks: Object.fromEntries(rows) };
}

/** Policy's row for a kind of task. */
export interface TaskTerms {
  /** Roles that may act. */
  readonly roles: readonly Role[];
  /** Users named by a field of the order (HT-1). */
  readonly alsoSalesperson: boolean;
  /** When it is due; the ladder's first escalation usually stands there. */
  readonly due: Duration;
  readonly ladder: readonly Rung[];
  readonly outcomes: readonly Outcome[];
  /** Tasks of this revision whose decider may not decide this one; `taker` excludes who took or last edited the order (V3). */
  readonly separateFrom: readonly string[];
  /** Also the superior of who looks after the order, or took it; the nearest one who holds `until` (HT-1). */
  readonly superior?: { readonly of: 'salesperson' | 'taker'; readonly until?: Role };
  /** Several signatures; absent: one, by any candidate (HT-3). */
  readonly signing?: SigningTerms;
  /** Who may act while nobody is there (HT-2). */
  readonly fallback: readonly Role[];
  /** Closed list of reasons for a return or rejection; absent: any code (HT-4). */
  readonly reasons?: readonly string[];
  /** What a yes states beside itself, where something is made for the order (RV-2). */
  readonly mustState?: readonly Statement[];
  /** Whose hours its working time is counted in; absent: the company's (HT-8). */
  readonly team?: string;
  /** Its clock may stand still while the customer is waited for (HT-8). */
  readonly pausable?: true;
}

/** 物料 and 完工日期: what technical and production sign for. */
export const statements = ['materials', 'offeredOn'] as const;
export type Statement = (typeof statements)[number];

/** Whether what the goods are made of is there. */
export const materials = ['in_hand', 'to_be_bought'] as const;
export type Materials = (typeof materials)[number];

/** Signatures by these roles, or by the order's salesperson (HT-1): so many needed, side by side or one after the other. */
export interface SigningTerms {
  readonly slots: readonly (readonly (Role | 'salesperson')[])[];
  readonly needed: number;
  readonly inSequence: boolean;
  readonly onRejection: Rejection;
}

/**
 * What one no does (HT-3). `ends`: it is the answer; `counts`: no is the answer once enough approvals are out of reach;
 * `passes_on`: the next in turn is asked, until somebody settles it by a yes or sends it back (IN-9).
 */
export type Rejection = 'ends' | 'counts' | 'passes_on';

/** What a person may answer to a task. `done` closes a task that asks for work, not for a judgement. */
export const outcomes = ['approve', 'approve_with_conditions', 'return', 'reject', 'ask', 'done', 'wrong'] as const;
export type Outcome = (typeof outcomes)[number];
/** Outcomes that need a reason code (V5). */
export const outcomesWithReason: readonly Outcome[] = ['return', 'reject', 'wrong'];

/** How a task may move between people (HT-6). */
export const reassignments = [
  'transfer',
  'delegate',
  'give_back',
  'recall',
  'add_before',
  'add_beside',
  'add_after',
  'remove',
] as const;
export type Reassignment = (typeof reassignments)[number];
