import { collection as process, type CollectionDossier } from '../domain/inside/collection';
import { live } from './live';
import { post } from './post';
import { until } from './run';
import type { Run, TakenUp } from './run-state';
import { shownCollection as shown } from './shown';

/** The collection of one charge (催收): the policy's ladder, until what is owed is paid (AR-2). */
export const collection = async (input: TakenUp<CollectionDossier>): Promise<'paid'> =>
  // What is owed stays owed, whoever cancels the workflow in the Temporal UI.
  live({ process, shown, post }, input, story);

/** A suspension that it set is lifted with it. */
async function story(run: Run<CollectionDossier>): Promise<'paid'> {
  await until(run, process.isOver);
  return 'paid';
}
