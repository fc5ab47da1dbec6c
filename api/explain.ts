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
  const [desks, claims] = await Promise.all([desksOf(prisma, no), claimsOn(prisma, no)]);
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
      ...waiting.map((row) => view(orderWorkflowId(no), row, claims)),
      ...others.flatMap((other) => other.waiting.map((row) => view(other.workflowId, row, claims))),
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

/** Who has taken which task: rows that only say who looks, so no workflow knows them (RV-8). */
async function claimsOn(prisma: PrismaClient, orderNo: string): Promise<Claims> {
  const where = { orderNo, state: 'open', claimedBy: { not: null } };
  const rows = await prisma.task.findMany({ where, select: { id: true, claimedBy: true } });
  return new Map(rows.map(({ id, claimedBy }) => [id, claimedBy]));
}

type Claims = ReadonlyMap<string, string | null>;

/** `at` is the workflow that waits. */
const view = (at: string, row: Waiting, claims: Claims) => ({
  ...row,
  at,
  claimedBy: (row.taskId === null ? null : claims.get(row.taskId)) ?? null,
  words: wordsOf(row.what),
  next: row.next.map((rung) => ({ ...rung, words: actionWords[rung.do] })),
});

/** A working calendar is only as good as its last announced holiday (Z3). */
function warningsOf({ terms, offeredOn, promisedOn }: Dossier): readonly string[] {
  const last = promisedOn ?? offeredOn;
  const { version, knownUntil } = terms.calendar;
  return calendarKnows(terms.calendar, last)
    ? []
    : [`The calendar ${version} knows holidays up to ${knownUntil}; ${last} lies beyond.`];
}
