import type { PrismaClient } from '../../prisma/generated/client';
import { markStarted } from '../../prisma/orders';
import {
  type OrderToStart,
  type OrderWorkflow,
  orderStartOptions,
  orderWorkflowType,
} from '../../workflows/order-start';
import type { Dependencies } from '../dependencies';

/** Starts the workflow of an order that is written down. Failing is no trouble: the sweep starts it later. */
export async function startOrder(
  { temporal, prisma, settings }: Pick<Dependencies, 'temporal' | 'settings'> & { readonly prisma: PrismaClient },
  order: OrderToStart,
): Promise<'started' | 'later'> {
  try {
    await temporal.connection.withDeadline(Date.now() + settings.answerWithinMs, () =>
      temporal.workflow.start<OrderWorkflow>(orderWorkflowType, orderStartOptions(order, settings.taskQueue)),
    );
  } catch {
    // The start may have arrived all the same. Nothing is lost either way: the row does not say that it was started, so the sweep tries again.
    return 'later';
  }
  await markStarted(prisma, order.no);
  return 'started';
}
