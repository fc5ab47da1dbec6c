import type { Dossier } from './dossier';
import type { Hold } from './gate';
import { balanceFen } from './leave';

/** Holds whose own condition has come true are gone; nobody has to lift them (HG-2). */
export function withoutLifted(dossier: Dossier): Dossier {
  const stays = (hold: Hold): boolean => {
    switch (dossier.terms.holds[hold.reason]?.liftsWhen) {
      case 'paid_in_full':
        return balanceFen(dossier) > 0;
      case 'signed_paper':
        return dossier.confirmation?.returnedAt === undefined;
      case 'filed':
        return !Object.hasOwn(dossier.papers ?? {}, hold.reason);
      case undefined:
        return true;
    }
  };
  return dossier.holds.every(stays) ? dossier : { ...dossier, holds: dossier.holds.filter(stays) };
}
