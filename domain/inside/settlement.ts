import type { Dossier } from './dossier';

/** The bill may go out: it is out already, or finance has reviewed it (ST-1). */
export const isPayable = (dossier: Dossier): boolean =>
  dossier.bill !== undefined ||
  dossier.tasks.some(
    (task) => task.kind === 'bill.review' && task.revision === dossier.revision && task.state === 'decided',
  );
