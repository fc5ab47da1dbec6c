import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { inflateTerms } from '../../config/payloads/deflated-terms';
import type { Filing } from '../../domain/inside/filing';

/** Where the recorded histories are kept: one file per workflow, `<scenario>.<workflow>.json`. */
export const historiesFolder = join(__dirname, 'histories');

/** A history as `historyToJSON` writes it, of which only what is read here is named. */
interface History {
  readonly events: readonly Event[];
  /** What it filed, which stands in no event where it was filed within a workflow task. */
  readonly filings: readonly Filing[];
}

interface Event {
  readonly eventType: string;
  readonly workflowExecutionStartedEventAttributes?: {
    readonly originalExecutionRunId: string;
    readonly input: Payloads;
  };
  readonly workflowExecutionCompletedEventAttributes?: { readonly result?: Payloads };
}

interface Payloads {
  readonly payloads: readonly Payload[];
}

/** Bytes are in base64. */
interface Payload {
  readonly metadata?: Readonly<Record<string, string>>;
  readonly data: string;
}

/** What a recorded workflow says of itself. */
export interface Recorded {
  readonly runId: string;
  /** How it ended: its result; where it has none, the name of its last event; or that it has not ended. */
  readonly end: string;
  /** What it was started with. */
  readonly input: unknown;
  /** What it handed to `fileFacts`, in its order. */
  readonly filings: readonly Filing[];
}

/** The files of recorded histories whose names end so. */
export const recordings = (ending: string): readonly string[] =>
  readdirSync(historiesFolder)
    .filter((name) => name.endsWith(ending))
    .sort();

/** The history alone, as it is replayed. */
export const historyIn = (name: string) => {
  const { events } = JSON.parse(readFileSync(join(historiesFolder, name), 'utf8')) as History;
  return historyFromJSON({ events });
};

/** What a file of recorded histories says. */
export const recordedIn = (name: string): Recorded => recordedFrom(readFileSync(join(historiesFolder, name), 'utf8'));

export function recordedFrom(json: string): Recorded {
  const { events, filings } = JSON.parse(json) as History;
  const started = events[0]?.workflowExecutionStartedEventAttributes;
  if (started === undefined) throw new Error('a history does not begin with a start');
  return {
    runId: started.originalExecutionRunId,
    end: endOf(events),
    input: valueOf(started.input),
    filings,
  };
}

function endOf(events: readonly Event[]): string {
  const last = events.at(-1);
  if (last === undefined || !isEnd(last.eventType)) return 'still open';
  const result = last.workflowExecutionCompletedEventAttributes?.result;
  return result === undefined ? wordOf(last.eventType) : String(valueOf(result));
}

const isEnd = (eventType: string): boolean =>
  /^EVENT_TYPE_WORKFLOW_EXECUTION_(COMPLETED|FAILED|TIMED_OUT|CANCELED|TERMINATED|CONTINUED_AS_NEW)$/.test(eventType);

const wordOf = (eventType: string): string => eventType.replace('EVENT_TYPE_WORKFLOW_EXECUTION_', '').toLowerCase();

/** The one place that reads what a payload holds, without asking for its seal: each call of the product has one argument and one result. */
function valueOf({ payloads: [payload] }: Payloads): unknown {
  const metadata = Object.entries(payload?.metadata ?? {}).map(
    ([name, value]) => [name, Buffer.from(value, 'base64')] as const,
  );
  const { data } = inflateTerms({
    metadata: Object.fromEntries(metadata),
    data: Buffer.from(payload?.data ?? '', 'base64'),
  });
  return JSON.parse(Buffer.from(data ?? []).toString());
}
