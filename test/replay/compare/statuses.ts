import { openDossier } from '../../../domain/inside/GONE-dossier';
import { fileInDunning, openDunning } from '../../../domain/inside/GONE-dunning';
import { file } from '../../../domain/inside/GONE-file-fact';
import { fileInParcel, openParcel, parcelStatus } from '../../../domain/inside/GONE-parcel';
import type { EveryFact } from '../../../domain/inside/every-fact';
import type { Filing } from '../../../domain/inside/filing';
import type { Terms } from '../../../domain/inside/intake/terms';

/**
 * The statuses that a workflow went through, each once where it stayed. The status at the end of each batch is the one
 * that was filed. How facts fall into batches is chance, so the statuses within a batch are those that today's rules give
 * its facts, as long as they come to the status that was filed.
 */
export function statusesOf(filings: readonly Filing[], terms: Terms | undefined): readonly string[] {
  const facts = filings.flatMap((filing) => filing.facts.map(({ fact }) => fact));
  const folded = terms === undefined ? [] : foldedStatuses(facts, terms);
  const ends = filings.map((_filing, index) =>
    filings.slice(0, index + 1).reduce((sum, filing) => sum + filing.facts.length, 0),
  );
  const statuses = filings.flatMap(({ standing }, index) => {
    const filed = statusOf(standing);
    const within = folded.slice(ends[index - 1] ?? 0, ends[index]);
    return within.at(-1) === filed ? within : [filed];
  });
  return statuses.filter((status, index) => status !== statuses[index - 1]);
}

/** What people call where it stands; of a collection, how far its ladder was climbed. */
const statusOf = (standing: Filing['standing']): string =>
  standing.of === 'collection' ? standing.level : standing.status;

/** The status after each fact by today's rules; none from where they no longer understand a fact of an old recording. */
function foldedStatuses(facts: readonly EveryFact[], terms: Terms): readonly string[] {
  const [first, ...rest] = facts;
  switch (first?.kind) {
    case 'orderAccepted':
      return stepByStep(openDossier(first), rest, { rule: file, read: ({ status }) => status });
    case 'shipmentOpened':
      return stepByStep(openParcel(first, terms), rest, { rule: fileInParcel, read: parcelStatus });
    case 'collectionOpened':
      return stepByStep(openDunning(first, terms), rest, { rule: fileInDunning, read: ({ level }) => level });
    default:
      return [];
  }
}

function stepByStep<Desk>(
  opened: Desk,
  facts: readonly EveryFact[],
  { rule, read }: { rule: (desk: Desk, fact: EveryFact) => { readonly desk: Desk }; read: (desk: Desk) => string },
): readonly string[] {
  const statuses = [read(opened)];
  let desk = opened;
  try {
    for (const fact of facts) {
      ({ desk } = rule(desk, fact));
      statuses.push(read(desk));
    }
  } catch {
    return statuses;
  }
  return statuses;
}
