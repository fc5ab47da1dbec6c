import { holdersOfChildren } from './children';
import { holders } from './desk';
import type { Dossier } from './dossier';
import { responsibleRoles } from './responsible';
import type { Role } from './vocabulary';

/** The roles with which an order is, on its own desk or on that of its shipment or collection, in a fixed order. */
export function holdersOf(dossier: Dossier): readonly Role[] {
  const own = holders(dossier, (task) => responsibleRoles(task, dossier.terms));
  return [...new Set([...own, ...holdersOfChildren(dossier)])].sort();
}
