import type { Base } from './dossier';
import type { DueEffect, Effect } from './effect';
import type { AnyBody, Fact, FactHead, FiledFact } from './fact';
import type { Answer, Ask, Asks, DecidedTask, Source } from './organ';
import type { Posting } from './posting';
import type { RefusalCode } from './refusal';
import type { Shapes } from './shape';
import type { Gate, Instant, Role, Status } from './vocabulary';
import type { Opening, Requirement } from './worklist/requirement';
import type { Decision, Task } from './worklist/task';

/** A rule of any organ, as the kernel holds it: `never` lets every rule in, and keeps all but `call` from calling one. */
interface AnyRule {
  readonly source?: Source;
  readonly from?: readonly Status[] | 'anywhere';
  readonly heldFirst?: true;
  readonly atWill?: true;
  readonly judge?: (view: never, fact: never) => RefusalCode | undefined;
  readonly apply?: (view: never, fact: never) => unknown;
  readonly posts?: (before: never, fact: never, after: never) => readonly Posting[];
}

/** An answer of any organ, likewise. */
type AnyAnswer = Omit<Answer<never, unknown>, 'posts'> & {
  readonly posts?: (before: never, task: DecidedTask, fact: FactHead, after: never) => readonly Posting[];
};

/** An organ of any kind. */
export interface AnyOrgan {
  readonly name: string;
  readonly shapes: Shapes;
  readonly asks: Asks;
  readonly sees?: unknown;
  readonly begins: unknown;
  readonly facts: Readonly<Record<string, AnyRule>>;
  readonly hears?: Readonly<Record<string, AnyRule | undefined>>;
  readonly answers: Readonly<Record<string, AnyAnswer>>;
  readonly followsDecision?: (view: never, task: DecidedTask) => unknown;
  readonly followsWithdrawal?: (view: never, task: DecidedTask, at: Instant) => unknown;
  readonly cameAfter?: (view: never, task: DecidedTask) => string | undefined;
  readonly requires?: (view: never) => readonly Requirement[];
  readonly effects?: (view: never) => readonly Effect[];
  readonly status?: (view: never) => Status | undefined;
}

export type Organs = readonly AnyOrgan[];
type Slice<O extends AnyOrgan> = { readonly [N in O['name']]: O['begins'] };
type Sees<O extends AnyOrgan> = O extends { readonly sees?: infer S } ? NonNullable<S> : unknown;

/** An organ sees organs before it and itself, never one after it: the list is the layering, and the compiler keeps it. */
export type InOrder<L extends Organs, Below = Base> = L extends readonly [
  infer First extends AnyOrgan,
  ...infer Rest extends Organs,
]
  ? Below extends Sees<First>
    ? InOrder<Rest, Below & Slice<First>>
    : `${First['name']} sees what stands after it`
  : unknown;

/** The dossier of a process: the base, and one part for each organ. */
export type DossierOf<L extends Organs> = L extends readonly [
  infer First extends AnyOrgan,
  ...infer Rest extends Organs,
]
  ? Slice<First> & DossierOf<Rest>
  : Base;

/** The kinds of tasks that a list of organs asks. */
export type TasksOf<L extends Organs> = { readonly [I in keyof L]: keyof L[I]['asks'] & string }[number];

/** What a process says beside its list of organs. */
export interface ProcessRules<D extends Base> {
  /** Its name, and that of its workflow. */
  readonly name: string;
  /** The status while no organ keeps anything back. */
  readonly rest: Status;
  /** The published table: what may follow what. A message that would step outside it is refused (S1). */
  readonly next: Readonly<Partial<Record<Status, readonly Status[]>>>;
  /** The end, while it stands: asked before all organs, which the end overrules. */
  readonly ends?: (dossier: D) => Status | undefined;
  /** What tasks and clocks are opened with. */
  readonly opening: (dossier: D) => Opening;
  /** How far before its entry a message may have happened, in seconds (HG-4). */
  readonly backdatingSeconds: (dossier: D) => number;
  /** Nothing counts any more: its workflow has noted its last fact. */
  readonly isOver: (dossier: D) => boolean;
  /** It is closed, and only wound up: what does not count there is refused as `order_ended`, and nothing is undone (S2). */
  readonly isClosed: (status: Status) => boolean;
  /** Why a gate is shut, for all of it or for one part; empty: it is open (HG-1). */
  readonly shut: (dossier: D, gate: Gate, about: string | undefined) => readonly string[];
  /** Who has to act in its children meanwhile (S5). */
  readonly elsewhere?: (dossier: D) => readonly Role[];
  /** Clocks of which only the highest rung that is due tells anybody (DN-1). */
  readonly ringsOnce?: (clock: string) => boolean;
}

/** What a fact did: the dossier after it, how it was filed, what it posts, and which tasks it changed. */
export interface Reduced<D> {
  readonly dossier: D;
  readonly filed: FiledFact;
  readonly postings: readonly Posting[];
  /** Ids of tasks that are other than before. */
  readonly tasks: readonly string[];
  /** It counts, but the published table knows no such step: an incident tells an operator. */
  readonly outsideTable?: { readonly from: Status; readonly to: Status };
}

/** Everything that a process can do, derived from its list of organs: one pure reducer for workflow, door, tests and checkers. */
export interface Process<D extends Base> {
  readonly name: string;
  /** Every kind of fact, with who may say it: signals and routes are made of it. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly shapes: Shapes;
  /** Kinds of facts that the history holds before they are filed. */
  readonly heldFirst: ReadonlySet<string>;
  readonly asks: Readonly<Record<string, Ask>>;
  readonly organs: readonly string[];
  /** The dossier that its first fact opens. */
  readonly open: (no: string, first: Fact) => Reduced<D>;
  readonly reduce: (dossier: D, fact: Fact) => Reduced<D>;
  readonly requires: (dossier: D) => readonly Requirement[];
  /** The facts that open what is called for and not open yet. */
  readonly missing: (dossier: D, now: Instant) => readonly AnyBody[];
  /** The rung that is due at `now`. */
  readonly dueRung: (dossier: D, now: Instant) => AnyBody | undefined;
  /** What is to happen, each with the reasons that shut its gate. */
  readonly due: (dossier: D) => readonly DueEffect[];
  readonly opening: (dossier: D) => Opening;
  /** What came after a decision and cannot be undone (HT-5); undefined: it may be taken back. */
  readonly cameAfter: (dossier: D, task: Task, signature: Decision) => string | undefined;
  readonly isOver: (dossier: D) => boolean;
}
