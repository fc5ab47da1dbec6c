import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import type { FactKind } from '../../domain/inside/every-fact';
import { orderWorkflowId } from '../../workflows/ids';

/** What a workflow's history says that it cost. */
export interface HistoryCounts {
  readonly events: number;
  readonly bytes: number;
  readonly workflowTasks: number;
  readonly signals: number;
  readonly activities: number;
  readonly timers: number;
  /** Billable Actions by Temporal's published list, as far as a history shows them. */
  readonly actions: number;
}

const { EventType } = temporal.api.enums.v1;
type Event = temporal.api.history.v1.IHistoryEvent;

/** Counts without the bytes, which only a whole history has. */
export type EventCounts = Omit<HistoryCounts, 'bytes'>;

/** Reads a workflow's history and counts. */
export async function countHistory(client: Client, workflowId: string): Promise<HistoryCounts> {
  const { historySizeBytes = 0 } =
    (await client.workflow.getHandle(workflowId).describe()).raw.workflowExecutionInfo ?? {};
  return { ...countEvents(await eventsOf(client, workflowId)), bytes: Number(historySizeBytes) };
}

/**
 * Of an order's history, its review alone: what follows when its first task is open, up to the signed paper that comes next.
 * Everything before the first decision is the intake's.
 */
export async function countReview(client: Client, orderNo: string): Promise<EventCounts> {
  const events = await eventsOf(client, orderWorkflowId(orderNo));
  const heard = (kind: FactKind): number =>
    events.findIndex((event) => event.workflowExecutionSignaledEventAttributes?.signalName === kind);
  return countEvents(events.slice(heard('decisionMade'), heard('confirmationReturned')));
}

const eventsOf = async (client: Client, workflowId: string): Promise<readonly Event[]> =>
  (await client.workflow.getHandle(workflowId).fetchHistory()).events ?? [];

function countEvents(those: readonly Event[]): EventCounts {
  const count = (type: temporal.api.enums.v1.EventType): number =>
    those.filter(({ eventType }) => eventType === type).length;
  return {
    events: those.length,
    workflowTasks: count(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED),
    signals: count(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED),
    activities: count(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED),
    timers: count(EventType.EVENT_TYPE_TIMER_STARTED),
    actions: those.reduce((sum, event) => sum + actionsOf(event), 0),
  };
}

/** Counts of several workflows together. */
export function together(counts: readonly HistoryCounts[]): HistoryCounts {
  const sum = (name: keyof HistoryCounts): number => counts.reduce((total, each) => total + each[name], 0);
  return {
    events: sum('events'),
    bytes: sum('bytes'),
    workflowTasks: sum('workflowTasks'),
    signals: sum('signals'),
    activities: sum('activities'),
    timers: sum('timers'),
    actions: sum('actions'),
  };
}

/**
 * Starting a workflow, a signal received, an activity (its retries are not in the history), a timer, search attributes
 * changed are one each; starting a child is two, one of which is the child's own start.
 */
function actionsOf({ eventType }: Event): number {
  switch (eventType) {
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED:
    case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED:
    case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
    case EventType.EVENT_TYPE_TIMER_STARTED:
    case EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES:
    case EventType.EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED:
    case EventType.EVENT_TYPE_MARKER_RECORDED:
      return 1;
    default:
      return 0;
  }
}
