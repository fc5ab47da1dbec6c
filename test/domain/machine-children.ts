import type { CollectionDossier } from '../../domain/inside/collection';
import type { FactNamed } from '../../domain/inside/every-fact';
import type { Base } from '../../domain/inside/kernel/dossier';
import { taskOf } from '../../domain/inside/kernel/worklist/worklist';
import type { ShipmentDossier } from '../../domain/inside/shipment';
import type { Machine, Transition } from './machine';
import { behind, type Memory, received, shipments } from './machine-memory';

/** V3 in the warehouse: who picked does not check, whoever he acts for. */
export function pickerIsNotChecker(
  { before, filed: { fact, filed } }: Transition<ShipmentDossier>,
  { pickers }: Memory,
): boolean {
  if (filed === 'ignored') return true;
  // What was undone was not picked: somebody picks anew (HT-5).
  if (fact.kind === 'decisionWithdrawn') {
    const undone = taskOf(before.worklist, (fact as FactNamed<'decisionWithdrawn'>).taskId);
    for (const { signature } of undone?.kind === 'shipment.pick' ? undone.slots : [])
      for (const person of signature === undefined ? [] : behind(signature.by))
        pickers.delete(`${before.no}/${person}`);
  }
  if (fact.kind !== 'decisionMade') return true;
  const { taskId, by } = fact as FactNamed<'decisionMade'>;
  const kind = taskOf(before.worklist, taskId)?.kind;
  if (kind === 'shipment.pick') for (const person of behind(by)) pickers.add(`${before.no}/${person}`);
  return kind !== 'shipment.check' || behind(by).every((person) => !pickers.has(`${before.no}/${person}`));
}

/** A child steps only as its own published table says. */
export const staysInItsTable = <D extends Base>({ before, after, filed, outsideTable }: Transition<D>): boolean =>
  outsideTable === undefined &&
  (filed.filed === 'applied' ? after.version === before.version + 1 : after.version === before.version);

/** Q6 once everything has come to rest: no goods are being picked for a payment that is not there any more. */
export function clearancesStillHold(machine: Machine): boolean {
  const { dossier } = machine;
  const picked = shipments(dossier).filter(({ state, clearance }) => state === 'picking' && clearance === 'paid');
  return picked.length === 0 || received(dossier) >= dossier.intake.terms.totals.totalFen;
}

/** DN-10 once everything has come to rest: a collection knows what is owed on its charge, and ends with it. */
export const collectionsKnow = ({ dossier, collections }: Machine): boolean =>
  [...collections.values()].every(({ dossier: { ladder } }: { readonly dossier: CollectionDossier }) => {
    const latest = dossier.collections[ladder.chargeNo];
    return latest === undefined || collections.get(latest.no)?.dossier.ladder.owedFen === latest.toldFen;
  });
