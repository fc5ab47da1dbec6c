import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateTerms } from '../../config/payloads/deflated-terms';
import type { OrderFact } from '../../domain/inside/fact';
import { collectionWorkflowId, orderWorkflowId, shipmentWorkflowId } from '../../workflows/ids';
import type { Filing } from '../../domain/inside/filing';

const folder = join(__dirname, 'histories');

/** Bytes are in base64. */
interface RecordedPayload {
  readonly metadata: Readonly<Record<string, string>>;
  readonly data: string;
}

/** What a payload says; it is not asked for its seal. */
function valueOf(payload: RecordedPayload | undefined): unknown {
  if (payload === undefined) throw new Error('a payload is missing in the recording');
  const entries = Object.entries(payload.metadata).map(
    ([name, value]) => [name, Buffer.from(value, 'base64')] as const,
  );
  const { data } = inflateTerms({
    metadata: Object.fromEntries(entries),
    data: Buffer.from(payload.data, 'base64'),
  });
  return JSON.parse(Buffer.from(data ?? []).toString());
}

interface ScheduledEvent {
  readonly activityTaskScheduledEventAttributes?: {
    readonly activityType: { readonly name: string };
    readonly input: { readonly payloads: readonly RecordedPayload[] };
  };
}

interface Start {
  readonly originalExecutionRunId: string;
  readonly input: { readonly payloads: readonly RecordedPayload[] };
}

/** What a recorded workflow was started with, and as which run. */
export function startOf(name: string): Start {
  const { events } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
    readonly events: readonly { readonly workflowExecutionStartedEventAttributes?: Start }[];
  };
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  if (started === undefined) throw new Error(`${name} does not begin with a start`);
  return started;
}

/** Under which id it ran: signals are addressed to it, so it is replayed under the same. */
export function workflowIdIn(name: string): string {
  const input = valueOf(startOf(name).input.payloads[0]) as {
    readonly orderNo: string;
    readonly shipmentNo?: string;
    readonly billNo?: string;
  };
  if (input.shipmentNo !== undefined) return shipmentWorkflowId(input.shipmentNo);
  return input.billNo === undefined ? orderWorkflowId(input.orderNo) : collectionWorkflowId(input.billNo);
}

/** The files of recorded histories whose names end so. */
export const recordings = (ending: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(ending))
    .sort();

/** The facts that counted in a recorded workflow, as it filed them: together what was filed together. */
export function filingsOf(name: string): readonly (readonly OrderFact[])[] {
  const { events } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
    readonly events: readonly ScheduledEvent[];
  };
  return events.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => {
    if (scheduled?.activityType.name !== 'fileFacts') return [];
    const filing = valueOf(scheduled.input.payloads[0]) as Filing;
    return [filing.facts.flatMap(({ fact, standing }) => (standing === 'applied' ? [fact] : []))];
  });
}

/** The facts that counted in a recorded workflow, in their order. */
export const factsOf = (name: string): readonly OrderFact[] => filingsOf(name).flat();
