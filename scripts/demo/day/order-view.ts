import { z } from 'zod';
import type { Caller } from '../caller';

const money = z.object({ amount: z.string() }).transform(({ amount }) => amount);

const word = z.string().optional().catch(undefined);
const number = z.number().optional().catch(undefined);

/** What of a fact's body is told; a field that means something else in another kind of fact is left out there. */
const body = z.object({
  taskId: word,
  of: word,
  task: z.object({ id: z.string(), kind: z.string() }).optional().catch(undefined),
  outcome: word,
  do: word,
  to: word,
  because: word,
  method: word,
  event: word,
  as: word,
  reasonCode: word,
  notice: word,
  line: number,
  quantity: number,
  passed: number,
  rework: number,
  scrapped: number,
  /** Of a charge: what is asked for, which purpose it has, and its number. */
  netFen: number,
  taxFen: number,
  purpose: word,
  chargeNo: word,
  shipmentNo: word,
  clearance: word,
  owedFen: number,
  amountFen: number,
  costFen: number,
});

const entry = z.object({
  position: z.int(),
  workflowId: z.string(),
  kind: z.string(),
  filed: z.string(),
  because: z.string().nullable(),
  at: z.string(),
  actor: z.string(),
  body,
  words: z.string().nullable(),
});

const details = z.object({
  no: z.string(),
  status: z.string(),
  grade: z.string(),
  version: z.int(),
  revision: z.int(),
  endedAt: z.string().nullable(),
  deposit: money,
  total: money,
  received: money,
  outstanding: money,
  lines: z.array(z.object({ line: z.int(), supply: z.string(), quantity: z.int() })),
  tasks: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      evidence: z.record(z.string(), z.unknown()),
      signing: z.object({ mustState: z.array(z.string()).default([]) }),
    }),
  ),
  charges: z.array(z.object({ no: z.string(), purpose: z.string(), about: z.string().nullable(), open: money })),
  payments: z.array(z.object({ allocations: z.array(z.object({ chargeNo: z.string(), amount: money })) })),
  shipments: z.array(
    z.object({ no: z.string(), status: z.string(), waybillNo: z.string().nullable(), version: z.int() }),
  ),
  timeline: z.object({ items: z.array(entry) }),
});

/** A fact of the order's timeline. */
export type Entry = z.output<typeof entry>;
/** An order as its page shows it, with what is new on its timeline. */
export type OrderView = Omit<z.output<typeof details>, 'timeline'> & { readonly news: readonly Entry[] };

/** Looks at the order: everything about it, and its facts after a position. */
export async function look(caller: Caller, no: string, after: number): Promise<OrderView> {
  const { timeline, ...rest } = await caller.get(`/orders/${no}?limit=100&after=${after}`, details);
  return { ...rest, news: timeline.items };
}

/**
 * A fact in all the words that a day may wait for or expect: its kind, for some what made it that after a slash, and where an order
 * has several of it, which one: `rungReached`, `rungReached/notify`, `rungReached/notify@B2`.
 */
export function labelsOf(entry: Entry): readonly string[] {
  const label = labelOf(entry);
  return [entry.kind, label, `${label}@${partOf(entry)}`];
}

/** `B2` of a fact about the second bill, or of its collection; `S1` of one about the first shipment. */
function partOf({ workflowId, body: { chargeNo, shipmentNo } }: Entry): string {
  return (chargeNo ?? shipmentNo ?? workflowId).split('-')[(chargeNo ?? shipmentNo) === undefined ? 3 : 2] ?? '';
}

/** A fact in one word: its kind, and for some after a slash what made it that: `decisionMade/return`, `rungReached/suspend`. */
export function labelOf({ kind, body }: Pick<Entry, 'kind' | 'body'>): string {
  const more = tellingPart(kind, body);
  return more === undefined ? kind : `${kind}/${more}`;
}

function tellingPart(kind: string, { rework = 0, scrapped = 0, ...body }: Entry['body']): string | undefined {
  switch (kind) {
    case 'decisionMade':
      return body.outcome;
    case 'taskOpened':
      return body.task?.kind;
    case 'rungReached':
      return body.do;
    case 'shipmentMoved':
      return body.to;
    case 'shipmentPlanned':
      return body.clearance;
    case 'chargeRaised':
      return body.purpose;
    case 'paymentReceived':
      return body.method;
    case 'carrierEventReceived':
      return body.event;
    case 'inspectionRecorded':
      return rework > 0 ? 'rework' : scrapped > 0 ? 'scrap' : 'pass';
    case 'orderEnded':
      return body.as;
    default:
      return undefined;
  }
}
