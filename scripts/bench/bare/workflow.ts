import { CancellationScope, condition, isCancellation, proxyActivities, setHandler, sleep } from '@temporalio/workflow';
import type { Nothing, Plan } from './plan';
import { messageSignal } from './plan';

const { nothing } = proxyActivities<{ nothing: Nothing }>({ startToCloseTimeout: '10s' });

/** The least that a workflow with so many messages, activities and timers can be: what the product is measured against. */
export async function bare({ messages, activities, timers }: Plan): Promise<void> {
  let heard = 0;
  let clock: CancellationScope | undefined;
  setHandler(messageSignal, () => void heard++);

  for (let step = 0; step <= messages; step++) {
    await condition(() => heard >= step);
    for (let left = share(activities, { step, messages }); left > 0; left--)
      await nothing({ step, isLast: left === 1 });
    for (let left = share(timers, { step, messages }); left > 0; left--) {
      clock?.cancel();
      clock = startClock();
    }
  }
  clock?.cancel();
}

/** As evenly as whole numbers allow; the start is a step too. */
function share(total: number, { step, messages }: { readonly step: number; readonly messages: number }): number {
  return Math.ceil((total * (step + 1)) / (messages + 1)) - Math.ceil((total * step) / (messages + 1));
}

/** Nobody waits for it: like a reminder, it is there for the day when no message comes. */
function startClock(): CancellationScope {
  const scope = new CancellationScope();
  scope
    .run(() => sleep('7 days'))
    .catch((error: unknown) => {
      if (!isCancellation(error)) throw error;
    });
  return scope;
}
