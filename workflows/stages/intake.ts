import type { Dossier } from '../../domain/inside/dossier';
import { waitFor, type Run } from '../run';

/** 接单: what is missing is asked of the customer; the completed order comes back as a new revision (IN-5). */
export async function intakeComplete(run: Run<Dossier>): Promise<void> {
  await waitFor(run, (dossier) => dossier.terms.missing.length === 0);
}
