import {
  applyAtDesk,
  closeTasks,
  doneBy,
  fileAtDesk,
  isDeskFact,
  judgeAtDesk,
  judgeTime,
  taskOf,
  withoutWait,
  type Desk,
  type Effect,
} from './desk';
import type { Duty, TaskDuty } from './duty';
import type { CarrierEvent, FiledFact, OrderFact, RefusalCode, ShipmentNews, Step } from './fact';
import type { ShipmentStanding, ShipmentStatus } from './filing';
import { inNewCalendar, judgeCalendar } from './new-calendar';
import type { Task } from './task';
import { deskTerms, type DeskTerms, type TaskKind, type Terms } from './terms';
import type { Fen, Instant } from './vocabulary';

/** What a shipment needs of its order's terms. */
export interface ShipmentTerms extends DeskTerms, Pick<Terms, 'customerId' | 'unclaimedAfter' | 'backdatingSeconds'> {
  readonly waits: Pick<Terms['waits'], 'transit'>;
}

const kindsOfTasks: readonly TaskKind[] = [
  'shipment.pick',
  'shipment.check',
  'shipment.scan_out',
  'shipment.waybill',
  'shipment.trouble',
  'shipment.recall',
];

/** The part of an order's terms that its shipment is handed. */
export function termsOfShipment(terms: ShipmentTerms): ShipmentTerms {
  const { customerId, unclaimedAfter, backdatingSeconds, waits } = terms;
  return {
    ...deskTerms(terms, kindsOfTasks),
    customerId,
    unclaimedAfter,
    backdatingSeconds,
    waits: { transit: waits.transit },
  };
}

/** A shipment's dossier: picked by one, checked by another, scanned out, followed to its receiver (SH-1 … SH-7). */
export interface Parcel extends Desk {
  readonly no: string;
  readonly terms: ShipmentTerms;
  readonly leave: string;
  readonly step: 'picking' | 'checking' | 'packed' | 'gone' | 'stopped';
  /** How far the carrier says it is; events come in any order, and the furthest counts (SH-4). */
  readonly progress: Progress;
  readonly carrier: string | null;
  readonly waybillNo: string | null;
  readonly shippedAt: Instant | null;
  readonly arrivedAt: Instant | null;
  readonly deliveredAt: Instant | null;
  /** Failed or delayed events, or a carrier's silence, that nobody has answered yet. */
  readonly trouble: 'failed' | 'delayed' | 'silent' | null;
  /** The last trouble that was answered, and how far the goods were then. */
  readonly answered?: {
    readonly taskId: string;
    readonly trouble: Parcel['trouble'];
    readonly progress: Progress;
  };
  readonly goodsTaken: boolean;
  readonly unclaimed: boolean;
  readonly recall: { readonly freightFen: Fen; readonly at: Instant } | null;
}

type Progress = 0 | 1 | 2 | 3 | 4;
const progressOf: Readonly<Record<Exclude<CarrierEvent, 'failed' | 'delayed'>, Progress>> = {
  collected: 1,
  in_transit: 2,
  out_for_delivery: 2,
  arrived: 3,
  delivered: 4,
};

export function openParcel(fact: Extract<Step, { kind: 'shipmentOpened' }>, terms: ShipmentTerms): Parcel {
  return {
    no: fact.shipmentNo,
    terms: termsOfShipment(terms),
    leave: fact.leave,
    step: 'picking',
    progress: 0,
    carrier: null,
    waybillNo: null,
    shippedAt: null,
    arrivedAt: null,
    deliveredAt: null,
    trouble: null,
    goodsTaken: false,
    unclaimed: false,
    recall: null,
    seq: 1,
    version: 1,
    tasks: [],
    waits: {},
    heard: {},
  };
}

export const fileInParcel = (parcel: Parcel, fact: OrderFact): { desk: Parcel; filed: FiledFact } =>
  fileAtDesk(parcel, fact, { judge, apply });

/** Where the parcel is, in one word. */
export function parcelStatus(parcel: Parcel): ShipmentStatus {
  if (parcel.recall !== null) return 'recalled';
  if (parcel.unclaimed) return 'unclaimed';
  if (parcel.step !== 'gone') return parcel.step;
  const byProgress: readonly ShipmentStatus[] = ['shipped_out', 'shipped_out', 'in_transit', 'arrived', 'delivered'];
  return byProgress[parcel.progress] ?? 'shipped_out';
}

/** What the order has to hear by now, in this order. */
export function newsOf(parcel: Parcel): readonly { readonly to: ShipmentNews; readonly happenedAt: Instant | null }[] {
  if (parcel.step === 'stopped') return [{ to: 'stopped', happenedAt: null }];
  if (!parcel.goodsTaken) return [];
  return [
    { to: 'shipped_out', happenedAt: parcel.shippedAt },
    ...(parcel.progress >= 2 && parcel.progress < 4 ? [{ to: 'in_transit' as const, happenedAt: null }] : []),
    ...(parcel.progress === 4 && !parcel.unclaimed
      ? [{ to: 'delivered' as const, happenedAt: parcel.deliveredAt }]
      : []),
    ...(parcel.unclaimed ? [{ to: 'unclaimed' as const, happenedAt: null }] : []),
    ...(parcel.recall === null ? [] : [{ to: 'recalled' as const, happenedAt: parcel.recall.at }]),
  ];
}

export const parcelIsDone = (parcel: Parcel): boolean =>
  parcel.step === 'stopped' ||
  parcel.recall !== null ||
  (parcel.goodsTaken && parcel.progress === 4 && !parcel.unclaimed && parcel.waybillNo !== null);

export function dutiesOfParcel(parcel: Parcel): readonly Duty[] {
  if (parcel.recall !== null) return [];
  if (parcel.unclaimed) return [duty('shipment.recall', 'not picked up in time')];
  switch (parcel.step) {
    case 'picking':
      return [duty('shipment.pick', 'the goods may go')];
    case 'checking':
      return [duty('shipment.check', 'the goods are picked')];
    case 'packed':
      return [duty('shipment.scan_out', 'the pick is right')];
    case 'stopped':
      return [];
    case 'gone':
      return [
        ...(parcel.waybillNo === null ? [duty('shipment.waybill', 'the goods are out')] : []),
        ...(parcel.trouble === null ? [] : [duty('shipment.trouble', `the carrier reports: ${parcel.trouble}`)]),
        ...(parcel.progress < 3 && parcel.trouble === null
          ? [{ what: 'wait' as const, name: 'transit', roles: [], ladder: parcel.terms.waits.transit }]
          : []),
        ...(parcel.progress === 3 && parcel.arrivedAt !== null
          ? [
              {
                what: 'wait' as const,
                name: 'unclaimed',
                roles: [],
                ladder: [{ after: parcel.terms.unclaimedAfter, do: 'lapse' as const, to: [] }],
                from: parcel.arrivedAt,
              },
            ]
          : []),
      ];
  }
}

export function parcelStanding(parcel: Parcel): ShipmentStanding {
  const { no, version, carrier, waybillNo, leave, shippedAt, arrivedAt, deliveredAt } = parcel;
  return {
    of: 'shipment',
    no,
    status: parcelStatus(parcel),
    version,
    carrier,
    waybillNo,
    leave,
    shippedAt,
    arrivedAt,
    deliveredAt,
  };
}

function judge(parcel: Parcel, fact: OrderFact): RefusalCode | undefined {
  if (fact.kind === 'stopAsked')
    return parcel.step === 'gone' || parcel.step === 'stopped' ? 'shipment_left' : undefined;
  if (parcel.step === 'stopped') return 'order_ended';
  const late = judgeTime(fact, parcel.terms.backdatingSeconds);
  if (late !== undefined) return late;
  if (isDeskFact(fact)) return judgeAtDesk(parcel, fact, effectAfter) ?? freightIsMissing(parcel, fact);
  switch (fact.kind) {
    case 'carrierEventReceived':
      return parcel.unclaimed || (parcel.progress === 4 && progressIn(fact.event) === undefined)
        ? 'carrier_event_overtaken'
        : undefined;
    case 'waybillEntered':
      return parcel.step === 'gone' ? undefined : 'not_yet';
    case 'calendarPublished':
      return judgeCalendar(parcel.terms, fact);
    case 'goodsTaken':
      return undefined;
    default:
      return 'wrong_state';
  }
}

/** Somebody bears the freight of a recall: how much is said with it, nothing too (SH-7). */
function freightIsMissing(parcel: Parcel, fact: OrderFact): RefusalCode | undefined {
  if (fact.kind !== 'decisionMade' || taskOf(parcel, fact.taskId)?.kind !== 'shipment.recall') return undefined;
  return fact.outcome === 'done' && fact.amountFen === undefined ? 'amount_required' : undefined;
}

function apply(parcel: Parcel, fact: OrderFact): Parcel {
  switch (fact.kind) {
    case 'decisionMade':
      return decide(applyAtDesk(parcel, fact, parcel.terms), fact.taskId);
    case 'rungRang':
      return afterRung(applyAtDesk(parcel, fact, parcel.terms), fact);
    case 'taskMoved':
      return decide(applyAtDesk(parcel, fact, parcel.terms), fact.taskId);
    case 'decisionWithdrawn':
      return undo(applyAtDesk(parcel, fact, parcel.terms), taskOf(parcel, fact.taskId));
    case 'taskPaused':
    case 'taskResumed':
    case 'taskOpened':
    case 'waitStarted':
    case 'waitEnded':
      return applyAtDesk(parcel, fact, parcel.terms);
    case 'calendarPublished':
      return inNewCalendar(parcel, fact);
    case 'waybillEntered':
      return {
        ...closeTasks(parcel, (task) => task.kind === 'shipment.waybill', doneBy(fact)),
        carrier: fact.carrier,
        waybillNo: fact.waybillNo,
      };
    case 'carrierEventReceived':
      return hearCarrier(parcel, fact.event, fact.happenedAt ?? fact.at);
    case 'stopAsked':
      return { ...closeTasks(parcel, () => true), step: 'stopped' };
    case 'goodsTaken':
      return { ...parcel, goodsTaken: true };
    default:
      return parcel;
  }
}

function decide(parcel: Parcel, taskId: string): Parcel {
  const task = taskOf(parcel, taskId);
  if (task?.state !== 'decided' || task.decision === undefined) return parcel;
  const { outcome, at, happenedAt = at, amountFen = 0 } = task.decision;
  const done = outcome === 'done';
  switch (task.kind) {
    case 'shipment.pick':
      return { ...parcel, step: 'checking' };
    case 'shipment.check':
      return { ...parcel, step: done ? 'packed' : 'picking' };
    case 'shipment.scan_out':
      return { ...parcel, step: 'gone', shippedAt: happenedAt };
    case 'shipment.trouble':
      return { ...parcel, trouble: null, answered: { taskId, trouble: parcel.trouble, progress: parcel.progress } };
    case 'shipment.recall':
      return { ...parcel, recall: { freightFen: amountFen, at: happenedAt } };
    default:
      return parcel;
  }
}

/** What came after a decision about a shipment and cannot be undone; the order's are in `undoing.ts` (HT-5). */
export function effectAfter(parcel: Parcel, task: Task): Effect | undefined {
  const { decision, kind } = task;
  if (decision === undefined) return 'decisionMade';
  // What the decision let open may be open already, or is about to be.
  const isNext = (step: Parcel['step']): Effect | undefined =>
    parcel.step === step && lastStep(parcel)?.id === task.id ? undefined : 'decisionMade';
  switch (kind) {
    case 'shipment.pick':
      return isNext('checking');
    case 'shipment.check':
      return isNext(decision.outcome === 'done' ? 'packed' : 'picking');
    case 'shipment.scan_out':
      return 'goodsTaken';
    case 'shipment.trouble': {
      const { answered, trouble, progress, unclaimed } = parcel;
      const isLast = answered?.taskId === task.id && answered.progress === progress;
      return isLast && trouble === null && !unclaimed ? undefined : 'carrierEventReceived';
    }
    default:
      // The freight of a recall is in the books; a waybill is answered by its number.
      return 'shipmentMoved';
  }
}

/** The step of picking, checking and scanning out that was decided last; one that was undone is open again. */
const lastStep = ({ tasks }: Parcel): Task | undefined =>
  tasks
    .filter(({ kind, state }) => steps.includes(kind) && state === 'decided')
    .reduce<Task | undefined>((last, task) => (isLater(task, last) ? task : last), undefined);
const steps: readonly TaskKind[] = ['shipment.pick', 'shipment.check', 'shipment.scan_out'];
const isLater = (task: Task, last: Task | undefined): boolean =>
  (task.decision?.at ?? '') >= (last?.decision?.at ?? '');

/** The shipment as it stood before a task was decided, which is open again (HT-5). */
function undo(parcel: Parcel, task: Task | undefined): Parcel {
  if (task?.decision === undefined) return parcel;
  const without = (kind: TaskKind): Parcel => closeTasks(parcel, (one) => one.kind === kind && one.id !== task.id);
  switch (task.kind) {
    case 'shipment.pick':
      return { ...without('shipment.check'), step: 'picking' };
    case 'shipment.check':
      return task.decision.outcome === 'done'
        ? { ...without('shipment.scan_out'), step: 'checking' }
        : { ...without('shipment.pick'), step: 'checking' };
    case 'shipment.trouble':
      return { ...parcel, trouble: parcel.answered?.trouble ?? null };
    default:
      return parcel;
  }
}

/** Nobody came for the goods (SH-7), or the carrier has been silent for too long (SH-5): people have to act. */
function afterRung(parcel: Parcel, fact: Extract<OrderFact, { kind: 'rungRang' }>): Parcel {
  if (fact.of === 'unclaimed' && fact.do === 'lapse') {
    const closed = closeTasks(parcel, () => true);
    return { ...withoutWait(closed, 'unclaimed'), unclaimed: true };
  }
  return fact.of === 'transit' && fact.do === 'call'
    ? { ...withoutWait(parcel, 'transit'), trouble: 'silent' }
    : parcel;
}

/** Any word ends the carrier's silence; its clock starts anew. */
function heard(parcel: Parcel): Parcel {
  const spoken = withoutWait(parcel, 'transit');
  return parcel.trouble === 'silent'
    ? { ...closeTasks(spoken, (task) => task.kind === 'shipment.trouble'), trouble: null }
    : spoken;
}

/** The furthest event counts; times keep the earliest word, so that any order of events ends in the same state (X3). */
function hearCarrier(before: Parcel, event: CarrierEvent, happenedAt: Instant): Parcel {
  const parcel = heard(before);
  const reached = progressIn(event);
  if (reached === undefined)
    return { ...parcel, trouble: event === 'failed' ? 'failed' : (parcel.trouble ?? 'delayed') };
  const progress = reached > parcel.progress ? reached : parcel.progress;
  const arrivedAt = event === 'arrived' ? earlier(parcel.arrivedAt, happenedAt) : parcel.arrivedAt;
  const moved: Parcel = {
    // The days of SH-7 run from the first arrival: an earlier word that comes late starts them anew.
    ...(arrivedAt === parcel.arrivedAt ? parcel : withoutWait(parcel, 'unclaimed')),
    progress,
    arrivedAt,
    deliveredAt: event === 'delivered' ? earlier(parcel.deliveredAt, happenedAt) : parcel.deliveredAt,
  };
  return progress === 4
    ? {
        ...withoutWait(
          closeTasks(moved, (task) => task.kind === 'shipment.trouble'),
          'unclaimed',
        ),
        trouble: null,
      }
    : moved;
}

const progressIn = (event: CarrierEvent): Progress | undefined =>
  event === 'failed' || event === 'delayed' ? undefined : progressOf[event];

const earlier = (one: Instant | null, other: Instant): Instant => (one !== null && one < other ? one : other);

const duty = (kind: TaskDuty['kind'], rule: string): TaskDuty => ({ what: 'task', kind, rule, saw: {} });
