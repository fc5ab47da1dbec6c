import { gradeA, terms } from '../builders';
import type { OrderUnderTest } from '../workflows/order-under-test';
import {
  billed,
  carrier,
  delivered,
  line,
  pay,
  picked,
  reaches,
  shipped,
  signed,
  small,
  started,
  threeLevels,
} from '../workflows/steps';
import type { Terms } from '../../domain/inside/terms';

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
  await order.until(({ confirmation }) => confirmation !== undefined);
  await returnPaper(order);
}

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
      await order.until(({ collection }) => collection !== undefined);
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
      await order.until(({ shipment }) => shipment?.no.endsWith('S2') === true);
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
      await order.until(({ collection }) => collection !== undefined);
      await pay(order, 113_000, 'second');
      await order.result();
    },
  },
};
