import type { ClockName, Terms } from '../domain/inside/intake/terms';
import type { Calendar } from '../domain/inside/kernel/calendar';
import type { Rung } from '../domain/inside/kernel/ladder';
import type { Role } from '../domain/inside/kernel/vocabulary';
import type { TaskTerms } from '../domain/inside/kernel/worklist/terms';
import { type TaskKind, taskKinds } from '../domain/inside/processes';

/** Every hour of every day counts. */
const everyHour: Calendar = {
  version: 'every-hour',
  offsetMinutes: 480,
  hours: [{ from: '00:00', to: '24:00' }],
  weekend: [],
  holidays: [],
  workdays: [],
  knownUntil: '2099-12-31',
};

export const hours = (count: number) => ({ kind: 'elapsed', seconds: count * 3600 }) as const;
export const days = (count: number) => hours(24 * count);

export const rung = (after: Rung['after'], action: Rung['do'], to: readonly Role[] = []): Rung => ({
  after,
  do: action,
  to,
});

/** Task rows of a policy: who may act, by when, what they may answer. */
const taskRows: Readonly<Record<TaskKind, Partial<TaskTerms> & { readonly roles: readonly Role[] }>> = {
  'intake.contact': {
    roles: ['customer_service'],
    outcomes: ['reject'],
    ladder: [rung(hours(1), 'escalate', ['customer_service_supervisor']), rung(days(7), 'lapse')],
  },
  'review.price': {
    roles: ['customer_service_supervisor', 'sales_director'],
    outcomes: ['approve', 'return', 'reject', 'ask'],
    signing: {
      slots: [['salesperson'], ['customer_service_supervisor'], ['sales_director']],
      needed: 1,
      inSequence: true,
      onRejection: 'passes_on',
    },
  },
  'review.sales': {
    roles: ['sales'],
    outcomes: ['approve', 'return', 'reject', 'ask'],
    separateFrom: ['taker', 'review.technical', 'review.management'],
  },
  'review.technical': {
    roles: ['technical'],
    outcomes: ['approve', 'return', 'reject', 'ask'],
    separateFrom: ['taker', 'review.sales', 'review.management'],
  },
  'review.production': {
    roles: ['production'],
    outcomes: ['approve', 'approve_with_conditions', 'return', 'reject', 'ask'],
    separateFrom: ['taker'],
    mustState: ['materials', 'offeredOn'],
  },
  'review.contract': {
    roles: ['legal', 'finance'],
    outcomes: ['approve', 'return', 'reject', 'ask'],
    separateFrom: ['taker'],
    signing: { slots: [['legal'], ['finance']], needed: 2, inSequence: false, onRejection: 'ends' },
  },
  'review.credit': {
    roles: ['finance_lead'],
    outcomes: ['approve', 'return', 'reject', 'ask'],
    separateFrom: ['taker'],
  },
  'review.compliance': { roles: ['legal'], outcomes: ['approve', 'return', 'reject', 'ask'], separateFrom: ['taker'] },
  'review.management': {
    roles: ['general_manager'],
    outcomes: ['approve', 'approve_with_conditions', 'return', 'reject', 'ask'],
    separateFrom: ['taker', 'review.sales', 'review.technical'],
  },
  'credit.special': {
    roles: ['finance_lead'],
    outcomes: ['approve', 'return', 'reject', 'ask'],
    separateFrom: ['taker'],
  },
  'hold.lift': { roles: ['finance_lead'], outcomes: ['approve', 'ask'] },
  'contract.draft': { roles: ['legal'], alsoSalesperson: true, outcomes: [] },
  'contract.sign': { roles: ['director'], outcomes: ['done', 'return', 'reject', 'ask'] },
  'contract.file': { roles: ['legal'], alsoSalesperson: true, outcomes: [] },
  'confirmation.call': { roles: ['customer_service'] },
  'confirmation.paper': { roles: ['sales'] },
  'deposit.ask': { roles: ['sales'], outcomes: ['done', 'reject'] },
  'purchase.receive': { roles: ['purchasing', 'warehouse'] },
  'production.sign': { roles: ['team_lead'] },
  'production.report': { roles: ['production'] },
  'quality.inspect': { roles: ['quality'] },
  'release.balance': { roles: ['director'], outcomes: ['approve', 'reject'] },
  'small.guarantee': { roles: ['sales_director'], outcomes: ['approve', 'reject'] },
  'shipment.pick': { roles: ['warehouse'] },
  'shipment.check': { roles: ['checker'], outcomes: ['done', 'wrong'], separateFrom: ['shipment.pick'] },
  'shipment.scan_out': { roles: ['warehouse'] },
  'shipment.waybill': { roles: ['logistics'] },
  'shipment.trouble': { roles: ['logistics'] },
  'shipment.recall': { roles: ['warehouse'] },
  'bill.review': { roles: ['finance'], outcomes: ['approve'] },
  'collection.call': { roles: ['sales'] },
  'collection.legal': { roles: ['legal'], outcomes: [] },
  'cancellation.approve': { roles: ['sales_director'], outcomes: ['approve', 'reject'] },
  'refund.pay': { roles: ['finance'] },
  'customer.grade_review': { roles: ['sales_director'] },
};

/** A policy's row for a kind of task; state only what matters. */
export const taskRow = (roles: readonly Role[], changes: Partial<TaskTerms> = {}): TaskTerms => ({
  roles,
  alsoSalesperson: false,
  due: hours(8),
  ladder: [rung(hours(8), 'remind'), rung(hours(24), 'escalate', ['general_manager'])],
  outcomes: ['done'],
  separateFrom: [],
  fallback: ['admin'],
  ...changes,
});

/** The row of a kind of task. */
export const taskTerms = (kind: TaskKind): TaskTerms => taskRow(taskRows[kind].roles, taskRows[kind]);

const clocks: Readonly<Record<ClockName, readonly Rung[]>> = {
  credit: [rung(hours(24), 'remind')],
  customer_hold: [rung(hours(24), 'remind', ['legal']), rung(days(3), 'escalate', ['general_manager'])],
  returned: [rung(hours(24), 'remind'), rung(days(30), 'lapse')],
  confirmation: [rung(hours(24), 'remind'), rung(days(3), 'escalate', ['sales_supervisor'])],
  deposit: [rung(hours(1), 'remind'), rung(hours(24), 'call', ['sales']), rung(days(7), 'lapse')],
  balance: [rung(days(3), 'remind')],
  transit: [rung(days(3), 'call', ['logistics'])],
  dispatch: [rung(days(7), 'remind'), rung(days(10), 'escalate', ['sales_director'])],
};

/** Terms of a grade B order of 1,130.00 yuan for ten pieces from stock, reviewed by sales alone; state only what matters. */
export function terms(changes: Partial<Terms> = {}): Terms {
  return {
    policy: { name: 'default', version: 1, hash: 'test' },
    grade: 'B',
    customerId: 'C1',
    salespersonId: 'sam',
    lines: [{ line: 1, itemId: 'I1', quantity: 10, netFen: 100_000, taxFen: 13_000, supply: 'stock' }],
    totals: { goodsFen: 100_000, taxFen: 13_000, freightFen: 0, totalFen: 113_000 },
    reviews: [{ level: 1, task: 'review.sales', rule: 'sales reviews every order', evidence: { totalFen: 113_000 } }],
    review: { openFields: 'all', afterReturn: 'walk_again', sameApprover: 'asks' },
    missing: [],
    exposureFen: 0,
    specialCredit: [
      { upToFen: 50_000, role: 'finance_lead' },
      { upToFen: null, role: 'general_manager' },
    ],
    holds: {
      forced: { gates: ['confirm', 'purchase', 'produce', 'ship'], releasedBy: ['sales_director'], isCondition: false },
      guarantee: { gates: ['purchase', 'produce', 'ship'], releasedBy: ['finance_lead'], isCondition: true },
      prepayment: {
        gates: ['purchase', 'produce', 'ship'],
        releasedBy: ['finance_lead'],
        liftsWhen: 'paid_in_full',
        isCondition: true,
      },
    },
    depositFen: 33_900,
    startsAtOnce: false,
    balanceBeforeShipment: true,
    smallOrderPath: null,
    ships: 'together',
    specialWishes: false,
    releaseBy: [
      { upToFen: 50_000, role: 'finance_lead' },
      { upToFen: null, role: 'director' },
    ],
    releaseExpiresAfter: days(7),
    offeredOn: '2026-12-10',
    wishedOn: '2026-12-15',
    slide: 'calendar',
    confirmationWithin: hours(2),
    paymentTerm: days(0),
    clocks,
    tasks: Object.fromEntries(taskKinds.map((kind) => [kind, taskTerms(kind)])) as Terms['tasks'],
    collectionLadder: [
      { ...rung(days(-3), 'remind'), notice: 'collection.reminder' },
      { ...rung(days(1), 'notify', ['finance']), notice: 'collection.first' },
      { ...rung(days(7), 'notify', ['finance']), notice: 'collection.second' },
      rung(days(15), 'call', ['sales']),
      rung(days(30), 'suspend', ['finance_lead']),
      rung(days(60), 'legal', ['legal']),
    ],
    confirmedAfter: days(7),
    archivedAfter: days(7),
    unclaimedAfter: days(15),
    backdatingSeconds: 30 * 86_400,
    lateCancellationBy: 'sales_director',
    calendar: everyHour,
    ...changes,
  };
}

/** Terms of a grade A order: production starts at once, paper and money follow. */
export const gradeA = (changes: Partial<Terms> = {}): Terms =>
  terms({
    grade: 'A',
    depositFen: 0,
    startsAtOnce: true,
    balanceBeforeShipment: false,
    paymentTerm: days(30),
    slide: 'none',
    ...changes,
  });
