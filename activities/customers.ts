import type { PrismaClient } from '../prisma/generated/client';
import type { Activities } from '../workflows/activity-types';
import { lasting } from './lasting-fault';

/** A customer's status as of now (Q8), and its suspension by key: each cause lifts only its own (DN-12). */
export function customers(
  prisma: PrismaClient,
): Pick<Activities, 'customerStatus' | 'suspendCustomer' | 'liftSuspension'> {
  return {
    customerStatus: async ({ customerId }) => {
      const customer = await prisma.customer.findUnique({
        where: { id: customerId },
        select: { suspendedAt: true },
      });
      if (customer === null) throw lasting('row_missing', `There is no customer ${customerId}`);
      return { suspended: customer.suspendedAt !== null };
    },
    suspendCustomer: async ({ key, customerId }) => {
      await prisma.$executeRaw`select suspend_customer(${key}, ${customerId})`;
    },
    liftSuspension: async ({ suspension, customerId }) => {
      await prisma.$executeRaw`select lift_suspension(${suspension}, ${customerId})`;
    },
  };
}
