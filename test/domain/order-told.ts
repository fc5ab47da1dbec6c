import { openDossier } from '../../domain/inside/GONE-dossier';
import { dutiesOf, openingOf } from '../../domain/inside/GONE-duties';
import { file } from '../../domain/inside/GONE-file-fact';
import type { EveryFact } from '../../domain/inside/every-fact';
import type { Dossier } from '../../domain/inside/order';
import type { Terms } from '../../domain/inside/intake/terms';
import type { UserActor } from '../../domain/inside/kernel/actor';
import type { FactHead } from '../../domain/inside/kernel/fact';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import { missing } from '../../domain/inside/kernel/worklist/requirement';
import { openTasks } from '../../domain/inside/kernel/worklist/worklist';

const at = '2026-11-23T02:00:00.000Z';
const process = { kind: 'process' } as const;
export const user = (userId: string, ...roles: Role[]): UserActor => ({ kind: 'user', userId, roles });

let serial = 0;
/** Of a fact that was told now, and never before. */
export const head = (by: FactHead['by'] = process): FactHead => ({ id: `c${++serial}`, at, by });

/** The dossier after a fact, and how it stands. */
export function tell(dossier: Dossier, fact: EveryFact): { desk: Dossier; stands: string } {
  const { desk, filed } = file(dossier, fact);
  return { desk, stands: filed.because ?? filed.standing };
}

/** With everything open that is called for. */
export const opened = (dossier: Dossier): Dossier =>
  missing(dossier, dutiesOf(dossier), { ...openingOf(dossier), now: at }).reduce(
    (desk, step) => tell(desk, { ...step, ...head() }).desk,
    dossier,
  );

/** An order as tina took it. */
export const taken = (terms: Terms): Dossier =>
  opened(openDossier({ kind: 'orderAccepted', ...head(), orderNo: '1', takenBy: 'tina', terms }));

export const kinds = (dossier: Dossier): readonly string[] => openTasks(dossier).map(({ kind }) => kind);
