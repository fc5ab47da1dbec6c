import type { PrismaClient } from '../prisma/generated/client';
import type { Activities, AnsweredActivities } from '../workflows/activity-types';
import { answered } from './answered';
import { credit } from './credit';
import { customers } from './customers';
import { fileFacts } from './file-facts';
import { incidents } from './incidents';
import { orLastingFault } from './lasting-fault';
import { stock } from './stock';

/** What activities work with: made once per worker, handed in, so that tests hand in their own. */
export interface ActivityDependencies {
  readonly prisma: PrismaClient;
  readonly log: { warn(details: object, message: string): void };
}

/**
 * All activities, each answering with the instant at which it ended. What the database refuses for good fails with a type
 * from `domain/outside/filing/lasting-faults.ts`; the rest is retried.
 */
export function createActivities({ prisma, log }: ActivityDependencies): AnsweredActivities {
  const does = <Request, Answer>(name: keyof Activities, activity: (request: Request) => Promise<Answer>) =>
    answered((request: Request) =>
      orLastingFault(
        () => activity(request),
        (failure) => log.warn({ err: failure, activity: name }, 'an activity failed for good'),
      ),
    );
  const warehouse = stock(prisma);
  const customer = customers(prisma);
  return {
    fileFacts: does('fileFacts', fileFacts(prisma)),
    reserveStock: does('reserveStock', warehouse.reserveStock),
    stockIn: does('stockIn', warehouse.stockIn),
    takeStock: does('takeStock', warehouse.takeStock),
    freeStock: does('freeStock', warehouse.freeStock),
    putBackStock: does('putBackStock', warehouse.putBackStock),
    customerStatus: does('customerStatus', customer.customerStatus),
    reserveCredit: does('reserveCredit', credit(prisma).reserveCredit),
    suspendCustomer: does('suspendCustomer', customer.suspendCustomer),
    liftSuspension: does('liftSuspension', customer.liftSuspension),
    openIncident: does('openIncident', incidents(prisma).openIncident),
  };
}
