import type { Filing, Summary } from '../../../domain/inside/filing';
import type { Base } from '../../../domain/inside/kernel/dossier';
import type { Fact } from '../../../domain/inside/kernel/fact';
import type { Process } from '../../../domain/inside/kernel/process';
import { collection } from '../../../domain/inside/collection';
import { order } from '../../../domain/inside/order';
import { shipment } from '../../../domain/inside/shipment';

/**
 * The statuses that a workflow went through, each once where it stayed. The status at the end of each batch is the one
 * that was filed. How facts fall into batches is chance, so the statuses within a batch are those that today's rules give
 * its facts, as long as they come to the status that was filed.
 */
export function statusesOf(filings: readonly Filing[]): readonly string[] {
  const facts = filings.flatMap((filing) => filing.facts.map(({ fact }) => fact));
  const folded = foldedStatuses(facts);
  const ends = filings.map((_filing, index) =>
    filings.slice(0, index + 1).reduce((sum, filing) => sum + filing.facts.length, 0),
  );
  const statuses = filings.flatMap(({ summary }, index) => {
    const filed = statusOf(summary);
    const within = folded.slice(ends[index - 1] ?? 0, ends[index]);
    return within.at(-1) === filed ? within : [filed];
  });
  return statuses.filter((status, index) => status !== statuses[index - 1]);
}

/** What people call where it stands; of a collection, how far its ladder was climbed. */
const statusOf = (summary: Summary): string => (summary.of === 'collection' ? summary.level : summary.status);

/** The status after each fact by today's rules; none from where they no longer understand a fact of an old recording. */
function foldedStatuses([first, ...rest]: readonly Fact[]): readonly string[] {
  switch (first?.kind) {
    case 'orderAccepted':
      return stepByStep(order, [first, ...rest], ({ status }) => status);
    case 'shipmentOpened':
      return stepByStep(shipment, [first, ...rest], ({ status }) => status);
    case 'collectionOpened':
      return stepByStep(collection, [first, ...rest], ({ ladder: { level } }) => level);
    default:
      return [];
  }
}

function stepByStep<D extends Base>(
  process: Process<D>,
  [first, ...rest]: readonly [Fact, ...(readonly Fact[])],
  read: (dossier: D) => string,
): readonly string[] {
  let { dossier } = process.open('', first);
  const statuses = [read(dossier)];
  try {
    for (const fact of rest) {
      ({ dossier } = process.reduce(dossier, fact));
      statuses.push(read(dossier));
    }
  } catch {
    return statuses;
  }
  return statuses;
}
