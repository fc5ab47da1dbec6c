import { openDossier } from '../../domain/inside/GONE-dossier';
import { file } from '../../domain/inside/GONE-file-fact';
import type { Dossier } from '../../domain/inside/order';
import { orderSummary } from '../../domain/inside/order-summary';
import type { Hold, Terms } from '../../domain/inside/intake/terms';
import { gradeA, terms } from '../builders';
import { small } from '../workflows/steps';

const at = '2026-11-23T02:00:00.000Z';
const by = { kind: 'process' } as const;

const opened = (terms: Terms): Dossier =>
  openDossier({ kind: 'orderAccepted', id: 'order-1#1', at, by, orderNo: '1', takenBy: 'tina', terms });

let serial = 0;
const head = () => ({ id: `m${++serial}`, at, by });

/** The dossier after these facts, and how the last of them stands. */
function told(dossier: Dossier, ...facts: readonly Told[]): { desk: Dossier; stands: string } {
  return facts.reduce<{ desk: Dossier; stands: string }>(
    (before, fact) => {
      const { desk, filed } = file(before.desk, fact);
      return { desk, stands: filed.because ?? filed.standing };
    },
    { desk: dossier, stands: 'nothing was told' },
  );
}

const hold: Hold = { id: 'h', reason: 'compliance', gates: ['accept', 'ship'] };
const standing = (but: {
  readonly suspended?: boolean;
  readonly holds?: readonly Hold[];
  readonly customerId?: string;
  readonly standingVersion?: number;
}): Told => ({ ...head(), kind: 'customerStatusChanged', suspended: false, holds: [], ...but });

describe('HG-2 tellings about a customer that are heard out of order', () => {
  it('HG-2 leave the later word standing', () => {
    const { after, stands } = told(
      opened(gradeA()),
      standing({ version: 7 }),
      standing({ version: 6, suspended: true, holds: [hold] }),
    );
    expect([stands, desk.customer]).toEqual(['overtaken', { suspended: false, holds: [], version: 7 }]);
  });

  it('HG-2 count as they are heard where the books did not count them yet', () => {
    const { desk } = told(opened(gradeA()), standing({ version: 7 }), standing({ suspended: true }));
    expect(desk.customer).toEqual({ suspended: true, holds: [] });
  });

  it('HG-2 are not undone by the answer of a gate that looked before', () => {
    const gate = { ...head(), kind: 'creditReserved', revision: 1, exposureFen: 0 } as const;
    const { desk } = told(opened(gradeA({ reviews: [] })), standing({ version: 8, holds: [hold] }), {
      ...gate,
      customer: { suspended: false, holds: [], version: 7 },
    });
    expect([desk.customer.holds, desk.status]).toEqual([[hold], 'pending_review']);
  });

  it('HG-2 say nothing to an order that has another customer by now, who is counted anew', () => {
    const revised: Told = {
      ...head(),
      kind: 'orderRevised',
      fromRevision: 1,
      terms: gradeA({ customerId: 'C-2' }),
    };
    const before = told(opened(gradeA({ customerId: 'C-1' })), standing({ customerId: 'C-1', version: 50 }));
    const late = told(before.desk, revised, standing({ customerId: 'C-1', version: 51, suspended: true }));
    expect(late.stands).toBe('overtaken');
    const { desk } = told(late.desk, standing({ customerId: 'C-2', version: 3, holds: [hold] }));
    expect(desk.customer).toEqual({ suspended: false, holds: [hold], version: 3 });
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
  const ready = (order: Terms): Dossier => ({ ...opened(order), status: 'ready_to_ship' });
  const letGo = (because: 'released' | 'small_order_path' | 'paid'): Told => ({
    ...head(),
    kind: 'shipmentReleased',
    shipmentNo: 'S1',
    because,
  });
  const moved = (to: 'stopped' | 'shipped_out' | 'delivered'): Told => ({
    ...head(),
    kind: 'shipmentMoved',
    shipmentNo: 'S1',
    to,
  });
  const bill: Told = { ...head(), kind: 'billIssued', billNo: 'B1', netFen: 100_000, taxFen: 13_000, dueAt: at };
  const takes = (dossier: Dossier, ...facts: readonly Told[]): number =>
    orderSummary(told(dossier, ...facts).after).goneUnpaidFen;
  const granted: Dossier = {
    ...ready(terms()),
    release: { requestedBy: by, state: 'granted', upToFen: 113_000, expiresAt: '2026-12-01T00:00:00.000Z' },
  };

  it('HG-3 from the release by its authority, less what is paid, until they are billed', () => {
    expect(takes(granted)).toBe(0);
    expect(takes(granted, letGo('released'))).toBe(113_000);
    const out = [letGo('released'), moved('shipped_out'), paid(13_000), moved('delivered')];
    expect(takes(granted, ...out)).toBe(100_000);
    const settling = told(granted, ...out, { ...head(), kind: 'deliveryConfirmed' }).after;
    expect([takes(settling), takes(settling, bill)]).toEqual([100_000, 0]);
  });

  it('HG-3 on a guarantee and for cash on delivery, and no more once they are back', () => {
    const guaranteed = { ...ready(small('guarantor')), guarantee: 'given' as const };
    expect(takes(guaranteed, letGo('small_order_path'))).toBe(40_000);
    const onDelivery = told(ready(small('cash_on_delivery')), paid(12_000)).after;
    expect(takes(onDelivery, letGo('small_order_path'))).toBe(28_000);
    expect(takes(onDelivery, letGo('small_order_path'), moved('stopped'))).toBe(0);
  });
});

it('V8 HT-5 what is reserved for an order counts while it asks and once it is accepted, and not while it is under review again', () => {
  const takes = (desk: Dossier): boolean => orderSummary(desk).takesCredit;
  const underReview = opened(gradeA());
  const reviewed = opened(gradeA({ reviews: [] }));
  const refused = told(reviewed, {
    ...head(),
    kind: 'creditRefused',
    revision: 1,
    because: 'over_limit',
    limitFen: 0,
    usedFen: 0,
    customer: { suspended: false, holds: [] },
  }).after;
  const accepted: Dossier = { ...underReview, reviewPassed: true, status: 'approved' };
  expect([underReview, reviewed, refused, accepted].map(takes)).toEqual([false, true, false, true]);
});
