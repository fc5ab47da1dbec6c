import {
  applyAtDesk,
  closeTasks,
  fileAtDesk,
  isDeskFact,
  judgeAtDesk,
  nextAlarm,
  type Desk,
  type Effect,
} from './desk';
import type { Duty, TaskDuty } from './duty';
import type { FiledFact, OrderFact, RefusalCode, Step } from './fact';
import type { CollectionStanding } from './filing';
import type { RungAction } from './ladder';
import { inNewCalendar, judgeCalendar } from './new-calendar';
import type { Task } from './task';
import { deskTerms, type DeskTerms, type Terms } from './terms';
import type { Fen, Instant } from './vocabulary';

/** What a collection needs of its order's terms. */
export interface CollectionTerms extends DeskTerms, Pick<Terms, 'customerId' | 'dunning'> {}

/** The part of an order's terms that its collection is handed. */
export function termsOfCollection(terms: CollectionTerms): CollectionTerms {
  const { customerId, dunning } = terms;
  return { ...deskTerms(terms, ['collection.call', 'collection.legal']), customerId, dunning };
}

/** The collection of one bill: the policy's ladder from before the due date up to legal, stopped by payment (AR-2). */
export interface Dunning extends Desk {
  readonly billNo: string;
  readonly terms: CollectionTerms;
  readonly outstandingFen: Fen;
  readonly dueAt: Instant;
  /** The highest thing done so far: a rung's notice or action. */
  readonly level: string;
  readonly suspended: boolean;
  /** Rungs that told nobody, because a higher one was due too (DN-1). */
  readonly passedOver: readonly number[];
  readonly endedAt: Instant | null;
}

export function openDunning(fact: Extract<Step, { kind: 'collectionOpened' }>, terms: CollectionTerms): Dunning {
  return {
    billNo: fact.billNo,
    terms: termsOfCollection(terms),
    outstandingFen: fact.outstandingFen,
    dueAt: fact.dueAt,
    level: 'none',
    suspended: false,
    passedOver: [],
    endedAt: null,
    seq: 1,
    version: 1,
    tasks: [],
    waits: {},
    heard: {},
  };
}

export const fileInDunning = (dunning: Dunning, fact: OrderFact): { desk: Dunning; filed: FiledFact } =>
  fileAtDesk(dunning, fact, { judge, apply });

export const isPaid = (dunning: Dunning): boolean => dunning.outstandingFen === 0;

export function dutiesOfDunning(dunning: Dunning): readonly Duty[] {
  if (isPaid(dunning)) return [];
  return [
    { what: 'wait', name: 'dunning', roles: ['finance'], ladder: dunning.terms.dunning, from: dunning.dueAt },
    ...called(dunning, 'call', 'collection.call'),
    ...called(dunning, 'legal', 'collection.legal'),
  ];
}

export function dunningStanding(dunning: Dunning): CollectionStanding {
  const { billNo, version, level, outstandingFen, dueAt, endedAt } = dunning;
  return {
    of: 'collection',
    billNo,
    version,
    level,
    outstandingFen,
    dueAt,
    nextAt: nextAlarm(dunning)?.at ?? null,
    endedAt,
  };
}

/** A rung that asks for a person opens its task once; legal's stays open until the bill is paid. */
function called(dunning: Dunning, action: RungAction, kind: TaskDuty['kind']): readonly Duty[] {
  const clock = dunning.waits['dunning']?.clock;
  const times =
    clock?.rungs.slice(0, clock.rung).filter((rung, n) => rung.do === action && !dunning.passedOver.includes(n))
      .length ?? 0;
  const answered = dunning.tasks.filter((task) => task.kind === kind && task.state === 'decided').length;
  return times > answered
    ? [
        {
          what: 'task',
          kind,
          rule: `dunning: ${action}`,
          saw: { outstandingFen: dunning.outstandingFen },
          amountFen: dunning.outstandingFen,
        },
      ]
    : [];
}

function judge(dunning: Dunning, fact: OrderFact): RefusalCode | undefined {
  if (dunning.endedAt !== null) return 'order_ended';
  if (isDeskFact(fact)) return judgeAtDesk(dunning, fact, effectAfter);
  if (fact.kind === 'calendarPublished') return judgeCalendar(dunning.terms, fact);
  return fact.kind === 'outstandingChanged' || fact.kind === 'collectionEnded' ? undefined : 'wrong_state';
}

/** A call is only said to be made: until another is asked for, or the bill is paid, it can be asked for anew (HT-5). */
export function effectAfter(dunning: Dunning, task: Task): Effect | undefined {
  if (isPaid(dunning)) return 'outstandingChanged';
  const calls = dunning.tasks.filter(({ kind }) => kind === 'collection.call');
  return calls.at(-1)?.id === task.id ? undefined : 'rungRang';
}

function apply(dunning: Dunning, fact: OrderFact): Dunning {
  switch (fact.kind) {
    case 'rungRang':
      return fact.of === 'dunning'
        ? climb(applyAtDesk(dunning, fact, dunning.terms), fact)
        : applyAtDesk(dunning, fact, dunning.terms);
    case 'decisionMade':
    case 'decisionWithdrawn':
    case 'taskMoved':
    case 'taskPaused':
    case 'taskResumed':
    case 'taskOpened':
    case 'waitStarted':
    case 'waitEnded':
      return applyAtDesk(dunning, fact, dunning.terms);
    case 'calendarPublished':
      return inNewCalendar(dunning, fact);
    case 'outstandingChanged':
      return fact.outstandingFen === 0
        ? { ...closeTasks(dunning, () => true), waits: {}, outstandingFen: 0 }
        : { ...dunning, outstandingFen: fact.outstandingFen };
    case 'collectionEnded':
      return { ...dunning, endedAt: fact.at, suspended: false };
    default:
      return dunning;
  }
}

/** A level that was passed over told nobody; what it holds against the customer holds all the same (DN-12). */
function climb(dunning: Dunning, fact: Extract<Step, { kind: 'rungRang' }>): Dunning {
  const suspended = dunning.suspended || fact.do === 'suspend';
  return fact.passedOver === true
    ? { ...dunning, suspended, passedOver: [...dunning.passedOver, fact.rung] }
    : { ...dunning, suspended, level: fact.notice ?? fact.do };
}
