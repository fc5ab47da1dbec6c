import { dossierFrom, dunningFrom, parcelFrom } from '../domain/fold';
import type { OrderFact } from '../domain/inside/fact';
import { explain, waitingOf, type Waiting } from '../domain/inside/explain';
import type { Desk } from '../domain/inside/desk';
import type { Terms } from '../domain/inside/terms';
import type { PrismaClient } from '../prisma/generated/client';
import { orderWorkflowId } from '../workflows/ids';
import type { Caller } from './caller';
import { findOrder } from './find-order';
import { moneyOf } from './money';

/**
 * "Why is it here?" (EX-1), from the filed facts by the workflow's own reducer: what the order and its shipments and
 * collections wait for, since when, who can act, by which rule, and what the clock does next.
 */
export async function explainOrder(prisma: PrismaClient, caller: Caller, no: string) {
  const seen = await findOrder(prisma, caller, no);
  const stories = await storiesOf(prisma, no);
  const facts = (workflowId: string) => stories.get(workflowId) ?? [];
  const own = orderWorkflowId(no);
  const dossier = dossierFrom(facts(own));
  // Accepted a moment ago: its workflow has filed nothing yet.
  if (dossier === undefined) return { ...nothingFiled, orderNo: no, status: seen.status };
  const others = [...stories.keys()].filter((workflowId) => workflowId !== own);
  const { unpaidFen, waiting, ...rest } = explain(dossier);
  const elsewhere = others.flatMap((workflowId) => {
    const desk = deskOf(facts(workflowId), dossier.terms);
    return desk === undefined ? [] : waitingOf(desk).map((one) => ({ ...one, at: workflowId }));
  });
  return {
    ...rest,
    unpaid: moneyOf(unpaidFen),
    waiting: [...waiting.map((one): Waiting & { at: string } => ({ ...one, at: own })), ...elsewhere],
    calendarKnownUntil: dossier.terms.calendar.knownUntil,
  };
}

const nothingFiled = {
  waitsFor: 'start',
  holders: [],
  waiting: [],
  missing: [],
  promisedOn: null,
  closedBecause: null,
};

function deskOf(facts: readonly OrderFact[], terms: Terms): Desk | undefined {
  return parcelFrom(facts, terms) ?? dunningFrom(facts, terms);
}

interface FactRow {
  readonly workflowId: string;
  readonly id: string;
  readonly kind: string;
  readonly at: Date;
  readonly happenedAt: Date;
  readonly body: object;
}

/** The facts of the order and of its shipments and collections, each story in its order. */
async function storiesOf(prisma: PrismaClient, no: string): Promise<ReadonlyMap<string, readonly OrderFact[]>> {
  const rows = await prisma.$queryRaw<readonly FactRow[]>`
    select "workflowId", id, kind, at, "happenedAt", body from facts where "orderNo" = ${no} order by "workflowId", seq`;
  const stories = new Map<string, OrderFact[]>();
  for (const row of rows) stories.set(row.workflowId, [...(stories.get(row.workflowId) ?? []), factOf(row)]);
  return stories;
}

function factOf({ id, kind, at, happenedAt, body }: FactRow): OrderFact {
  const heads = { id, kind, at: at.toISOString(), happenedAt: happenedAt.toISOString() };
  // The columns and the body are what `fileFacts` took apart: together they are the fact again.
  return { ...body, ...heads } as OrderFact;
}
