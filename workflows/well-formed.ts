import type { MessageKind, OrderFact, Report } from '../domain/inside/fact';
import { moves } from '../domain/inside/moves';
import type { Instant } from '../domain/inside/vocabulary';

type Check = (value: unknown) => boolean;
type Signalled = MessageKind | Report['kind'];

/**
 * A handler's second look, after that at the seal. The API parses every message before it seals it; what does not fit all
 * the same would break the dossier at every replay, and is not heard.
 */
export const wellFormed =
  (kinds: readonly Signalled[]) =>
  (fact: unknown): fact is OrderFact => {
    const kind = kinds.find((one) => isObject(fact) && fact['kind'] === one);
    return kind !== undefined && fits(fact, head) && fits(fact, shapes[kind]);
  };

function fits(value: unknown, shape: Readonly<Record<string, Check>>): value is Readonly<Record<string, unknown>> {
  return isObject(value) && Object.entries(shape).every(([field, holds]) => holds(value[field]));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
const isText: Check = (value) => typeof value === 'string' && value.length > 0;
const isWhole: Check = (value) => Number.isSafeInteger(value);
const isFlag: Check = (value) => typeof value === 'boolean';
/** Instants are compared as text, so all of them have one length, one zone, and years that people mean. */
const isInstant = (value: unknown): value is Instant =>
  typeof value === 'string' &&
  /^(19|2[01])\d\d-/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(value).toISOString() === value;

/** What an order tells its collection: a whole amount, none below zero. */
export function isOutstanding(value: unknown): value is { id: string; at: Instant; outstandingFen: number } {
  return fits(value, { id: isMessageId, at: isInstant, outstandingFen: isWhole }) && Number(value.outstandingFen) >= 0;
}

/** What an order asks its shipment with. */
export const isTimed = (value: unknown): value is { at: Instant } => fits(value, { at: isInstant });

const isDate: Check = (value) => typeof value === 'string' && isInstant(`${value}T00:00:00.000Z`);
const isList: Check = (value) => Array.isArray(value);
const isListOfText: Check = (value) => Array.isArray(value) && value.every(isText);
const isListOf =
  (shape: Readonly<Record<string, Check>>): Check =>
  (value) =>
    Array.isArray(value) && value.every((one) => fits(one, shape));
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...words: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && words.includes(value);

const isStanding: Check = (standing) =>
  fits(standing, { superiorOf: maybe(isListOfText), substitution: maybe(isText), limits: maybe(isLimits) });
const isLimits: Check = (limits) =>
  fits(limits, { amountFen: maybe(isWhole), discountBp: maybe(isWhole), grades: maybe(isListOfText) });

const isActor: Check = (by) =>
  fits(by, { kind: oneOf('customer', 'carrier', 'process') }) ||
  fits(by, {
    kind: oneOf('user'),
    userId: isText,
    roles: isList,
    onBehalfOf: maybe(isText),
    standing: maybe(isStanding),
  });

/** `#` marks the facts that a process notes itself. */
const isMessageId: Check = (id) => isText(id) && !String(id).includes('#');
const head = { id: isMessageId, at: isInstant, happenedAt: maybe(isInstant), by: isActor };

const line = { line: isWhole, itemId: isText, quantity: isWhole, netFen: isWhole, taxFen: isWhole, supply: isText };
const level = { level: isWhole, task: isText, rule: isText, saw: isObject };

const areHolds = isListOf({
  id: isText,
  reason: isText,
  gates: isListOfText,
  placedAt: maybe(isInstant),
  placedBy: maybe(isText),
  until: maybe(isInstant),
});
const isCustomer: Check = (customer) => fits(customer, { suspended: isFlag, holds: areHolds, version: maybe(isWhole) });

const isTerms: Check = (terms) =>
  fits(terms, {
    lines: isListOf(line),
    reviews: isListOf(level),
    missing: isList,
    dunning: isList,
    releaseBy: isList,
    customer: maybe(isCustomer),
  }) && fits(terms, { totals: isObject, waits: isObject, tasks: isObject, calendar: isObject, depositFen: isWhole });

const isWallTime: Check = (value) => typeof value === 'string' && /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(value);
/** A calendar without working time would stop every order that heard of it. */
const areShifts: Check = (hours) =>
  isListOf({ from: isWallTime, to: isWallTime })(hours) &&
  (hours as readonly { from: string; to: string }[]).every(({ from, to }) => from < to) &&
  (hours as readonly unknown[]).length > 0;
const isListOfDates: Check = (value) => Array.isArray(value) && value.every(isDate);
const isCalendar: Check = (calendar) =>
  fits(calendar, {
    version: isText,
    publishedAt: isInstant,
    offsetMinutes: isWhole,
    hours: areShifts,
    weekend: (days) => Array.isArray(days) && days.every(isWhole) && days.length < 7,
    holidays: isListOfDates,
    workdays: isListOfDates,
    knownUntil: isDate,
  });

const shapes: Readonly<Record<Signalled, Readonly<Record<string, Check>>>> = {
  decisionMade: {
    taskId: isText,
    outcome: isText,
    reasonCode: maybe(isText),
    conditions: maybe(isList),
    amountFen: maybe(isWhole),
    returnTo: maybe((to) => to === 'taker' || isWhole(to)),
    offeredOn: maybe(isDate),
    materials: maybe(isText),
  },
  decisionWithdrawn: { taskId: isText, reasonCode: isText },
  taskMoved: {
    taskId: isText,
    move: oneOf(...moves),
    slot: maybe(isWhole),
    to: maybe(isText),
    reasonCode: maybe(isText),
  },
  taskPaused: { taskId: isText },
  taskResumed: { taskId: isText },
  reviewWithdrawn: { reasonCode: isText },
  holdPlaced: { reason: isText },
  customerStandingChanged: {
    suspended: isFlag,
    holds: areHolds,
    customerId: maybe(isText),
    standingVersion: maybe(isWhole),
  },
  calendarPublished: { calendar: isCalendar },
  orderRevised: { terms: isTerms, fromRevision: isWhole, changed: maybe(isListOfText) },
  contactLogged: { answered: isFlag },
  confirmationReturned: { revision: isWhole, attachmentId: maybe(isText) },
  paymentReceived: {
    paymentId: isText,
    amountFen: isWhole,
    method: oneOf('bank', 'alipay', 'wechat', 'cash', 'cash_on_delivery'),
  },
  paymentReversed: { paymentId: isText, reasonCode: isText },
  goodsReceived: { line: isWhole, quantity: isWhole, batchId: isText },
  progressReported: { line: isWhole, quantity: isWhole },
  troubleReported: {
    cause: oneOf('technical', 'equipment', 'staff', 'material', 'force_majeure', 'customer'),
    newOfferedOn: isDate,
  },
  inspectionRecorded: { line: isWhole, passed: isWhole, rework: isWhole, scrapped: isWhole, causeCode: maybe(isText) },
  releaseRequested: { reasonCode: isText },
  cancellationRequested: { reasonCode: isText, costFen: isWhole },
  releaseWithdrawn: { reasonCode: isText },
  cancellationWithdrawn: { reasonCode: isText },
  deliveryConfirmed: { attachmentId: maybe(isText) },
  attachmentFiled: { attachmentId: isText, purpose: isText },
  waybillEntered: { carrier: isText, waybillNo: isText },
  carrierEventReceived: {
    event: oneOf('collected', 'in_transit', 'out_for_delivery', 'arrived', 'delivered', 'failed', 'delayed'),
  },
  shipmentMoved: {
    shipmentNo: isText,
    to: oneOf('shipped_out', 'in_transit', 'delivered', 'unclaimed', 'recalled', 'stopped'),
    freightFen: maybe(isWhole),
  },
};
