import { holdersOfChildren } from './children';
import { holders } from './desk';
import type { Dossier } from './dossier';
import { responsibleRoles } from './responsible';
import { rolesOf } from './task';
import type { Role } from './vocabulary';

/** The roles with which an order is, on its own desk or on that of its shipment or collection, in a fixed order. */
export function holdersOf(dossier: Dossier, which: 'those who answer' | 'those who are asked'): readonly Role[] {
  const own = holders(dossier, (task) =>
    which === 'those who answer' ? responsibleRoles(task, dossier.terms) : rolesOf(task),
  );
  return [...new Set([...own, ...holdersOfChildren(dossier)])].sort();
}
