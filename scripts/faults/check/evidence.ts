import type { temporal } from '@temporalio/proto';
import type { EveryFact, FactKind, FactNamed } from '../../../domain/inside/every-fact';
import type { Filing } from '../../../domain/inside/filing';
import type { Base } from '../../../domain/inside/kernel/dossier';
import type { FiledFact } from '../../../domain/inside/kernel/fact';
import type { JournalEntry } from '../journal';
import type { Ending } from '../stories/live';

/** A row as PostgreSQL says it in JSON: numbers, texts, instants as ISO text. */
export type Row = Readonly<Record<string, unknown>>;

/** Tables by name. */
export type Tables = Readonly<Record<string, readonly Row[]>>;

/** One workflow's run, from its history. */
export interface Run {
  readonly workflowId: string;
  readonly type: 'order' | 'shipment' | 'collection';
  readonly closed: boolean;
  /** Completed activities of the history. */
  readonly effects: readonly { readonly activity: string; readonly key: string | undefined }[];
  /** What went to `fileFacts` and was done, in order. */
  readonly filings: readonly Filing[];
  /** The dossier by query: what the workflow itself says. */
  readonly dossier: Base;
  /** Undefined when the history replays as it was. */
  readonly replayFailure: string | undefined;
}

/** Bytes that must not hold a canary. */
export interface Place {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Everything that the checker looks at, read when all was quiet. */
export interface Evidence {
  readonly seed: number;
  readonly readAt: string;
  readonly journal: readonly JournalEntry[];
  readonly endings: readonly Ending[];
  readonly tables: Tables;
  /** The read model made anew from the histories, in an empty database. */
  readonly rebuilt: Tables;
  readonly runs: readonly Run[];
  readonly places: readonly Place[];
  readonly canaries: readonly string[];
  /** One history as it was fetched: with something changed in it, its replay must fail. */
  readonly sample: {
    readonly workflowId: string;
    readonly histories: readonly temporal.api.history.v1.IHistory[];
    /** What it was sealed with. */
    readonly sealKeys: string;
  };
  /** Parts that ended though nobody killed them. */
  readonly deaths: readonly string[];
}

/** The facts of a run, in their order, as its filings say. */
export const factsOf = ({ filings }: Run): readonly FiledFact[] => filings.flatMap(({ facts }) => facts);

/** A filed fact that counts, and is of this kind. */
export const isApplied = <Kind extends FactKind>(
  filed: FiledFact,
  kind: Kind,
): filed is FiledFact & { readonly fact: FactNamed<Kind> } => filed.filed === 'applied' && filed.fact.kind === kind;

/** Those of its facts that count. What was filed as applied has the shape of its kind: the reducer looked at it. */
export const appliedIn = (run: Run): readonly EveryFact[] =>
  factsOf(run).flatMap(({ fact, filed }) => (filed === 'applied' ? [fact as EveryFact] : []));

/** The facts of one kind. */
export const ofKind = <Kind extends FactKind>(facts: readonly EveryFact[], kind: Kind): readonly FactNamed<Kind>[] =>
  facts.filter((fact): fact is FactNamed<Kind> => fact.kind === kind);

/** `order-20261121-0001` belongs to `20261121-0001`, and so do its shipments and collections. */
export const orderNoOf = (workflowId: string): string => /\d{8}-\d{4,9}/.exec(workflowId)?.[0] ?? workflowId;
