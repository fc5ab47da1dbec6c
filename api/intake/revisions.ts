import { z } from 'zod';
import { changedFields } from '../../domain/outside/intake/intake-changes';
import { keepRevisions, revisionsUpTo } from '../../prisma/orders';
import { orderWorkflowId } from '../../workflows/ids';
import { findOrder } from '../order/find-order';
import { requireCustomerNotSuspended, requireSalesperson, termsNow } from './intake';
import { type MessageRow, routed } from '../message-rows';
import { orderNo } from '../schemas/basics';
import { intakeOf, revision } from './schemas';

/** The order as it shall be from now on (IN-5, RV-6, CF-6): terms are computed anew, the order judges whether it may still change. */
export const revised: MessageRow = routed('orderRevised', {
  url: '/orders/:no/revisions',
  allow: ['sales', 'customer_service', 'customer_service_supervisor', 'sales_supervisor', 'sales_director'],
  summary: 'The order is completed or changed',
  params: z.object({ no: orderNo }),
  body: revision,
  becomes: async ({ params: { no }, body, caller, head }, dependencies) => {
    const { prisma } = dependencies;
    const { takenBy, policyName, policyVersion, customerId: before } = await findOrder(prisma, caller, no);
    const typed = intakeOf(body.intake, { takenBy, customerId: body.intake.customerId ?? null });
    await requireSalesperson(dependencies, typed.salespersonId);
    if (typed.customerId !== before) await requireCustomerNotSuspended(dependencies, typed.customerId);
    await keepRevisions(prisma, no);
    const earlier = await revisionsUpTo(prisma, { orderNo: no, revision: body.fromRevision });
    const { intake, terms } = await termsNow(dependencies, {
      intake: typed,
      policyName,
      policyVersion,
      exceptOrder: no,
      earlier,
    });
    const written = earlier.find(({ revision: number }) => number === body.fromRevision)?.intake;
    // Where the changed fields are not known, the fact says none, and the lock holds (HT-12).
    const changed = written === undefined ? {} : { changed: changedFields(written, intake) };
    return {
      workflowId: orderWorkflowId(no),
      orderNo: no,
      message: { ...head, kind: 'orderRevised', terms, fromRevision: body.fromRevision, ...changed },
      words: JSON.stringify({ intake, comment: body.comment ?? null }),
      afterwards: () => keepRevisions(prisma, no),
    };
  },
});
