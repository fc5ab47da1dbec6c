import { live } from '../../../workflows/live';
import { until } from '../../../workflows/run';
import type { TakenUp } from '../../../workflows/run-state';
import type { Post } from '../../../workflows/post';
import { job as process, shownJob as shown, type Job } from '../job';

/** Letters are addressed; how they are sealed is the business of the payload codec. */
const post: Post = {
  workflowIdOf: ({ no }) => `job-${no}`,
  letterTo: (to, told) => ({ to, told }),
  open: (letter, workflowId) => {
    if (typeof letter !== 'object' || letter === null || !('to' in letter && 'told' in letter)) return 'unsealed';
    return letter.to === workflowId ? { told: letter.told } : 'addressed elsewhere';
  },
  doubt: () => undefined,
};

/** The job of the tests as a workflow; its sister is one more. */
export async function job(input: TakenUp<Job>): Promise<string> {
  return live({ process, shown, post, cancellation: { kind: 'cancellationRequested' } }, input, async (run) => {
    await until(run, (dossier) => dossier.checking.checked > 0 || process.isOver(dossier));
    await until(run, (dossier) => process.isOver(dossier));
    return run.dossier.status;
  });
}

export { job as shipment };
