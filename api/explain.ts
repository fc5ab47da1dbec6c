import { calendarKnows } from '../domain/inside/calendar';
import type { CreditRefusal } from '../domain/inside/credit';
import type { Dossier } from '../domain/inside/dossier';
import { explain, type Waiting } from '../domain/inside/explain';
import { actionWords, roleWords, statusWords, wordsOf } from '../domain/inside/words';
import type { PrismaClient } from '../prisma/generated/client';
import { orderWorkflowId } from '../workflows/ids';
import type { Caller } from './caller';
import { desksOf } from './desks';
import { findOrder } from './find-order';
import { moneyOf } from './money';

/**
 * "Why is it here?" (EX-1), from the filed facts by the workflow's own reducer: what the order and its shipments and
 * collections wait for, since when, who can act, by which rule, and what the clock does next; in both languages.
 */
export async function explainOrder(prisma: PrismaClient, caller: Caller, no: string) {
  const seen = await findOrder(prisma, caller, no);
  const [desks, seenOf] = await Promise.all([desksOf(prisma, no), taskRowsOf(prisma, no)]);
  // Accepted a moment ago: its workflow has filed nothing yet.
  if (desks === undefined) return { ...nothingFiled, orderNo: no, status: seen.status };
  const { dossier, others } = desks;
  const { unpaidFen, waiting, holders, status, credit, ...rest } = explain(dossier);
  return {
    ...rest,
    status,
    words: statusWords[status],
    holders: holders.map((role) => ({ role, words: roleWords[role] })),
    unpaid: moneyOf(unpaidFen),
    credit: credit === null ? null : creditView(credit),
    waiting: [
      ...waiting.map((row) => view(orderWorkflowId(no), row, seenOf)),
      ...others.flatMap((other) => other.waiting.map((row) => view(other.workflowId, row, seenOf))),
    ],
    calendarKnownUntil: dossier.terms.calendar.knownUntil,
    warnings: warningsOf(dossier),
  };
}

const nothingFiled = {
  waitsFor: 'start',
  words: { zh: '正在受理', en: 'being taken in' },
  since: null,
  holders: [],
  persons: [],
  waiting: [],
  unpaid: null,
  missing: [],
  promisedOn: null,
  closedBecause: null,
  holds: [],
  returned: null,
  credit: null,
  calendarKnownUntil: null,
  warnings: [],
};

const creditView = ({ because, limitFen, usedFen }: CreditRefusal) => ({
  because,
  limit: moneyOf(limitFen),
  used: moneyOf(usedFen),
});

/** What only the rows know of an order's open tasks: who has taken which, and where nobody is there whom it asks (RV-8, HT-2). */
async function taskRowsOf(prisma: PrismaClient, orderNo: string): Promise<TaskRows> {
  const where = { orderNo, state: 'open' };
  const rows = await prisma.task.findMany({ where, select: { id: true, claimedBy: true, stranded: true } });
  return new Map(rows.map((row) => [row.id, row]));
}

type TaskRows = ReadonlyMap<string, { readonly claimedBy: string | null; readonly stranded: boolean }>;

/** `at` is the workflow that waits. */
function view(at: string, row: Waiting, rows: TaskRows) {
  const { claimedBy = null, stranded = false } = (row.taskId === null ? undefined : rows.get(row.taskId)) ?? {};
  // Whom it asks is not there, so it is theirs who step in.
  const mayAct = stranded ? { roles: row.fallback, users: [], superiors: [] } : {};
  return {
    ...row,
    ...mayAct,
    at,
    claimedBy,
    stranded,
    words: wordsOf(row.what),
    next: row.next.map((rung) => ({ ...rung, words: actionWords[rung.do] })),
  };
}

/** A working calendar is only as good as its last announced holiday (Z3). */
function warningsOf({ terms, offeredOn, promisedOn }: Dossier): readonly string[] {
  const last = promisedOn ?? offeredOn;
  const { version, knownUntil } = terms.calendar;
  return calendarKnows(terms.calendar, last)
    ? []
    : [`The calendar ${version} knows holidays up to ${knownUntil}; ${last} lies beyond.`];
}
