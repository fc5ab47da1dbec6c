import { z } from 'zod';
import type { Caller } from '../caller';

/** What of an order decides who has to do what next. */
export interface View {
  readonly status: string;
  readonly tasks: readonly { readonly id: string; readonly kind: string }[];
  /** The parcel that left and has not arrived; answers to messages do not tell. */
  readonly onItsWay?: string | undefined;
}

/** Money as the API tells it, in fen. */
export const fen = z.object({ amount: z.string() }).transform(({ amount }) => Math.round(Number(amount) * 100));

const details = z.object({
  status: z.string(),
  tasks: z.array(z.object({ id: z.string(), kind: z.string() })),
  shipments: z.array(z.object({ no: z.string(), status: z.string() })),
});

const leftAndNotArrived = ['shipped_out', 'in_transit', 'arrived'];

/** The order as it stands now. */
export async function viewOf(caller: Caller, no: string): Promise<View> {
  const { status, tasks, shipments } = await caller.get(`/orders/${no}?limit=1`, details);
  return { status, tasks, onItsWay: shipments.find((one) => leftAndNotArrived.includes(one.status))?.no };
}
