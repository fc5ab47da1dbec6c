import type { CreditRefusal } from '../../domain/inside/credit/credit';
import { offeredOn } from '../../domain/inside/confirmation/confirmation';
import { explain } from '../../domain/inside/explain';
import { statusWords } from '../../domain/inside/kernel/vocabulary';
import { actionWords, roleWords, wordsOf } from '../../domain/inside/words';
import { calendarKnows } from '../../domain/inside/kernel/calendar';
import type { Waiting } from '../../domain/inside/kernel/explain';
import type { Dossier } from '../../domain/inside/order';
import type { PrismaClient } from '../../prisma/generated/client';
import type { Caller } from '../caller';
import { findOrder } from './find-order';
import { foldOrder } from '../fold';
import { moneyOf } from '../money';
import { answeredAt, notesOn } from '../worklist/open-questions';
import { wordsSaid } from './words-said';

/**
 * "Why is it here?" (EX-1), from the filed facts by the workflow's own reducer: what the order and its shipments and
 * collections wait for, since when, who can act, by which rule, and what the clock does next; in both languages.
 */
export async function explainOrder(prisma: PrismaClient, caller: Caller, no: string) {
  const seen = await findOrder(prisma, caller, no);
  const [folded, rows] = await Promise.all([foldOrder(prisma, no), taskRowsOf(prisma, no)]);
  // Accepted a moment ago: its workflow has filed nothing yet.
  if (folded === undefined) return { ...nothingFiled, orderNo: no, status: seen.status };
  const { dossier, processes } = folded;
  const { unpaidFen, waiting: _own, waitingFor, status, credit, returned, ...rest } = explain(dossier);
  const waiting = processes.flatMap((process) => process.waiting().map((row) => ({ ...row, at: process.workflowId })));
  const returnedBy = dossier.review.returned?.factId;
  const [notes, words] = await Promise.all([
    notesOn(prisma, waiting),
    wordsSaid(prisma, [
      ...(returnedBy === undefined ? [] : [returnedBy]),
      ...waiting.flatMap(({ questions }) => questions.map(({ factId }) => factId)),
    ]),
  ]);
  return {
    ...rest,
    status,
    words: statusWords[status],
    waitingFor: waitingFor.map((role) => ({ role, words: roleWords[role] })),
    unpaid: moneyOf(unpaidFen),
    credit: credit === null ? null : creditView(credit),
    returned: returned === null ? null : { ...returned, words: words.get(returnedBy ?? '') ?? null },
    waiting: waiting.map((row) => view(row, { rows, notes, words })),
    calendarKnownUntil: dossier.intake.terms.calendar.knownUntil,
    warnings: warningsOf(dossier),
  };
}

const nothingFiled = {
  waitsFor: 'start',
  words: { zh: '正在受理', en: 'being taken in' },
  since: null,
  waitingFor: [],
  persons: [],
  waiting: [],
  unpaid: null,
  missing: [],
  promisedOn: null,
  closedBecause: null,
  holds: [],
  returned: null,
  credit: null,
  shipments: [],
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
  const rows = await prisma.task.findMany({ where, select: { id: true, claimedBy: true, withoutCandidates: true } });
  return new Map(rows.map((row) => [row.id, row]));
}

type TaskRows = ReadonlyMap<string, { readonly claimedBy: string | null; readonly withoutCandidates: boolean }>;

interface Beside {
  readonly rows: TaskRows;
  readonly notes: Awaited<ReturnType<typeof notesOn>>;
  readonly words: Awaited<ReturnType<typeof wordsSaid>>;
}

/** `at` is the workflow that waits. */
function view(row: Waiting & { readonly at: string }, { rows, notes, words }: Beside) {
  const { claimedBy = null, withoutCandidates = false } =
    (row.taskId === null ? undefined : rows.get(row.taskId)) ?? {};
  // Nobody is there whom it asks, so its fallback has it.
  const mayAct = withoutCandidates ? { roles: row.fallback, users: [], superiors: [] } : {};
  return {
    ...row,
    ...mayAct,
    questions: row.questions.map(({ factId, ...question }) => ({
      ...question,
      words: words.get(factId) ?? null,
      answeredAt: answeredAt(notes, row.taskId, { ...question, factId }),
    })),
    claimedBy,
    withoutCandidates,
    words: wordsOf(row.what),
    next: row.next.map((rung) => ({ ...rung, words: actionWords[rung.do] })),
  };
}

/** A working calendar is only as good as its last announced holiday (Z3). */
function warningsOf(dossier: Dossier): readonly string[] {
  const { calendar } = dossier.intake.terms;
  const last = dossier.confirmation.promisedOn ?? offeredOn(dossier);
  const { version, knownUntil } = calendar;
  return calendarKnows(calendar, last)
    ? []
    : [`The calendar ${version} knows holidays up to ${knownUntil}; ${last} lies beyond.`];
}
