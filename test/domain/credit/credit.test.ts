import { customerOf } from '../../../domain/inside/credit/credit';
import type { Hold, Terms } from '../../../domain/inside/intake/terms';
import type { Dossier } from '../../../domain/inside/order';
import { orderSummary } from '../../../domain/inside/order-summary';
import { approvalsKey } from '../../../domain/inside/review/review';
import { gradeA, terms } from '../../builders';
import { small } from '../../workflows/steps';
import { accepted, head, now, reserved, taken, tell, told, type Told } from '../order-told';

const hold: Hold = { id: 'h', reason: 'compliance', gates: ['accept', 'ship'] };
const status = (but: {
  readonly suspended?: boolean;
  readonly holds?: readonly Hold[];
  readonly customerId?: string;
  readonly version?: number;
}): Told => ({ ...head(), kind: 'customerStatusChanged', suspended: false, holds: [], ...but });

describe('HG-2 tellings about a customer that are heard out of order', () => {
  it('HG-2 leave the later word standing', () => {
    const before = told(taken(gradeA()), status({ version: 7 }));
    const { after, stands } = tell(before, status({ version: 6, suspended: true, holds: [hold] }));
    expect([stands, customerOf(after)]).toEqual(['overtaken', { suspended: false, holds: [], version: 7 }]);
  });

  it('HG-2 count as they are heard where the books did not count them yet', () => {
    const after = told(taken(gradeA()), status({ version: 7 }), status({ suspended: true }));
    expect(customerOf(after)).toEqual({ suspended: true, holds: [] });
  });

  it('HG-2 are not undone by the answer of a gate that looked before', () => {
    const before = told(taken(gradeA({ reviews: [] })), status({ version: 8, holds: [hold] }));
    const after = told(before, reserved(before, { customer: { suspended: false, holds: [], version: 7 } }));
    expect([customerOf(after).holds, after.status]).toEqual([[hold], 'pending_review']);
  });

  it('HG-2 say nothing to an order that has another customer by now, who is counted anew', () => {
    const revised = { ...head(), kind: 'orderRevised', fromRevision: 1, terms: gradeA({ customerId: 'C-2' }) } as const;
    const before = told(taken(gradeA({ customerId: 'C-1' })), status({ customerId: 'C-1', version: 50 }), revised);
    const late = tell(before, status({ customerId: 'C-1', version: 51, suspended: true }));
    expect(late.stands).toBe('overtaken');
    const { after } = tell(late.after, status({ customerId: 'C-2', version: 3, holds: [hold] }));
    expect(customerOf(after)).toEqual({ suspended: false, holds: [hold], version: 3 });
  });
});

describe('HG-3 goods that go unpaid take up credit', () => {
  const paid = (amountFen: number): Told => ({
    ...head(),
    kind: 'paymentReceived',
    paymentId: `p${amountFen}`,
    amountFen,
    method: 'bank',
  });
  const asks = (row: Terms['releaseBy'][number]['role']): Told => ({
    ...head({ kind: 'user', userId: 'ann', roles: [row] }),
    kind: 'releaseRequested',
    reasonCode: 'old_customer',
  });
  /** Confirmed, and everything lies ready. */
  const ready = (order: Terms, ...before: readonly Told[]): Dossier =>
    told(
      accepted(taken({ ...order, reviews: [] })),
      { ...head(), kind: 'confirmationSent', revision: 1, offeredOn: '2026-12-10' },
      { ...head({ kind: 'customer' }), kind: 'confirmationReturned', revision: 1 },
      ...before,
      { ...head(), kind: 'goodsAllocated', revision: 1, lines: [{ line: 1, reserved: 10, toBuy: 0, toMake: 0 }] },
    );
  const answered = (dossier: Dossier, kind: string): Dossier => {
    const task = dossier.worklist.tasks.find((one) => one.kind === kind && one.state === 'open');
    const role = kind === 'small.guarantee' ? 'sales_director' : 'director';
    const by = { kind: 'user', userId: 'dora', roles: [role] } as const;
    return told(dossier, { ...head(by), kind: 'decisionMade', taskId: task?.id, outcome: 'approve' });
  };
  const lines = [{ line: 1, quantity: 10 }];
  const letGo = (clearance: 'released' | 'small_order' | 'paid'): Told => ({
    ...head(),
    kind: 'shipmentPlanned',
    shipmentNo: 'S1',
    lines,
    clearance,
  });
  const moved = (to: 'stopped' | 'shipped_out' | 'delivered'): Told => ({
    ...head(),
    kind: 'shipmentMoved',
    shipmentNo: 'S1',
    to,
  });
  const bill: Told = {
    ...head(),
    kind: 'chargeRaised',
    chargeNo: 'B1',
    purpose: 'bill',
    about: 'S1',
    netFen: 100_000,
    taxFen: 13_000,
    dueAt: now,
  };
  const takes = (dossier: Dossier, ...facts: readonly Told[]): number =>
    orderSummary(told(dossier, ...facts)).shippedUnpaidFen;

  it('HG-3 from the release by its authority, less what is paid, until they are billed', () => {
    const deposit = paid(33_900);
    const granted = answered(told(ready(terms(), deposit), asks('sales')), 'release.balance');
    expect([granted.status, takes(granted)]).toEqual(['ready_to_ship', 0]);
    expect(takes(granted, letGo('released'))).toBe(79_100);
    const out = [letGo('released'), moved('shipped_out'), paid(13_000), moved('delivered')];
    expect(takes(granted, ...out)).toBe(66_100);
    const settling = told(granted, ...out, { ...head(), kind: 'deliveryConfirmed' });
    expect([takes(settling), takes(settling, bill)]).toEqual([66_100, 0]);
  });

  it('HG-3 on a guarantee and for cash on delivery, and no more once they are back', () => {
    const guaranteed = answered(ready(small('guarantor')), 'small.guarantee');
    expect(takes(guaranteed, letGo('small_order'))).toBe(40_000);
    const onDelivery = ready(small('cash_on_delivery'), paid(12_000));
    expect(takes(onDelivery, letGo('small_order'))).toBe(28_000);
    expect(takes(onDelivery, letGo('small_order'), moved('stopped'))).toBe(0);
  });
});

it('V8 HT-5 what is reserved for an order counts while it asks and once it is accepted, and not while it is under review again', () => {
  const takes = (dossier: Dossier): boolean => orderSummary(dossier).usesCredit;
  const underReview = taken(gradeA());
  const reviewed = taken(gradeA({ reviews: [] }));
  const refused = told(reviewed, {
    ...head(),
    kind: 'creditRefused',
    revision: 1,
    about: approvalsKey(reviewed),
    because: 'over_limit',
    limitFen: 0,
    usedFen: 0,
    customer: { suspended: false, holds: [] },
  });
  expect([underReview, reviewed, refused, accepted(reviewed)].map(takes)).toEqual([false, true, false, true]);
  const revised = { ...head(), kind: 'orderRevised', fromRevision: 1, terms: gradeA() } as const;
  expect(takes(told(accepted(reviewed), revised))).toBe(false);
});
