import type { Desk } from './inside/desk';
import { openDossier, type Dossier } from './inside/dossier';
import { file } from './inside/file-fact';
import { fileInDunning, openDunning, type Dunning } from './inside/dunning';
import type { OrderFact } from './inside/fact';
import { fileInParcel, openParcel, type Parcel } from './inside/parcel';
import type { Terms } from './inside/terms';

/**
 * The dossier that a workflow's facts add up to, in their order, applied and ignored alike: the same reducer as the
 * workflow's, so the answer is the same (S3). Undefined when the first fact, which opens it, is not there.
 */
export function dossierFrom(facts: readonly OrderFact[]): Dossier | undefined {
  const [first, ...rest] = facts;
  return first?.kind === 'orderAccepted' ? fold(openDossier(first), rest, file) : undefined;
}

/** A shipment's dossier from its facts; its terms are those of its order. */
export function parcelFrom(facts: readonly OrderFact[], terms: Terms): Parcel | undefined {
  const [first, ...rest] = facts;
  return first?.kind === 'shipmentOpened' ? fold(openParcel(first, terms), rest, fileInParcel) : undefined;
}

/** A collection's dossier from its facts; its terms are those of its order. */
export function dunningFrom(facts: readonly OrderFact[], terms: Terms): Dunning | undefined {
  const [first, ...rest] = facts;
  return first?.kind === 'collectionOpened' ? fold(openDunning(first, terms), rest, fileInDunning) : undefined;
}

function fold<D extends Desk>(
  opened: D,
  facts: readonly OrderFact[],
  rule: (desk: D, fact: OrderFact) => { readonly desk: D },
): D {
  return facts.reduce((desk, fact) => rule(desk, fact).desk, opened);
}
