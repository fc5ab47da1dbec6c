import type { Client } from '@temporalio/client';
import { defaultPayloadConverter, type Payload, type PayloadCodec } from '@temporalio/common';
import { temporal } from '@temporalio/proto';
import type { Base } from '../../../domain/inside/kernel/dossier';
import { dossierQuery } from '../../../workflows/messages';
import type { Place, Run } from '../check/evidence';
import { grouped } from '../check/violation';

type History = temporal.api.history.v1.IHistory;
type Payloads = temporal.api.common.v1.IPayloads | null | undefined;

/** A workflow with its histories, and what was read of them so far. */
export interface Recorded extends Omit<Run, 'filings' | 'replayFailure'> {
  /** More than one where it continued as new, the oldest first. */
  readonly histories: readonly History[];
}

interface Execution {
  readonly workflowId: string;
  readonly runId: string;
  readonly type: Run['type'];
  readonly closed: boolean;
  readonly startedAt: number;
}

/** All workflows on the server with their histories and, by query, their dossiers. */
export async function readWorkflows(client: Client, codec: PayloadCodec): Promise<readonly Recorded[]> {
  const found: Execution[] = [];
  for await (const { workflowId, runId, type, status, startTime } of client.workflow.list())
    if (isKnown(type))
      found.push({ workflowId, runId, type, closed: status.name !== 'RUNNING', startedAt: startTime.getTime() });
  const executions = grouped(
    found.sort((one, other) => one.startedAt - other.startedAt),
    ({ workflowId }) => workflowId,
  );
  const recorded: Recorded[] = [];
  // One after the other: each query of a closed workflow replays it on the company's only worker.
  for (const runs of executions.values()) recorded.push(await readWorkflow(client, codec, runs));
  return recorded;
}

async function readWorkflow(client: Client, codec: PayloadCodec, executions: readonly Execution[]): Promise<Recorded> {
  const last = executions.at(-1);
  if (last === undefined) throw new Error('a workflow without a run');
  const { workflowId, type, closed } = last;
  const histories: History[] = [];
  for (const { runId } of executions) histories.push(await client.workflow.getHandle(workflowId, runId).fetchHistory());
  const dossier = await asked(() => client.workflow.getHandle(workflowId, last.runId).query<Base>(dossierQuery.name));
  const contents = await Promise.all(histories.map((history) => effectsIn(history, codec)));
  return {
    workflowId,
    type,
    closed,
    histories,
    dossier,
    effects: contents.flat(),
  };
}

/** The bytes of histories and of what lists show of workflows, as the server keeps them. */
export async function temporalPlaces(
  client: Client,
  codec: PayloadCodec,
  recorded: readonly Recorded[],
): Promise<readonly Place[]> {
  const { workflowService } = client.connection;
  const lists = await workflowService.listWorkflowExecutions({ namespace: client.options.namespace, pageSize: 1000 });
  const told = recorded.map(async ({ workflowId, histories }) => ({
    name: `what payloads of ${workflowId} tell`,
    bytes: Buffer.concat((await codec.decode(payloadsIn(histories))).map(({ data }) => Buffer.from(data ?? []))),
  }));
  return [
    // The terms in them are deflated: a word would not be found in the bytes.
    ...(await Promise.all(told)),
    ...recorded.flatMap(({ workflowId, histories }) =>
      histories.map((history) => ({
        name: `history of ${workflowId}`,
        bytes: Buffer.from(temporal.api.history.v1.History.encode(history).finish()),
      })),
    ),
    {
      name: 'search attributes and memos',
      bytes: Buffer.from(temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse.encode(lists).finish()),
    },
  ];
}

/** Every payload, wherever it stands in an event. */
function payloadsIn(value: unknown): Payload[] {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  if ('metadata' in value && 'data' in value) return [value as Payload];
  return Object.values(value).flatMap(payloadsIn);
}

const isKnown = (type: string): type is Run['type'] => type === 'order' || type === 'shipment' || type === 'collection';

/** The effects, decoded from the payloads. */
async function effectsIn({ events }: History, codec: PayloadCodec): Promise<Run['effects']> {
  const scheduled = new Map<string, { readonly activity: string; readonly input: unknown }>();
  const done: { readonly activity: string; readonly input: unknown }[] = [];
  for (const event of events ?? []) {
    const activity = event.activityTaskScheduledEventAttributes;
    const completed = event.activityTaskCompletedEventAttributes;
    // What our own workflows called activities with: the types of `workflows/`.
    if (activity)
      scheduled.set(String(event.eventId), {
        activity: activity.activityType?.name ?? '',
        input: await firstOf(activity.input, codec),
      });
    const finished = !completed ? undefined : scheduled.get(String(completed.scheduledEventId));
    if (finished !== undefined) done.push(finished);
  }
  return done.map(({ activity, input }) => ({ activity, key: (input as { readonly key?: string }).key }));
}

async function firstOf(payloads: Payloads, codec: PayloadCodec): Promise<unknown> {
  const [payload] = await codec.decode(payloads?.payloads ?? []);
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
