import type { WorkflowStartOptions } from '@temporalio/client';
import type { SearchAttributePair, SearchAttributeUpdatePair } from '@temporalio/common';
import { orderAttributes } from '../domain/inside/attributes';
import { openDossier, type Dossier } from '../domain/inside/dossier';
import { dutiesOf } from '../domain/inside/duties';
import { toOpen } from '../domain/inside/duty';
import type { Step } from '../domain/inside/fact';
import { file } from '../domain/inside/file-fact';
import type { Terms } from '../domain/inside/terms';
import type { OrderInput } from './messages';
import { openingOf } from './order-kind';
import { changedAttributes } from './search-attributes';

/** Readable workflow ids and document numbers; all derive from the order's number, so every retry makes the same one. */

/** `order-20261121-0007` */
export const orderWorkflowId = (orderNo: string): string => `order-${orderNo}`;
/** `shipment-20261121-0007-S1` */
export const shipmentWorkflowId = (shipmentNo: string): string => `shipment-${shipmentNo}`;
/** `collection-20261121-0007-B1` */
export const collectionWorkflowId = (billNo: string): string => `collection-${billNo}`;

export const shipmentNo = (orderNo: string, serial: number): string => `${orderNo}-S${serial}`;
export const billNo = (orderNo: string, serial: number): string => `${orderNo}-B${serial}`;
export const purchaseNo = (orderNo: string, serial: string): string => `${orderNo}-P${serial}`;
export const productionNo = (orderNo: string, serial: string): string => `${orderNo}-M${serial}`;

/** The task queue that orders and their children run on. */
export const taskQueue = 'dingdan';

/** What the row of an order says about how its workflow starts. */
export interface OrderToStart {
  readonly no: string;
  readonly takenBy: string;
  readonly acceptedAt: Date;
  readonly status: string;
  readonly terms: Terms;
}

/** The same start from the door and from the sweep: an order's workflow exists at most once, however often it is started (S6). */
export function orderStartOptions(order: OrderToStart, queue: string = taskQueue): WorkflowStartOptions<OrderWorkflow> {
  const { terms } = order;
  const acceptedAt = order.acceptedAt.toISOString();
  const accepted = {
    kind: 'orderAccepted',
    id: 'door',
    at: acceptedAt,
    by: { kind: 'process' },
    orderNo: order.no,
    takenBy: order.takenBy,
    terms,
  } as const;
  return {
    workflowId: orderWorkflowId(order.no),
    taskQueue: queue,
    args: [{ orderNo: order.no, takenBy: order.takenBy, acceptedAt, terms }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'REJECT_DUPLICATE',
    staticSummary: `${order.no} · grade ${terms.grade} · ${(terms.totals.totalFen / 100).toFixed(2)} CNY`,
    typedSearchAttributes: changedAttributes({}, orderAttributes(firstDesk(accepted))).filter(isSet),
  };
}

/** The order with what its process opens first: whom it waits for is known at the start and needs no event of its own. */
function firstDesk(accepted: Extract<Step, { kind: 'orderAccepted' }>): Dossier {
  const opened = openDossier(accepted);
  const { at, by } = accepted;
  return toOpen(opened, dutiesOf(opened), { ...openingOf(opened), now: at })
    .map((step, index): Step => ({ ...step, id: `door#${index}`, at, by }))
    .reduce((desk, step) => file(desk, step).desk, opened);
}

/** The name and shape of an order's workflow. */
export type OrderWorkflow = (input: OrderInput) => Promise<unknown>;
export const orderWorkflowType = 'order';

const isSet = (pair: SearchAttributeUpdatePair): pair is SearchAttributePair => pair.value !== null;
