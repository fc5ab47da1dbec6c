import type { Base } from './dossier';
import type { Effect } from './effect';
import type { Body, FactHead } from './fact';
import type { Posting } from './posting';
import type { RefusalCode } from './refusal';
import type { NoShapes, Said, Shape, Shapes } from './shape';
import type { Instant, Status, Words } from './vocabulary';
import type { WorklistFactOf } from './worklist/facts';
import type { Requirement } from './worklist/requirement';
import type { Decision, Task } from './worklist/task';
import type { Outcome } from './worklist/terms';

/**
 * Who may say it. `door`: people and systems outside, by a message of the same name. `told`: another workflow of ours. `own`: the
 * process itself, as a step or as the answer to an effect.
 */
export type Source = 'door' | 'told' | 'own';

/** A fact as its rules see it. */
export type Told<S extends Shape, K = string> = FactHead & { readonly kind: K } & Said<S>;

/** One kind of fact: who says it, from where it counts, why it may not count after all, and what it makes of its owner's part. */
interface Rule<View, State, S extends Shape, K = string> {
  readonly source: Source;
  readonly from: readonly Status[] | 'anywhere';
  /**
   * The history holds it before it is filed: its rows add up or void others, or an operator's clock timed it.
   * What is filed without that may be filed again by another attempt at the same workflow task.
   */
  readonly heldFirst?: true;
  /** It may be said again and again and ends nothing: a process that is full refuses it (W2). */
  readonly atWill?: true;
  readonly judge?: (view: View, fact: Told<S, K>) => RefusalCode | undefined;
  readonly apply: (view: View, fact: Told<S, K>) => State;
  /** What it enters into the ledger: `before` is how things stood, `after` the owner's part that it made. */
  readonly posts?: (before: View, fact: Told<S, K>, after: State) => readonly Posting[];
}

/** What an organ makes of a fact that an organ before it owns, or the kernel: it may object, and it may change its own part. */
type Hearing<View, State, S extends Shape, K = string> = Partial<Pick<Rule<View, State, S, K>, 'judge' | 'apply'>>;

/** What people are asked. Who is asked, by when, and which of the outcomes he is offered are policy's. */
export interface Ask {
  readonly words: Words;
  /** The outcomes that mean something, beside a question back; none: a fact answers it. Absent: whatever policy offers. */
  readonly outcomes?: readonly Outcome[];
  /** Somebody asked for it, so he is told of a yes too. */
  readonly isApplication?: true;
  /** In which statuses the process stands still for it, and the words for what it waits for then (EX-1). */
  readonly standsStill?: { readonly in: readonly Status[]; readonly waitsFor: string };
}
export type Asks = Readonly<Record<string, Ask>>;

export type DecidedTask = Task & { readonly decision: Decision };
export const isDecided = (task: Task): task is DecidedTask => task.state === 'decided' && task.decision !== undefined;

/** What the answer to a task means, and until when it may be taken back (HT-5). */
export interface Answer<View, State> {
  /** Why an answer does not count, beside what holds for every task. */
  readonly judge?: (view: View, fact: WorklistFactOf<'decisionMade'>, task: Task) => RefusalCode | undefined;
  /** What the decision makes of the organ's part; absent: it only says that somebody has done or answered something. */
  readonly decided?: (view: View, task: DecidedTask) => State;
  readonly posts?: (before: View, task: DecidedTask, fact: FactHead, after: State) => readonly Posting[];
  /** How it is taken back; a kind of fact instead: its decision is that fact, or is answered by it, and stands. */
  readonly undo: Undo<View, State> | string;
}

export interface Undo<View, State> {
  /** The kind of fact that came since and cannot be undone; undefined: the decision may be taken back. */
  readonly cameAfter: (view: View, task: DecidedTask, signature: Decision) => string | undefined;
  /** The organ's part as if nobody had decided; absent: the decision had changed nothing of it. */
  readonly restored?: (view: View, task: DecidedTask, at: Instant) => State;
}

/** The part of an organ that remembers nothing. */
export type KeepsNothing = { readonly [K in never]: never };

/** What an organ sees: the base, its own part, and the parts that it names. */
type View<Name extends string, State, Sees> = Base & Sees & { readonly [N in Name]: State };

/** Everything that an organ says; `S` are its facts, `H` those of organs before it that it hears or notes, `T` its tasks. */
export interface Rules<Name extends string, State, Sees, S extends Shapes, H extends Shapes, T extends Asks> {
  readonly begins: State;
  readonly facts: { readonly [K in keyof S]: Rule<View<Name, State, Sees>, State, S[K], K> };
  readonly hears?: { readonly [K in keyof H]?: Hearing<View<Name, State, Sees>, State, H[K], K> };
  readonly answers: { readonly [K in keyof T]: Answer<View<Name, State, Sees>, State> };
  /** What the decision of any task, of whichever organ, makes of this part; and taking it back. */
  readonly followsDecision?: (view: View<Name, State, Sees>, task: DecidedTask) => State;
  readonly followsWithdrawal?: (view: View<Name, State, Sees>, task: DecidedTask, at: Instant) => State;
  /** Why a decision of another organ's task is not taken back: the kind of fact that came since. */
  readonly cameAfter?: (view: View<Name, State, Sees>, task: DecidedTask) => string | undefined;
  /** What must be open now. */
  readonly requires?: (view: View<Name, State, Sees>) => readonly Requirement<keyof T & string>[];
  /** What is to happen now. */
  readonly effects?: (view: View<Name, State, Sees>) => readonly Effect<Body<S & H>>[];
  /** The status of the part that is furthest behind here; undefined: the organ keeps nothing back. */
  readonly status?: (view: View<Name, State, Sees>) => Status | undefined;
}

export type Organ<Name extends string, State, Sees, S extends Shapes, H extends Shapes, T extends Asks> = Rules<
  Name,
  State,
  Sees,
  S,
  H,
  T
> & {
  readonly name: Name;
  readonly shapes: S;
  readonly asks: T;
  readonly sees?: Sees;
};

/** Its name, what can be said and what people are asked, as the table of contents; then the rules, each checked against them. */
export const organ = <const Name extends string, S extends Shapes, T extends Asks>(name: Name, shapes: S, asks: T) => ({
  of: <State, Sees = unknown, H extends Shapes = NoShapes>(
    rules: Rules<Name, State, Sees, S, H, T>,
  ): Organ<Name, State, Sees, S, H, T> => ({ name, shapes, asks, ...rules }),
});
