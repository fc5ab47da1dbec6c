import type { WorkflowStartOptions } from '@temporalio/client';
import type { SearchAttributePair, SearchAttributeUpdatePair } from '@temporalio/common';
import type { Terms } from '../domain/inside/intake/terms';
import type { AnyBody, Fact } from '../domain/inside/kernel/fact';
import { order as process, type Dossier } from '../domain/inside/order';
import { orderAttributes } from '../domain/inside/order-attributes';
import { orderWorkflowId, taskQueue } from './ids';
import type { Opening } from './messages';
import { changedAttributes } from './search-attributes';

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
  const { no, terms } = order;
  const opening = orderOpening(order);
  return {
    workflowId: orderWorkflowId(no),
    taskQueue: queue,
    args: [opening],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
    staticSummary: `${no} · grade ${terms.grade} · ${(terms.totals.totalFen / 100).toFixed(2)} CNY`,
    typedSearchAttributes: changedAttributes({}, orderAttributes(firstDossier(opening))).filter(isSet),
  };
}

/** The fact that opens an order, as its row says it. */
function orderOpening({ no, takenBy, acceptedAt, terms }: OrderToStart): Opening {
  const at = acceptedAt.toISOString();
  const accepted = { kind: 'orderAccepted', takenBy, terms } as const;
  return { no, first: ownFact(no, { seq: 0, at }, accepted) };
}

/** The order with what its process opens first: whom it waits for is known at the start and needs no event of its own. */
function firstDossier({ no, first }: Opening): Dossier {
  const { dossier } = process.open(no, first);
  return process
    .missing(dossier, first.at)
    .reduce((opened, body) => process.reduce(opened, ownFact(no, opened, body)).dossier, dossier);
}

/** A fact as the order's own workflow notes it. */
const ownFact = (no: string, { seq, at }: Pick<Dossier, 'seq' | 'at'>, body: AnyBody): Fact => ({
  ...body,
  id: `${orderWorkflowId(no)}#${seq + 1}`,
  at,
  by: { kind: 'process' },
});

/** The name and shape of an order's workflow. */
export type OrderWorkflow = (input: Opening) => Promise<unknown>;
export const orderWorkflowType = 'order';

const isSet = (pair: SearchAttributeUpdatePair): pair is SearchAttributePair => pair.value !== null;
