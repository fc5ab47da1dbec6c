import type { EndStatus } from '../domain/inside/closing/closing';
import { type Dossier, order as process } from '../domain/inside/order';
import * as milestone from '../domain/inside/order-milestones';
import { live } from './live';
import { post } from './post';
import { until } from './run';
import type { Run, TakenUp } from './run-state';
import { shownOrder as shown } from './shown';

/** "Request Cancellation" in the Temporal UI is the cancellation of the order, with all that belongs to it (CF-6). */
const cancellation = { kind: 'cancellationRequested', reasonCode: 'operator', costFen: 0 } as const;

/** One order, from intake to archive, over days or months (订单). Its result is where it ended. */
export const order = async (input: TakenUp<Dossier>): Promise<EndStatus> =>
  live({ process, shown, post, cancellation }, input, story);

/** The page: what an order goes through. A change takes it back to what is not true any more; the end passes over the rest. */
async function story(run: Run<Dossier>): Promise<EndStatus> {
  await until(run, milestone.complete);
  await until(run, milestone.reviewed);
  await until(run, milestone.accepted);
  await until(run, milestone.confirmed);
  await until(run, milestone.paidToBegin);
  await until(run, milestone.supplied);
  await until(run, milestone.shipped);
  await until(run, milestone.delivered);
  await until(run, milestone.settled);
  await until(run, milestone.ended);
  return milestone.endOf(run.dossier);
}
