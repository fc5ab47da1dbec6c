import { collection } from '../../../domain/inside/collection';
import type { Base } from '../../../domain/inside/kernel/dossier';
import type { FiledFact } from '../../../domain/inside/kernel/fact';
import type { Posting } from '../../../domain/inside/kernel/posting';
import type { Process, Reduced } from '../../../domain/inside/kernel/process';
import { type Dossier, order } from '../../../domain/inside/order';
import { shipment } from '../../../domain/inside/shipment';
import { type Run, factsOf } from './evidence';

/** One fact and what it did to the dossier, by the reducer that workflow, read model and tests use. */
interface Step {
  readonly before: Base;
  readonly after: Base;
  readonly was: FiledFact;
  /** How the reducer files it now. */
  readonly now: FiledFact;
  /** It counts, and the published table knows no such step (S1). */
  readonly outsideTable: boolean;
}

/** A history's facts, put through the reducer again. */
export interface Folded {
  readonly run: Run;
  readonly dossier: Base;
  readonly steps: readonly Step[];
  readonly postings: readonly Posting[];
}

/** Several checks look at the same run: folded once, as long as anybody has it. */
const known = new WeakMap<Run, Folded>();

/** Folds the facts that a run's filings carry. */
export function foldedOf(run: Run): Folded {
  const before = known.get(run);
  if (before !== undefined) return before;
  const folded = fold(run);
  known.set(run, folded);
  return folded;
}

function fold(run: Run): Folded {
  switch (run.type) {
    case 'order':
      return foldedBy(order, run);
    case 'shipment':
      return foldedBy(shipment, run);
    case 'collection':
      return foldedBy(collection, run);
  }
}

function foldedBy<D extends Base>(process: Process<D>, run: Run): Folded {
  const [first, ...rest] = factsOf(run);
  const opened = first === undefined ? undefined : begun(process, run, first);
  if (opened === undefined) return { run, dossier: run.dossier, steps: [], postings: [] };
  const steps: Step[] = [];
  const postings: Posting[] = [...opened.postings];
  let { dossier } = opened;
  for (const was of rest) {
    const { dossier: after, filed: now, postings: posted, outsideTable } = process.reduce(dossier, was.fact);
    steps.push({ before: dossier, after, was, now, outsideTable: outsideTable !== undefined });
    postings.push(...posted);
    dossier = after;
  }
  return { run, dossier, steps, postings };
}

/** Undefined where the first fact is none that opens such a process: every check then finds the run without its facts. */
function begun<D extends Base>(
  process: Process<D>,
  { workflowId, type }: Run,
  { fact }: FiledFact,
): Reduced<D> | undefined {
  try {
    return process.open(workflowId.slice(type.length + 1), fact);
  } catch {
    return undefined;
  }
}

/** An order's dossier; only orders have one. */
export const dossierOf = (dossier: Base): Dossier => dossier as Dossier;
