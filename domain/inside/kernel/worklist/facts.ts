import type { Calendar } from '../calendar';
import type { FactOf } from '../fact';
import type { Clock, RungAction } from '../ladder';
import { date, either, fen, listOf, object, oneOf, optional, own, text, whole, instant } from '../shape';
import type { Role } from '../vocabulary';
import type { Task } from './task';
import { materials, outcomes, reassignments } from './terms';

/** What people say of a task, whichever process opened it; free words stay in the inbox row, here stand codes only. */
export const worklistMessages = {
  /** The answer to a task. */
  decisionMade: {
    taskId: text(),
    outcome: oneOf(...outcomes),
    reasonCode: optional(text()),
    /** Conditions of an approval: reasons of holds (RV-5). */
    conditions: optional(listOf(text(), 20)),
    amountFen: optional(fen),
    /** Where a return goes: to the taker, or to an earlier level (HT-4). */
    returnTo: optional(either(oneOf('taker'), whole(1, 99))),
    /** The date of completion that technical or production offers with its signature (RV-2). */
    offeredOn: optional(date),
    /** Whether the materials are there, as technical or production sign (RV-2). */
    materials: optional(oneOf(...materials)),
  },
  /** 撤回决定: who signed takes it back, until the next effect (HT-5). */
  decisionWithdrawn: { taskId: text(), reasonCode: text() },
  /** 转办 · 委派 · 加签 · 减签 (HT-6). */
  taskReassigned: {
    taskId: text(),
    how: oneOf(...reassignments),
    /** Which slot, where it is not the sender's own. */
    slot: optional(whole(1, 99)),
    to: optional(text()),
    reasonCode: optional(text()),
  },
  /** 暂停计时: the customer is waited for, or has answered (HT-8, T2). */
  taskPaused: { taskId: text() },
  taskResumed: { taskId: text() },
} as const;

const wallTime = own<string>((value) => typeof value === 'string' && /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(value));
const weekday = whole(0, 6);
/** A calendar without working time would stop every process that heard of it. */
const hasWorkingTime = ({
  hours,
  weekend,
}: {
  readonly hours: Calendar['hours'];
  readonly weekend: readonly number[];
}) => hours.length > 0 && hours.every(({ from, to }) => from < to) && new Set(weekend).size < 7;

const calendarFields = object({
  version: text(),
  publishedAt: optional(instant),
  offsetMinutes: whole(-900, 900),
  hours: listOf(object({ from: wallTime, to: wallTime }), 12),
  weekend: listOf(weekday, 7),
  holidays: listOf(date, 4_000),
  workdays: listOf(date, 4_000),
  knownUntil: date,
});

/** What the company publishes (Z3). */
export const calendar = own<Calendar>((value) => calendarFields.is(value) && hasWorkingTime(value));

/** What a process notes of its own tasks and clocks, and what every process hears of the company's calendar. */
export const worklistFacts = {
  ...worklistMessages,
  /** 工作日历: a newer one was published (Z3). */
  calendarPublished: { calendar },
  taskOpened: { task: own<Task>() },
  clockStarted: {
    name: text(),
    boundTo: optional(text()),
    clock: own<Clock>(),
    roles: own<readonly Role[]>(),
  },
  rungReached: {
    /** A task's id or a clock's name. */
    of: text(),
    rung: whole(0, 999),
    do: own<RungAction>(),
    to: own<readonly Role[]>(),
    notice: optional(text()),
    /** A higher rung of the same ladder was due too, or it would do nothing any more: this one told nobody (DN-1, IN-9). */
    passedOver: optional(own<true>()),
  },
} as const;

export type WorklistFact = FactOf<typeof worklistFacts>;
export type WorklistFactOf<Kind extends keyof typeof worklistFacts> = Extract<WorklistFact, { kind: Kind }>;

/** Whether a fact is one of the worklist's own. */
export const isWorklistFact = (fact: { readonly kind: string }): fact is WorklistFact =>
  Object.hasOwn(worklistFacts, fact.kind);
