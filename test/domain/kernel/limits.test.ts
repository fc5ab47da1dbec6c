import { limits } from '../../../domain/inside/kernel/limits';
import type { Dossier } from '../../../domain/inside/order';
import { gradeA, terms } from '../../builders';
import { accepted, head, now, taken, tell, told, type Told, user } from '../order-told';

const fay = user('fay', 'finance');

/** The same thing so many times, and how the next one stands. */
function bound(begin: Dossier, most: number, next: (n: number) => readonly Told[]): readonly string[] {
  let dossier = begin;
  const stands = Array.from({ length: most + 1 }, (_none, n) => {
    const [counted = '', ...rest] = next(n).map((fact) => {
      const { after, stands: how } = tell(dossier, fact);
      dossier = after;
      return how;
    });
    if (rest.some((how) => how !== 'applied')) throw new Error(`what follows the ${n}th does not count`);
    return counted;
  });
  return [stands.slice(0, most).every((how) => how === 'applied') ? 'applied' : 'refused', stands.at(-1) ?? ''];
}

const open = taken(terms());

test('W2 an order takes so many holds that are open at once, and no more until one is lifted', () => {
  const placed = (): Told => ({ ...head(fay), kind: 'holdPlaced', reason: 'forced' });
  expect(bound(open, limits.holds, () => [placed()])).toEqual(['applied', 'limit_reached']);
  const full = told(open, ...Array.from({ length: limits.holds }, placed));
  const task = full.worklist.tasks.find(({ kind, state }) => kind === 'hold.lift' && state === 'open');
  const lifts: Told = {
    ...head(user('lou', 'sales_director')),
    kind: 'decisionMade',
    taskId: task?.id,
    outcome: 'approve',
  };
  const lifted = told(full, lifts);
  expect(tell(lifted, placed()).stands).toBe('applied');
});

test('W2 an order takes so many payments, those taken back too', () => {
  const paid = (n: number): readonly Told[] => [
    { ...head(fay), kind: 'paymentReceived', paymentId: `p${n}`, amountFen: 1, method: 'bank' },
    ...(n > 3 ? [] : [{ ...head(fay), kind: 'paymentReversed', paymentId: `p${n}`, reasonCode: 'wrong_entry' }]),
  ];
  expect(bound(open, limits.payments, paid)).toEqual(['applied', 'limit_reached']);
});

test('W2 an order has so many charges, those withdrawn too', () => {
  const raised = (n: number): readonly Told[] => [
    { ...head(), kind: 'chargeRaised', chargeNo: `1-X${n}`, purpose: 'balance', netFen: 1, taxFen: 0, dueAt: now },
    ...(n > 3 ? [] : [{ ...head(), kind: 'chargeWithdrawn', chargeNo: `1-X${n}` }]),
  ];
  expect(bound(open, limits.charges, raised)).toEqual(['applied', 'limit_reached']);
});

test('W2 an order is sent in so many shipments, those stopped too', () => {
  const lines = [{ line: 1, reserved: 100, toBuy: 0, toMake: 0 }];
  const [row] = gradeA().lines;
  const many = gradeA({ reviews: [], lines: row === undefined ? [] : [{ ...row, quantity: 100 }] });
  const ready = told(
    accepted(taken(many)),
    { ...head(), kind: 'confirmationSent', revision: 1, offeredOn: '2026-12-10' },
    { ...head(), kind: 'goodsAllocated', revision: 1, lines },
  );
  const planned = (n: number): readonly Told[] => [
    {
      ...head(),
      kind: 'shipmentPlanned',
      shipmentNo: `1-S${n}`,
      lines: [{ line: 1, quantity: 1 }],
      clearance: 'on_account',
    },
    ...(n > 3 ? [] : [{ ...head(), kind: 'shipmentMoved', shipmentNo: `1-S${n}`, to: 'stopped' }]),
  ];
  expect(bound(ready, limits.shipments, planned)).toEqual(['applied', 'limit_reached']);
});

test('W2 so many receipts wait to be put into stock, and no more', () => {
  const [row] = gradeA().lines;
  const many = gradeA({ reviews: [], lines: row === undefined ? [] : [{ ...row, quantity: 900, supply: 'buy' }] });
  const short = told(
    accepted(taken(many)),
    { ...head(), kind: 'confirmationSent', revision: 1, offeredOn: '2026-12-10' },
    { ...head(), kind: 'goodsAllocated', revision: 1, lines: [{ line: 1, reserved: 0, toBuy: 900, toMake: 0 }] },
    { ...head(), kind: 'purchaseOrdered', purchaseNo: 'P', line: 1, itemId: 'I1', quantity: 900 },
  );
  const received = (n: number): readonly Told[] => [
    { ...head(fay), kind: 'goodsReceived', line: 1, quantity: 1, batchId: `b${n}` },
  ];
  expect(bound(short, limits.batches, received)).toEqual(['applied', 'limit_reached']);
});
