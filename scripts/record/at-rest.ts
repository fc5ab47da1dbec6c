import { temporal } from '@temporalio/proto';

type History = temporal.api.history.v1.IHistory;
type Event = temporal.api.history.v1.IHistoryEvent;
const { EventType } = temporal.api.enums.v1;

/** The workflows that this one started. */
export const childrenIn = ({ events }: History): readonly string[] =>
  (events ?? []).flatMap(({ childWorkflowExecutionStartedEventAttributes: started }) => {
    const workflowId = started?.workflowExecution?.workflowId;
    return typeof workflowId === 'string' ? [workflowId] : [];
  });

/**
 * Nothing is under way: no workflow task, no activity, no signal to another workflow, no child that is to start. What it
 * waits for now comes from outside, or from its clock.
 */
export function isAtRest({ events }: History): boolean {
  const all = events ?? [];
  const count = (of: (event: Event) => boolean): number => all.filter(of).length;
  return underWay.every(([begins, ends]) => count(begins) === count(ends));
}

const is =
  (...types: readonly (keyof typeof EventType)[]) =>
  ({ eventType }: Event): boolean =>
    types.some((type) => EventType[type] === eventType);

const underWay: readonly (readonly [begins: (event: Event) => boolean, ends: (event: Event) => boolean])[] = [
  [
    is('EVENT_TYPE_WORKFLOW_TASK_SCHEDULED'),
    is('EVENT_TYPE_WORKFLOW_TASK_COMPLETED', 'EVENT_TYPE_WORKFLOW_TASK_FAILED', 'EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT'),
  ],
  [
    is('EVENT_TYPE_ACTIVITY_TASK_SCHEDULED'),
    is(
      'EVENT_TYPE_ACTIVITY_TASK_COMPLETED',
      'EVENT_TYPE_ACTIVITY_TASK_FAILED',
      'EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT',
      'EVENT_TYPE_ACTIVITY_TASK_CANCELED',
    ),
  ],
  [
    is('EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_INITIATED'),
    is('EVENT_TYPE_EXTERNAL_WORKFLOW_EXECUTION_SIGNALED', 'EVENT_TYPE_SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED'),
  ],
  [
    is('EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_INITIATED'),
    is('EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED', 'EVENT_TYPE_START_CHILD_WORKFLOW_EXECUTION_FAILED'),
  ],
];
