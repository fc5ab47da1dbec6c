import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { Desk } from '../../../domain/inside/desk';
import type { Filing } from '../../../domain/inside/filing';
import type { Terms } from '../../../domain/inside/terms';
import { dossierQuery } from '../../../workflows/messages';
import type { Place, Run } from '../check/evidence';

type History = temporal.api.history.v1.IHistory;
type Payloads = temporal.api.common.v1.IPayloads | null | undefined;

/** A workflow's history, and what was read of it so far. */
export interface Recorded extends Omit<Run, 'replayFailure'> {
  readonly runId: string;
  readonly history: History;
}

/** All workflows on the server with their histories and, by query, their dossiers. */
export async function readWorkflows(client: Client): Promise<readonly Recorded[]> {
  const found: { workflowId: string; runId: string; type: string; closed: boolean }[] = [];
  for await (const { workflowId, runId, type, status } of client.workflow.list())
    if (isKnown(type)) found.push({ workflowId, runId, type, closed: status.name !== 'RUNNING' });
  const recorded: Recorded[] = [];
  // One after the other: each query of a closed workflow replays it on the company's only worker.
  for (const { workflowId, runId, type, closed } of found) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const history = await handle.fetchHistory();
    const dossier = await asked(() => handle.query<Desk, []>(dossierQuery.name));
    if (isKnown(type)) recorded.push({ workflowId, runId, type, closed, history, dossier, ...contentOf(history) });
  }
  return recorded;
}

/** The bytes of histories and of what lists show of workflows, as the server keeps them. */
export async function temporalPlaces(client: Client, recorded: readonly Recorded[]): Promise<readonly Place[]> {
  const { workflowService } = client.connection;
  const lists = await workflowService.listWorkflowExecutions({ namespace: client.options.namespace, pageSize: 1000 });
  return [
    ...recorded.map(({ workflowId, history }) => ({
      name: `history of ${workflowId}`,
      bytes: Buffer.from(temporal.api.history.v1.History.encode(history).finish()),
    })),
    {
      name: 'search attributes and memos',
      bytes: Buffer.from(temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse.encode(lists).finish()),
    },
  ];
}

const isKnown = (type: string): type is Run['type'] => type === 'order' || type === 'shipment' || type === 'collection';

/** Terms, filings and effects, decoded from the payloads. */
export function contentOf({ events }: History): Pick<Run, 'terms' | 'filings' | 'effects'> {
  const scheduled = new Map<string, { readonly activity: string; readonly input: unknown }>();
  const done: { readonly activity: string; readonly input: unknown }[] = [];
  let terms: Terms | undefined;
  for (const event of events ?? []) {
    const started = event.workflowExecutionStartedEventAttributes;
    const activity = event.activityTaskScheduledEventAttributes;
    const completed = event.activityTaskCompletedEventAttributes;
    // What our own workflows were started and activities called with: the types of `workflows/`.
    if (started != null) terms = (firstOf(started.input) as { readonly terms: Terms }).terms;
    if (activity != null)
      scheduled.set(String(event.eventId), {
        activity: activity.activityType?.name ?? '',
        input: firstOf(activity.input),
      });
    const finished = completed == null ? undefined : scheduled.get(String(completed.scheduledEventId));
    if (finished !== undefined) done.push(finished);
  }
  if (terms === undefined) throw new Error('a history does not begin with its terms');
  return {
    terms,
    filings: done.filter(({ activity }) => activity === 'fileFacts').map(({ input }) => input as Filing),
    effects: done.map(({ activity, input }) => ({ activity, key: (input as { readonly key?: string }).key })),
  };
}

function firstOf(payloads: Payloads): unknown {
  const [payload] = payloads?.payloads ?? [];
  return payload === undefined ? undefined : defaultPayloadConverter.fromPayload(payload);
}

/** A query that the worker was too busy for is asked again. */
async function asked<T>(question: () => Promise<T>): Promise<T> {
  for (let times = 1; ; times++) {
    try {
      return await question();
    } catch (error) {
      if (times === 5) throw error;
    }
  }
}
