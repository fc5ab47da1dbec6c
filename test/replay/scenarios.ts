import type { Terms } from '../../domain/inside/intake/terms';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import { holdsOf } from '../../domain/inside/holds/holds';
import { type Task, usersOf } from '../../domain/inside/kernel/worklist/task';
import type { Dossier } from '../../domain/inside/order';
import type { TaskKind } from '../../domain/inside/processes';
import { gradeA, hours, rung, taskTerms, terms } from '../builders';
import type { OrderUnderTest } from '../workflows/order-under-test';
import {
  billed,
  bound,
  carrier,
  delivered,
  collectionOf,
  line,
  openTasks,
  pay,
  picked,
  reaches,
  shipmentOf,
  shipped,
  signed,
  small,
  started,
  threeLevels,
} from '../workflows/steps';

/** A story that is recorded once and replayed for ever: what its order starts with, and what is done with it. */
export interface Scenario {
  readonly terms: Terms;
  tell(order: OrderUnderTest): Promise<unknown>;
}

const made = [line('make')];
const cancel = (order: OrderUnderTest) =>
  order.say({ kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: 5_000 });
const returnPaper = (order: OrderUnderTest, revision = 1) => order.say({ kind: 'confirmationReturned', revision });

async function gradeAOnItsWay(order: OrderUnderTest): Promise<void> {
  await order.decide('review.sales');
  await order.until(({ confirmation }) => confirmation.sentAt !== undefined);
  await returnPaper(order);
}

/** Who decided a task, the last of its kind, takes it back. */
async function undo(order: OrderUnderTest, kind: TaskKind): Promise<void> {
  const task = (await order.dossier()).worklist.tasks.findLast((one) => one.kind === kind);
  const by = task?.decision?.by;
  if (task === undefined || by === undefined) throw new Error(`${kind} is not decided`);
  await order.say({ kind: 'decisionWithdrawn', taskId: task.id, reasonCode: 'hasty', by });
}

const isHalf = (slots: Task['slots']): boolean =>
  slots.some(({ state }) => state === 'open') && slots.some(({ state }) => state === 'signed');

const contract: Terms = {
  ...terms({ depositFen: 0 }),
  reviews: [{ level: 1, task: 'review.contract', rule: 'contract_order', evidence: {} }],
  tasks: {
    ...terms().tasks,
    'review.contract': {
      ...taskTerms('review.contract'),
      outcomes: ['approve', 'approve_with_conditions', 'return', 'reject', 'ask'],
      pausable: true,
    },
  },
};

/** A contract order of made goods: drafted, signed by both sides and filed; technical and production sign with a date. */
const contractOfMadeGoods: Terms = {
  ...terms({ depositFen: 0, lines: [line('make')], contract: true }),
  reviews: (['review.technical', 'review.production', 'review.contract'] as const).map((task, index) => ({
    level: index + 1,
    task,
    rule: 'test',
    evidence: {},
  })),
};

/** Every way through the process that an open order may be on when the code changes. The name is the file's. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  'grade-b-to-archive': {
    terms: terms(),
    async tell(order) {
      await started(order);
      await reaches(order, 'awaiting_balance');
      await pay(order, 79_100);
      await billed(order);
      await order.result();
    },
  },
  'grade-a-dunned-to-legal': {
    terms: gradeA({ customerId: 'C-late' }),
    async tell(order) {
      await gradeAOnItsWay(order);
      await billed(order);
      await order.until((dossier) => collectionOf(dossier) !== undefined);
      await order.skip('91 days');
      await pay(order, 113_000);
      await order.result();
    },
  },
  'made-with-rework-and-scrap': {
    terms: terms({ lines: made, reviews: threeLevels }),
    async tell(order) {
      await signed(order, ['review.sales', 'review.technical', 'review.management']);
      await reaches(order, 'awaiting_deposit');
      await pay(order, 113_000);
      await order.decide('production.sign', 'done');
      const inspect = (passed: number, rework: number, scrapped: number) =>
        order.say({ kind: 'inspectionRecorded', line: 1, passed, rework, scrapped, causeCode: 'scratch' });
      await order.say({ kind: 'progressReported', line: 1, quantity: 10 });
      await reaches(order, 'in_inspection');
      await inspect(7, 2, 1);
      await reaches(order, 'in_production');
      await order.say({ kind: 'progressReported', line: 1, quantity: 3 });
      await reaches(order, 'in_inspection');
      await inspect(3, 0, 0);
      await billed(order);
      await order.result();
    },
  },
  'bought-in-two-deliveries': {
    terms: gradeA({ lines: [line('buy'), line('stock', 'S', 2)] }),
    async tell(order) {
      await gradeAOnItsWay(order);
      await reaches(order, 'allocated');
      await order.say({ kind: 'goodsReceived', line: 1, quantity: 4, batchId: 'B1' });
      await order.say({ kind: 'goodsReceived', line: 1, quantity: 6, batchId: 'B1' });
      await delivered(order);
    },
  },
  'on-hold-and-lapsed': { terms: terms({ missing: ['contact'] }), tell: (order) => order.result() },
  'completed-later-and-reviewed': {
    terms: terms({ missing: ['contact'] }),
    async tell(order) {
      await reaches(order, 'on_hold');
      await order.say({ kind: 'orderRevised', terms: terms(), fromRevision: 1 });
      await signed(order);
      await reaches(order, 'awaiting_deposit');
    },
  },
  'returned-revised-rejected': {
    terms: terms({ reviews: threeLevels }),
    async tell(order) {
      await order.decide('review.sales');
      await order.decide('review.technical', 'return', { reasonCode: 'drawing' });
      await reaches(order, 'returned');
      await order.say({ kind: 'orderRevised', terms: terms(), fromRevision: 1 });
      await order.decide('review.sales', 'reject', { reasonCode: 'credit' });
      await order.result();
    },
  },
  'deposit-never-paid': {
    terms: terms(),
    async tell(order) {
      await signed(order);
      await reaches(order, 'awaiting_deposit');
      await order.result();
    },
  },
  'deposit-taken-back': {
    terms: terms({ lines: made }),
    async tell(order) {
      await started(order);
      await reaches(order, 'allocated');
      await order.say({ kind: 'paymentReversed', paymentId: 'p33900', reasonCode: 'bounced' });
      await reaches(order, 'awaiting_deposit');
      await order.result();
    },
  },
  'changed-while-bought-then-cancelled': {
    terms: gradeA({ lines: [line('buy'), line('stock', 'S', 2)] }),
    async tell(order) {
      await gradeAOnItsWay(order);
      await reaches(order, 'allocated');
      await order.say({ kind: 'orderRevised', terms: gradeA({ lines: [line('buy')] }), fromRevision: 1 });
      await order.decide('review.sales');
      await reaches(order, 'allocated');
      await cancel(order);
      await order.result();
    },
  },
  'cancelled-in-production': {
    terms: terms({ lines: made }),
    async tell(order) {
      await started(order);
      await order.decide('production.sign', 'done');
      await cancel(order);
      await order.decide('cancellation.approve');
      await order.decide('refund.pay', 'done');
      await order.result();
    },
  },
  'stopped-while-picked': {
    terms: gradeA(),
    async tell(order) {
      await gradeAOnItsWay(order);
      await order.decide('shipment.pick', 'done');
      await cancel(order);
      await order.decide('cancellation.approve');
      await order.result();
    },
  },
  'released-by-the-director': {
    terms: terms(),
    async tell(order) {
      await started(order);
      await reaches(order, 'awaiting_balance');
      await order.say({ kind: 'releaseRequested', reasonCode: 'old_customer' });
      await order.decide('release.balance');
      await picked(order);
    },
  },
  'paid-back-while-picked': {
    terms: terms(),
    async tell(order) {
      await started(order);
      await reaches(order, 'awaiting_balance');
      await pay(order, 79_100);
      await order.decide('shipment.pick', 'done');
      await order.say({ kind: 'paymentReversed', paymentId: 'p79100', reasonCode: 'bounced' });
      await reaches(order, 'awaiting_balance');
      await pay(order, 79_100, 'second');
      await order.until((dossier) => shipmentOf(dossier)?.no.endsWith('S2') === true);
      await delivered(order);
    },
  },
  'unclaimed-on-a-guarantee': {
    terms: small('guarantor'),
    async tell(order) {
      await signed(order);
      await order.decide('small.guarantee');
      const parcel = await shipped(order);
      await carrier(order, parcel, 'failed');
      await carrier(order, parcel, 'arrived');
      await order.decide('shipment.trouble', 'done');
      await order.skip('16 days');
      await reaches(order, 'dead');
      await order.decide('shipment.recall', 'done', { amountFen: 3_600 });
      await order.decide('customer.grade_review', 'done');
      await order.result();
    },
  },
  'small-order-prepaid': {
    terms: small('prepaid'),
    async tell(order) {
      await signed(order);
      await reaches(order, 'awaiting_deposit');
      await pay(order, 40_000);
      await delivered(order);
    },
  },
  'payment-taken-back-after-completion': {
    terms: gradeA(),
    async tell(order) {
      await gradeAOnItsWay(order);
      await billed(order);
      await pay(order, 113_000);
      await reaches(order, 'completed');
      await order.say({ kind: 'paymentReversed', paymentId: 'p113000', reasonCode: 'bounced' });
      await order.until((dossier) => collectionOf(dossier) !== undefined);
      await pay(order, 113_000, 'second');
      await order.result();
    },
  },
  'contract-co-signed-with-every-verb': {
    terms: contract,
    async tell(order) {
      const [task] = openTasks(await order.until(({ worklist: { tasks } }) => tasks.length > 0));
      const taskId = task?.id ?? '';
      const legal = { kind: 'user', userId: 'lea', roles: ['legal'] } as const;
      const finance = { kind: 'user', userId: 'fin', roles: ['finance'] } as const;
      const dan = { kind: 'user', userId: 'dan', roles: [] } as const;
      await order.say({ kind: 'taskReassigned', taskId, how: 'delegate', to: 'dan', by: legal });
      await order.say({ kind: 'decisionMade', taskId, outcome: 'approve', by: dan });
      await order.say({ kind: 'taskPaused', taskId, by: legal });
      await order.skip('2 hours');
      await order.say({ kind: 'taskResumed', taskId, by: legal });
      await order.say({ kind: 'decisionMade', taskId, outcome: 'approve', by: legal });
      await order.say({ kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty', by: legal });
      await order.say({ kind: 'decisionMade', taskId, outcome: 'approve', by: finance });
      await order.say({
        kind: 'decisionMade',
        taskId,
        outcome: 'approve_with_conditions',
        conditions: ['prepayment'],
        by: legal,
      });
      await signed(order, []);
      await pay(order, 113_000);
      await delivered(order);
    },
  },
  'changed-under-review-and-asked-again-in-part': {
    terms: bound('v1'),
    async tell(order) {
      await order.decide('review.sales');
      await order.decide('review.technical');
      await order.say({ kind: 'orderRevised', terms: bound('v2'), fromRevision: 1, changed: ['lines'] });
      await order.until(({ intake: { revision } }) => revision === 2);
      await order.decide('review.technical', 'return', { reasonCode: 'drawing_missing' });
      await reaches(order, 'returned');
      await order.say({ kind: 'orderRevised', terms: bound('v3'), fromRevision: 2, changed: ['lines'] });
      for (const level of ['review.technical', 'review.management'] as const) await order.decide(level);
      await reaches(order, 'awaiting_confirmation');
      await cancel(order);
      await order.result();
    },
  },
  'held-for-credit-and-by-hand': {
    terms: gradeA({ customerId: 'C-limited', exposureFen: 113_000 }),
    async tell(order) {
      await order.decide('review.sales');
      await order.until(({ credit }) => credit.answer?.state === 'refused');
      await order.say({ kind: 'customerStatusChanged', suspended: false, holds: [], by: { kind: 'process' } });
      await order.decide('credit.special');
      await order.until(({ confirmation }) => confirmation.sentAt !== undefined);
      await order.say({ kind: 'holdPlaced', reason: 'forced' });
      await order.until((dossier) => holdsOf(dossier).length > 0);
      await order.decide('hold.lift');
      await returnPaper(order);
      await delivered(order);
    },
  },
  'contract-signed-and-production-offers-its-date': {
    terms: contractOfMadeGoods,
    async tell(order) {
      const file = (purpose: string, attachmentId: string) =>
        order.say({
          kind: 'attachmentFiled',
          purpose,
          attachmentId,
          by: { kind: 'user', userId: 'lara', roles: ['legal'] },
        });
      const stated = { materials: 'in_hand', offeredOn: '2031-03-05' } as const;
      const sign = async (kind: TaskKind, role: Role): Promise<void> => {
        const dossier = await order.until((desk) => openTasks(desk).some((task) => task.kind === kind));
        const taskId = openTasks(dossier).find((task) => task.kind === kind)?.id ?? '';
        const by = { kind: 'user', userId: role, roles: [role] } as const;
        await order.say({ kind: 'decisionMade', taskId, outcome: 'approve', by, ...stated });
      };
      await sign('review.technical', 'technical');
      await sign('review.production', 'production');
      await order.until(({ review: { approvals } }) => approvals.length === 2);
      await file('contract_draft', 'draft-1');
      await sign('review.contract', 'legal');
      await file('contract_draft', 'draft-2');
      await order.until(({ contract: { draft } }) => draft === 'draft-2');
      await sign('review.contract', 'legal');
      await sign('review.contract', 'finance');
      await order.decide('contract.sign', 'done');
      await order.until(({ contract: { ours } }) => ours !== undefined);
      await file('contract_signed', 'scan');
      await reaches(order, 'awaiting_confirmation');
      await order.say({ kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: 0 });
      await order.result();
    },
  },
  'release-undone-while-picked-and-given-anew': {
    terms: terms(),
    async tell(order) {
      await started(order);
      await reaches(order, 'awaiting_balance');
      const by = { kind: 'user', userId: 'sam', roles: ['sales'] } as const;
      await order.say({ kind: 'releaseRequested', reasonCode: 'mistaken', by });
      await order.until((dossier) => dossier.clearance.release !== undefined);
      await order.say({ kind: 'releaseWithdrawn', reasonCode: 'mistaken', by });
      await order.until((dossier) => dossier.clearance.release === undefined);
      await order.say({ kind: 'releaseRequested', reasonCode: 'old_customer', by });
      await order.decide('release.balance', 'approve', { by: 'dora' });
      await order.until((dossier) => shipmentOf(dossier) !== undefined);
      await undo(order, 'release.balance');
      await order.until((dossier) => dossier.status === 'awaiting_balance' && shipmentOf(dossier) === undefined);
      await order.decide('release.balance', 'approve', { by: 'dora' });
      await order.until((dossier) => shipmentOf(dossier)?.no.endsWith('S2') === true);
      await pay(order, 79_100);
      await delivered(order);
    },
  },
  'contract-sent-back-to-its-draft-and-approved-anew': {
    terms: terms({
      depositFen: 0,
      contract: true,
      reviews: (['review.sales', 'review.contract'] as const).map((task, index) => ({
        level: index + 1,
        task,
        rule: 'test',
        evidence: {},
      })),
    }),
    async tell(order) {
      const by = { kind: 'user', userId: 'ludo', roles: ['legal'] } as const;
      const file = (purpose: string, attachmentId: string) =>
        order.say({ kind: 'attachmentFiled', purpose, attachmentId, by });
      const approve = async (): Promise<void> => {
        await order.decide('review.contract', 'approve', { by: 'lara' });
        await order.until(({ worklist: { tasks } }) =>
          tasks.some(({ kind, slots }) => kind === 'review.contract' && isHalf(slots)),
        );
        const dossier = await order.dossier();
        const taskId = openTasks(dossier).find(({ kind }) => kind === 'review.contract')?.id ?? '';
        const fred = { kind: 'user', userId: 'fred', roles: ['finance'] } as const;
        await order.say({ kind: 'decisionMade', taskId, outcome: 'approve', by: fred });
        await reaches(order, 'approved');
      };
      await file('contract_draft', 'draft-1');
      await order.decide('review.sales');
      await approve();
      await order.decide('contract.sign', 'return', { reasonCode: 'wording', by: 'dora' });
      await order.until(({ contract: { draft } }) => draft === undefined);
      await undo(order, 'contract.sign');
      await reaches(order, 'approved');
      await order.decide('contract.sign', 'return', { reasonCode: 'wording', by: 'dora' });
      await order.until(({ contract: { draft } }) => draft === undefined);
      await file('contract_draft', 'draft-2');
      await approve();
      await order.decide('contract.sign', 'done', { by: 'dora' });
      await order.until(({ contract: { ours } }) => ours !== undefined);
      await file('contract_signed', 'scan');
      await reaches(order, 'awaiting_confirmation');
      await cancel(order);
      await order.result();
    },
  },
  'calendar-published-under-review': {
    terms: terms({ calendar: { ...terms().calendar, hours: [{ from: '09:00', to: '18:00' }] } }),
    async tell(order) {
      const { intake } = await order.until((desk) => openTasks(desk).length > 0);
      const calendar = {
        ...intake.terms.calendar,
        version: 'next',
        publishedAt: '2026-12-01T00:00:00.000Z',
        weekend: [0, 6],
      };
      await order.say({ kind: 'calendarPublished', calendar, by: { kind: 'process' } });
      await order.until(({ intake: { terms: now } }) => now.calendar.version === 'next');
      await order.say({ kind: 'calendarPublished', calendar, by: { kind: 'process' } });
      await order.decide('review.sales', 'reject', { reasonCode: 'price' });
      await order.result();
    },
  },
  'doubtful-price-passed-on-and-returned': {
    terms: terms({
      reviews: [
        { level: 1, task: 'review.price', rule: 'price_doubt', evidence: { flags: 'price_below_list' } },
        { level: 2, task: 'review.sales', rule: 'every_order', evidence: {} },
      ],
      tasks: {
        ...terms().tasks,
        'review.price': {
          ...taskTerms('review.price'),
          ladder: [
            rung(hours(6), 'remind'),
            rung(hours(8), 'take_over', ['customer_service_supervisor']),
            rung(hours(24), 'escalate', ['general_manager']),
          ],
        },
      },
    }),
    async tell(order) {
      const isOpen = (dossier: Dossier) => openTasks(dossier).some(({ kind }) => kind === 'review.price');
      await order.until(isOpen);
      await order.skip(hours(9).seconds * 1000);
      await order.decide('review.price', 'reject', { reasonCode: 'below_cost' });
      await order.until(({ worklist: { tasks } }) => tasks[0]?.slots[1]?.state === 'signed');
      await order.decide('review.price', 'return', { reasonCode: 'price' });
      await reaches(order, 'returned');
      await order.say({ kind: 'orderRevised', terms: terms(), fromRevision: 1, changed: ['lines'] });
      await started(order);
      await pay(order, 113_000 - 33_900);
      await billed(order);
      await order.result();
    },
  },
  'price-in-doubt-held-by-name-of-a-customer-on-hold': {
    terms: terms({
      customer: { suspended: false, holds: [{ id: 'H1', reason: 'dispute', gates: ['bill'] }], version: 1 },
      reviews: [
        {
          level: 1,
          task: 'review.price',
          rule: 'price_doubt',
          evidence: {},
          notes: [{ zh: '价格存疑', en: 'A price in doubt' }],
        },
        { level: 2, task: 'review.sales', rule: 'every_order', evidence: {} },
      ],
    }),
    async tell(order) {
      const isHeldBy = (name: string) => (dossier: Dossier) =>
        openTasks(dossier).some((task) => usersOf(task).includes(name));
      const dossier = await order.until(isHeldBy('sam'));
      const taskId = openTasks(dossier)[0]?.id ?? '';
      const [sam, cleo, cora] = [
        { kind: 'user', userId: 'sam', roles: ['sales'] },
        { kind: 'user', userId: 'cleo', roles: ['customer_service_supervisor'] },
        { kind: 'user', userId: 'cora', roles: ['customer_service_supervisor'] },
      ] as const;
      await order.say({ kind: 'decisionMade', taskId, outcome: 'reject', reasonCode: 'below_cost', by: sam });
      await order.until(({ worklist: { tasks } }) => tasks[0]?.slots[0]?.state === 'signed');
      await order.say({ kind: 'taskReassigned', taskId, how: 'transfer', to: 'cora', by: cleo });
      await order.until(isHeldBy('cora'));
      await order.say({ kind: 'decisionMade', taskId, outcome: 'approve', by: cora });
      await started(order);
    },
  },
  'deposit-taken-back-on-the-way-of-cash-on-delivery': {
    terms: small('cash_on_delivery'),
    async tell(order) {
      await signed(order);
      await reaches(order, 'awaiting_deposit');
      await pay(order, 12_000);
      await order.until((dossier) => shipmentOf(dossier) !== undefined);
      await order.say({ kind: 'holdPlaced', reason: 'forced' });
      await order.until((dossier) => shipmentOf(dossier) === undefined && holdsOf(dossier).length > 0);
      await order.say({ kind: 'paymentReversed', paymentId: 'p12000', reasonCode: 'bounced' });
      await order.decide('hold.lift');
      await reaches(order, 'awaiting_balance');
      await pay(order, 12_000, 'second');
      await delivered(order);
    },
  },
  'customer-held-after-shipping': {
    terms: gradeA(),
    async tell(order) {
      await gradeAOnItsWay(order);
      await shipped(order);
      const told = {
        kind: 'customerStatusChanged',
        suspended: false,
        customerId: 'C1',
        by: { kind: 'process' },
      } as const;
      await order.say({ ...told, holds: [{ id: 'h', reason: 'compliance', gates: ['bill'] }], version: 2 });
      await order.until(({ worklist: { clocks } }) => clocks['customer_hold h'] !== undefined);
      await order.say({ ...told, holds: [], version: 1 });
      await order.skip('2 days');
      await order.say({ ...told, holds: [], version: 3 });
      await order.until(({ worklist: { clocks } }) => clocks['customer_hold h'] === undefined);
    },
  },
};
