import type { Attributes } from '../domain/inside/order-attributes';
import type { Whom, ChildProcess, Answered } from '../domain/inside/kernel/effect';
import type { AnySummary, Filing } from '../domain/inside/filing';
import type { Fact } from '../domain/inside/kernel/fact';
import type { Instant } from '../domain/inside/kernel/vocabulary';

/**
 * All that a run has of the world. In the product these are Temporal's activities, children, signals and timers
 * (`temporal-world.ts`); tests of the loop give it a world in plain memory.
 */
export interface World {
  readonly workflowId: string;
  readonly now: () => Instant;
  /** Until `met` is true. Everything it looks at changes only while the loop waits. */
  readonly wait: (met: () => boolean) => Promise<void>;
  readonly timer: (at: Instant, summary: string) => Timer;
  readonly perform: (act: Act, patience: Patience) => Promise<Outcome>;
  readonly start: (child: Child) => Promise<Outcome>;
  readonly tell: (whom: Whom, fact: Fact) => Promise<Outcome>;
  readonly file: (filing: Filing<AnySummary>, summary: string, patience: Patience | 'at_once') => Promise<Outcome>;
  /** The run, and how long its history is at this workflow task; after continue-as-new it goes on from the last. */
  readonly run: () => Pick<Filing, 'run' | 'epoch'>;
  /** Resolves when it is opened, or when even that met a lasting fault; it never rejects for a fault of the world. */
  readonly openIncident: (incident: Incident) => Promise<void>;
  readonly show: (shown: { readonly details: string; readonly attributes: Attributes | undefined }) => void;
  readonly historyIsLong: () => boolean;
  readonly continueAsNew: (dossier: unknown) => Promise<never>;
}

export interface Timer {
  readonly at: Instant;
  readonly rang: () => boolean;
  readonly stop: () => void;
}

/**
 * How long the world tries before it says that the answer is away: ten seconds, so that no outage holds the queue for
 * longer, or for as long as it takes.
 */
export type Patience = 'ten_seconds' | 'as_long_as_it_takes';

/** What became of something that was asked of the world. */
export type Outcome =
  | { readonly is: 'done'; readonly answered?: Answered<unknown> }
  /** Nobody knows yet whether it was done: it is to be tried again under the same key. */
  | { readonly is: 'away' }
  /** A fault that trying again does not cure; its name, from a closed list. */
  | { readonly is: 'broken'; readonly fault: string };

interface Act {
  readonly call: string;
  readonly request: unknown;
  readonly summary: string;
}

export interface Child {
  readonly process: ChildProcess;
  readonly no: string;
  /** The fact that opens its dossier. */
  readonly first: Fact;
  readonly summary: string;
}

export interface Incident {
  /** One incident for each key, however often it is opened. */
  readonly key: string;
  readonly orderNo: string;
  readonly kind: string;
  readonly detail: string;
}
