import { collection, type CollectionDossier } from '../../inside/collection';
import { type Dossier, order } from '../../inside/order';
import { shipment, type ShipmentDossier } from '../../inside/shipment';
import type { Base } from '../../inside/kernel/dossier';
import type { Fact } from '../../inside/kernel/fact';
import type { Process } from '../../inside/kernel/process';

/**
 * The dossier that a workflow's facts add up to, in their order, applied and ignored alike: the same reducer as the
 * workflow's, so the answer is the same (S3). Undefined when the first fact is not the one that opens it.
 */
export function folded<D extends Base>(process: Process<D>, no: string, facts: readonly Fact[]): D | undefined {
  const [first, ...rest] = facts;
  if (first === undefined || !opens(process, first)) return undefined;
  return rest.reduce((dossier, fact) => process.reduce(dossier, fact).dossier, process.open(no, first).dossier);
}

/** The kinds of facts that open a dossier, by the name of their process. */
const openings: Readonly<Record<string, string>> = {
  order: 'orderAccepted',
  shipment: 'shipmentOpened',
  collection: 'collectionOpened',
};

const opens = ({ name }: { readonly name: string }, { kind }: Fact): boolean => openings[name] === kind;

export const orderFrom = (no: string, facts: readonly Fact[]): Dossier | undefined => folded(order, no, facts);
export const shipmentFrom = (no: string, facts: readonly Fact[]): ShipmentDossier | undefined =>
  folded(shipment, no, facts);
export const collectionFrom = (no: string, facts: readonly Fact[]): CollectionDossier | undefined =>
  folded(collection, no, facts);
