import { openDossier } from '../../../domain/inside/GONE-dossier';
import { fileInDunning, openDunning } from '../../../domain/inside/GONE-dunning';
import { file } from '../../../domain/inside/GONE-file-fact';
import { fileInParcel, openParcel } from '../../../domain/inside/GONE-parcel';
import type { EveryFact } from '../../../domain/inside/every-fact';
import type { Dossier } from '../../../domain/inside/order';
import type { FiledFact } from '../../../domain/inside/kernel/fact';
import type { Posting } from '../../../domain/inside/kernel/posting';
import type { Worklist } from '../../../domain/inside/kernel/worklist/worklist';
import { type Run, factsOf } from './evidence';

/** One fact and what it did to the dossier, by the reducer that workflow, read model and tests use. */
interface Step {
  readonly before: Worklist;
  readonly after: Worklist;
  readonly was: FiledFact;
  /** How the reducer files it now. */
  readonly now: FiledFact;
}

/** A history's facts, put through the reducer again. */
export interface Folded {
  readonly run: Run;
  readonly desk: Worklist;
  readonly steps: readonly Step[];
  readonly postings: readonly Posting[];
}

interface Rule {
  readonly desk: Worklist;
  readonly file: (desk: Worklist, fact: EveryFact) => { desk: Worklist; filed: FiledFact; postings?: readonly Posting[] };
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
  const [first, ...rest] = factsOf(run);
  const rule = first === undefined ? undefined : opened(run, first.fact);
  if (rule === undefined) return { run, desk: run.dossier, steps: [], postings: [] };
  const steps: Step[] = [];
  const postings: Posting[] = [];
  let { desk } = rule;
  for (const was of rest) {
    const filed = rule.file(desk, was.fact);
    steps.push({ before: desk, after: filed.desk, was, now: filed.filed });
    postings.push(...(filed.postings ?? []));
    desk = filed.desk;
  }
  return { run, desk, steps, postings };
}

/** An order's dossier; only orders have one. */
export const dossierOf = (desk: Worklist): Dossier => desk as Dossier;

function opened({ terms }: Run, first: EveryFact): Rule | undefined {
  // Each rule is handed back only the desk that it opened.
  switch (first.kind) {
    case 'orderAccepted':
      return { desk: openDossier(first), file: file as unknown as Rule['file'] };
    case 'shipmentOpened':
      return { desk: openParcel(first, terms), file: fileInParcel as unknown as Rule['file'] };
    case 'collectionOpened':
      return { desk: openDunning(first, terms), file: fileInDunning as unknown as Rule['file'] };
    default:
      return undefined;
  }
}
