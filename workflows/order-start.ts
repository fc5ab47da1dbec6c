import type { WorkflowStartOptions } from '@temporalio/client';
import type { SearchAttributePair, SearchAttributeUpdatePair } from '@temporalio/common';
import { orderAttributes } from '../domain/inside/attributes';
import { openDossier, type Dossier } from '../domain/inside/dossier';
import { dutiesOf, openingOf } from '../domain/inside/duties';
import { toOpen } from '../domain/inside/duty';
import type { Step } from '../domain/inside/fact';
import { file } from '../domain/inside/file-fact';
import type { Terms } from '../domain/inside/terms';
import { orderWorkflowId, taskQueue } from './ids';
import type { OrderInput } from './messages';
import { changedAttributes } from './search-attributes';

/** What the row of an order says about how its workflow starts. */
export interface OrderToStart {
  readonly no: string;
  readonly takenBy: string;
  readonly acceptedAt: Date;
  readonly status: string;
  readonly terms: Terms;
}

/**
 * The same start from the door and from the sweep: an order's workflow exists at most once, however often it is started
 * (S6). An order never fails; what failed under its id was started by hand, and does not take its place (X7).
 */
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
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
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
