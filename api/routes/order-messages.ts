import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import type { EveryFact } from '../../domain/inside/every-fact';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import { orderWorkflowId } from '../../workflows/ids';
import type { Dependencies } from '../dependencies';
import { findOrder } from '../find-order';
import { type MessageRoute, type Said, addMessageRoute } from '../message-route';
import { fenOf } from '../money';
import { wrongField } from '../problem';
import { orderNo } from '../schemas/basics';
import * as bodies from '../schemas/messages';

/** Who may send what. Candidates, four eyes and the state of the order are judged by the order itself. */
const allowed = {
  contacts: ['sales', 'customer_service', 'customer_service_supervisor', 'sales_supervisor'],
  confirmations: ['sales', 'customer_service', 'customer_service_supervisor', 'sales_supervisor'],
  payments: ['finance', 'finance_lead'],
  paymentReversals: ['finance', 'finance_lead'],
  receipts: ['warehouse', 'purchasing'],
  progress: ['production', 'team_lead'],
  troubles: ['production', 'team_lead', 'technical', 'purchasing'],
  inspections: ['quality'],
  releases: [
    'sales',
    'sales_supervisor',
    'sales_director',
    'customer_service',
    'customer_service_supervisor',
    'finance',
  ],
  holds: [
    'finance',
    'finance_lead',
    'legal',
    'quality',
    'sales_supervisor',
    'sales_director',
    'customer_service_supervisor',
    'director',
    'general_manager',
  ],
  reviewWithdrawals: ['sales', 'sales_supervisor', 'customer_service', 'customer_service_supervisor'],
  cancellation: ['sales', 'sales_supervisor', 'sales_director', 'customer_service', 'customer_service_supervisor'],
  deliveryConfirmations: ['sales', 'customer_service', 'customer_service_supervisor', 'logistics'],
} as const satisfies Record<string, readonly Role[]>;

const params = z.object({ no: orderNo });

type Asked<Body extends z.ZodType<Said>> = Parameters<MessageRoute<typeof params, Body>['becomes']>[0];

/** A message that goes to the order itself. */
interface OrderMessage<Body extends z.ZodType<Said>> extends Pick<
  MessageRoute<typeof params, Body>,
  'allow' | 'summary' | 'body' | 'keyed'
> {
  readonly fact: (asked: Asked<Body>, dependencies: Dependencies) => EveryFact | Promise<EveryFact>;
  /** The free words, where they are more than the comment. */
  readonly words?: (body: z.output<Body>) => string | undefined;
  /** What may be told once only. */
  readonly reference?: (body: z.output<Body>) => string | undefined;
}

type AddRoute = (app: FastifyInstance, dependencies: Dependencies) => void;

function toOrder<Body extends z.ZodType<Said>>(
  url: string,
  { fact, words, reference, ...rest }: OrderMessage<Body>,
): AddRoute {
  return (app, dependencies) =>
    addMessageRoute(app, dependencies, {
      ...rest,
      url: `/orders/:no/${url}`,
      params,
      becomes: async (asked) => {
        const { no } = await findOrder(dependencies.prisma, asked.caller, asked.params.no);
        const own = words === undefined ? {} : { words: words(asked.body) };
        const message = await fact(asked, dependencies);
        return { workflowId: orderWorkflowId(no), orderNo: no, message, reference: reference?.(asked.body), ...own };
      },
    });
}

async function attached(
  prisma: Dependencies['prisma'],
  no: string,
  attachmentId: string | undefined,
): Promise<{ attachmentId?: string }> {
  if (attachmentId === undefined) return {};
  const found = await prisma.attachment.count({ where: { id: attachmentId, orderNo: no } });
  if (found === 0) throw wrongField('attachmentId', 'unknown', 'This order has no such attachment.');
  return { attachmentId };
}

const routes: readonly AddRoute[] = [
  toOrder('contacts', {
    allow: allowed.contacts,
    summary: 'The customer was contacted (IN-5)',
    body: bodies.contact,
    fact: ({ head, body }) => ({ ...head, kind: 'contactLogged', answered: body.answered }),
  }),
  toOrder('confirmations', {
    allow: allowed.confirmations,
    summary: 'The signed order confirmation came back (CF-1)',
    body: bodies.confirmation,
    fact: async ({ head, body, params: { no } }, { prisma }) => ({
      ...head,
      kind: 'confirmationReturned',
      revision: body.revision,
      ...(await attached(prisma, no, body.attachmentId)),
    }),
  }),
  toOrder('payments', {
    allow: allowed.payments,
    summary: 'Money came in (ST-2)',
    body: bodies.payment,
    keyed: true,
    fact: ({ head, body }) => ({
      ...head,
      kind: 'paymentReceived',
      paymentId: head.id,
      amountFen: fenOf(body.amount),
      method: body.method,
    }),
    words: ({ reference, comment }) =>
      [reference, comment].filter((word) => word !== undefined).join('\n') || undefined,
    reference: ({ method, reference }) => (reference === undefined ? undefined : `${method}:${reference}`),
  }),
  toOrder('payment-reversals', {
    allow: allowed.paymentReversals,
    summary: 'A payment was entered wrongly (HG-4)',
    body: bodies.paymentReversal,
    keyed: true,
    fact: ({ head, body }) => ({
      ...head,
      kind: 'paymentReversed',
      paymentId: body.paymentId,
      reasonCode: body.reasonCode,
    }),
  }),
  toOrder('receipts', {
    allow: allowed.receipts,
    summary: 'Purchased goods arrived (PU-1)',
    body: bodies.receipt,
    keyed: true,
    fact: ({ head, body: { line, quantity, batchId = head.id } }) => ({
      ...head,
      kind: 'goodsReceived',
      line,
      quantity,
      batchId,
    }),
  }),
  toOrder('progress', {
    allow: allowed.progress,
    summary: 'Pieces were made (PR-1)',
    body: bodies.progress,
    fact: ({ head, body }) => ({ ...head, kind: 'progressReported', line: body.line, quantity: body.quantity }),
  }),
  toOrder('troubles', {
    allow: allowed.troubles,
    summary: 'Trouble moves the date of completion (PR-1)',
    body: bodies.trouble,
    fact: ({ head, body }) => ({
      ...head,
      kind: 'troubleReported',
      cause: body.cause,
      newOfferedOn: body.newOfferedOn,
    }),
  }),
  toOrder('inspections', {
    allow: allowed.inspections,
    summary: 'Goods were inspected (QC-1)',
    body: bodies.inspection,
    fact: ({ head, body: { line, passed, rework, scrapped, causeCode } }) => ({
      ...head,
      kind: 'inspectionRecorded',
      line,
      passed,
      rework,
      scrapped,
      ...(causeCode === undefined ? {} : { causeCode }),
    }),
  }),
  toOrder('releases', {
    allow: allowed.releases,
    summary: 'Leave is asked to ship before the balance is paid (BL-3)',
    body: bodies.release,
    fact: ({ head, body }) => ({ ...head, kind: 'releaseRequested', reasonCode: body.reasonCode }),
  }),
  toOrder('review-withdrawals', {
    allow: allowed.reviewWithdrawals,
    summary: 'The taker takes the order out of review, before anybody signed (HT-5)',
    body: bodies.reviewWithdrawal,
    fact: ({ head, body: { reasonCode } }) => ({ ...head, kind: 'reviewWithdrawn', reasonCode }),
  }),
  toOrder('holds', {
    allow: allowed.holds,
    summary: 'The order is stopped for a reason of its policy; a task asks for its release (HG-1, HG-2)',
    body: bodies.hold,
    fact: ({ head, body: { reason } }) => ({ ...head, kind: 'holdPlaced', reason }),
  }),
  toOrder('cancellation', {
    allow: allowed.cancellation,
    summary: 'The order is to be cancelled (CF-6)',
    body: bodies.cancellation,
    fact: ({ head, body }) => ({
      ...head,
      kind: 'cancellationRequested',
      reasonCode: body.reasonCode,
      costFen: fenOf(body.cost),
    }),
  }),
  toOrder('release-withdrawals', {
    allow: allowed.releases,
    summary: 'Who asked for a release takes that back, before it is decided (HT-5)',
    body: bodies.requestWithdrawal,
    fact: ({ head, body: { reasonCode } }) => ({ ...head, kind: 'releaseWithdrawn', reasonCode }),
  }),
  toOrder('cancellation-withdrawals', {
    allow: allowed.cancellation,
    summary: 'Who asked for a cancellation takes that back, before it is decided (HT-5)',
    body: bodies.requestWithdrawal,
    fact: ({ head, body: { reasonCode } }) => ({ ...head, kind: 'cancellationWithdrawn', reasonCode }),
  }),
  toOrder('delivery-confirmations', {
    allow: allowed.deliveryConfirmations,
    summary: 'The customer confirmed the delivery (DL-1)',
    body: bodies.deliveryConfirmation,
    fact: async ({ head, body, params: { no } }, { prisma }) => ({
      ...head,
      kind: 'deliveryConfirmed',
      ...(await attached(prisma, no, body.attachmentId)),
    }),
  }),
];

/** Messages to an order, one address each: a payment, a receipt, an inspection, a cancellation … */
export const orderMessageRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  for (const addRoute of routes) addRoute(app, dependencies);
};
