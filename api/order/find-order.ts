import type { OrderStatus } from '../../domain/inside/kernel/vocabulary';
import type { PrismaClient } from '../../prisma/generated/client';
import type { Caller } from '../caller';
import { notFound } from '../problem';
import { ordersSeenBy } from '../scope';

/** What a route needs to know of an order before it acts on it. */
export interface OrderSeen {
  readonly no: string;
  readonly customerId: string | null;
  readonly status: OrderStatus;
  readonly takenBy: string;
  readonly policyName: string;
  readonly policyVersion: number;
  readonly revision: number;
  readonly endedAt: Date | null;
}

/** The order with this number, where the caller may see it; otherwise 404, as if there were none. */
export async function findOrder(prisma: PrismaClient, caller: Caller, no: string): Promise<OrderSeen> {
  const [order] = await prisma.$queryRaw<readonly OrderSeen[]>`/* prepared */
    select o.no, o."customerId", o.status, o."takenBy", o."policyName", o."policyVersion", o.revision, o."endedAt" from orders o
     where o.no = ${no} and ${ordersSeenBy(caller)}`;
  if (order === undefined) throw notFound('order');
  return order;
}
