import { limits } from '../../../domain/inside/kernel/limits';
import { type Dossier, order } from '../../../domain/inside/order';
import { explain } from '../../../domain/inside/explain';
import { gradeA, terms } from '../../builders';
import { accepted, head, kinds, opened, taken, tasksOf, tell, told, type Told, user } from '../order-told';

const fay = user('fay', 'finance');
const sam = user('sam', 'sales');

/** As if it had come to the most facts that count; only how many there were is looked at. */
const full = (dossier: Dossier): Dossier => ({ ...dossier, version: limits.facts });

const stands = (dossier: Dossier, fact: object): string => tell(dossier, { ...head(sam), kind: '', ...fact }).stands;
const answer = (dossier: Dossier, outcome: string, by = sam): Told => ({
  ...head(by),
  kind: 'decisionMade',
  taskId: tasksOf(dossier)[0]?.id,
  outcome,
  ...(outcome === 'approve' ? {} : { reasonCode: 'other' }),
});

test('W2 an order that is full refuses what may be said again and again', () => {
  const open = full(taken(terms()));
  const said = [
    { kind: 'holdPlaced', reason: 'forced' },
    { kind: 'orderRevised', terms: terms(), fromRevision: 1 },
    { kind: 'contactLogged', answered: true },
    { kind: 'attachmentFiled', attachmentId: 'a1', purpose: 'other' },
    { kind: 'taskReassigned', taskId: tasksOf(open)[0]?.id, how: 'transfer', to: 'sue' },
    { kind: 'taskReassigned', taskId: tasksOf(open)[0]?.id, how: 'add_after', to: 'sue' },
    answer(open, 'ask'),
    answer(open, 'return'),
  ];
  expect(said.map((fact) => stands(open, { ...fact }))).toEqual(said.map(() => 'limit_reached'));
});

test('W2 an order that has opened so many tasks is full', () => {
  const open = taken(terms());
  const [task] = open.worklist.tasks;
  if (task === undefined) throw new Error('an order under review asks somebody');
  const tasks = Array.from({ length: limits.tasks }, (_none, n) =>
    n === 0 ? task : { ...task, id: `1/${n + 1}`, state: 'void' as const },
  );
  const many = (count: number): Dossier => ({ ...open, worklist: { ...open.worklist, tasks: tasks.slice(0, count) } });
  const logged = { kind: 'contactLogged', answered: true };
  expect([stands(many(limits.tasks - 1), logged), stands(many(limits.tasks), logged)]).toEqual([
    'applied',
    'limit_reached',
  ]);
});

test('W2 S2 an order that is full is approved, rejected, cancelled and paid', () => {
  const open = full(taken(terms()));
  expect([
    stands(open, answer(open, 'approve')),
    stands(open, answer(open, 'reject')),
    stands(open, { kind: 'cancellationRequested', reasonCode: 'other', costFen: 0 }),
    stands(open, { kind: 'paymentReceived', paymentId: 'p1', amountFen: 1, method: 'bank' }),
  ]).toEqual(['applied', 'applied', 'applied', 'applied']);
});

test('W2 M6 what a full order must ask is asked: its money goes back, and its next level is opened', () => {
  const open = full(taken(terms()));
  const paid = told(open, { ...head(fay), kind: 'paymentReceived', paymentId: 'p1', amountFen: 500, method: 'bank' });
  const cancelled = told(paid, { ...head(sam), kind: 'cancellationRequested', reasonCode: 'other', costFen: 0 });
  expect([cancelled.status, kinds(cancelled)]).toEqual(['cancelled', ['refund.pay']]);
  const levels = (['review.sales', 'review.technical'] as const).map((task, n) => ({
    level: n + 1,
    task,
    rule: 'both',
    evidence: {},
  }));
  const reviewed = full(taken(terms({ reviews: levels })));
  expect(kinds(told(reviewed, answer(reviewed, 'approve')))).toEqual(['review.technical']);
});

test('W2 HG-1 a hold that stands is a task, also where the order has become full meanwhile', () => {
  const held = tell(taken(terms()), { ...head(fay), kind: 'holdPlaced', reason: 'guarantee' }).after;
  expect([kinds(held), kinds(opened(full(held)))]).toEqual([['review.sales'], ['review.sales', 'hold.lift']]);
});

test('W2 so many questions stand on the tasks of an order, each person having one on each', () => {
  const open = taken(terms());
  const asks = (n: number): Told => answer(open, 'ask', user(`sales-${n}`, 'sales'));
  const asked = told(open, ...Array.from({ length: limits.questions }, (_none, n) => asks(n)));
  expect(asked.worklist.tasks[0]?.questions).toHaveLength(limits.questions);
  expect(stands(asked, asks(limits.questions))).toBe('limit_reached');
  const answered = told(asked, answer(asked, 'approve', user('sales-0', 'sales')));
  expect(answered.worklist.tasks[0]?.state).toBe('decided');
});

test('W2 an order remembers so many holds that were lifted, and takes no more', () => {
  const lou = user('lou', 'finance_lead');
  const cycle = (dossier: Dossier): Dossier => {
    const held = told(dossier, { ...head(fay), kind: 'holdPlaced', reason: 'guarantee' });
    return told(held, { ...head(lou), kind: 'decisionMade', taskId: tasksOf(held).at(-1)?.id, outcome: 'approve' });
  };
  let dossier = taken(terms());
  for (let n = 0; n < limits.liftedHolds; n++) dossier = cycle(dossier);
  expect(Object.keys(dossier.holds.lifted)).toHaveLength(limits.liftedHolds);
  expect(stands(dossier, { kind: 'holdPlaced', reason: 'guarantee' })).toBe('limit_reached');
});

test('W2 an order is revised so many times', () => {
  const revise = (n: number): Told => ({ ...head(sam), kind: 'orderRevised', terms: gradeA(), fromRevision: n });
  let dossier = taken(gradeA());
  for (let n = 1; n <= limits.revisions; n++) dossier = told(dossier, revise(n));
  expect(dossier.intake.revision).toBe(limits.revisions + 1);
  expect(tell(dossier, revise(limits.revisions + 1)).stands).toBe('limit_reached');
});

/** Of a hundred bought pieces, so many came one by one and went at once, each in a shipment of its own. */
function inParts(parts: number): Dossier {
  const [row] = gradeA().lines;
  const lines = row === undefined ? [] : [{ ...row, quantity: 100, supply: 'buy' as const }];
  let dossier = told(
    accepted(taken(gradeA({ reviews: [], ships: 'as_ready', lines }))),
    { ...head(), kind: 'confirmationSent', revision: 1, offeredOn: '2026-12-10' },
    { ...head(), kind: 'goodsAllocated', revision: 1, lines: [{ line: 1, reserved: 0, toBuy: 100, toMake: 0 }] },
    { ...head(), kind: 'purchaseOrdered', purchaseNo: 'P', line: 1, itemId: 'I1', quantity: 100 },
  );
  for (let n = 1; n <= parts; n++) dossier = planned(arrived(dossier, 1));
  return dossier;
}

function arrived(dossier: Dossier, quantity: number): Dossier {
  const receipt = head(fay);
  return told(
    dossier,
    { ...receipt, kind: 'goodsReceived', line: 1, quantity, batchId: 'b' },
    { ...head(), kind: 'goodsStockedIn', line: 1, quantity, batchId: 'b', receiptId: receipt.id },
  );
}

/** With the shipment noted that the order names next, where it names one. */
function planned(dossier: Dossier): Dossier {
  const looked = {
    ...dossier,
    clearance: { ...dossier.clearance, lookedFor: `1-S${Object.keys(dossier.shipping.shipments).length + 1}` },
  };
  const plan = order.due(looked).find((effect) => effect.do === 'note' && effect.fact.kind === 'shipmentPlanned');
  if (plan?.do !== 'note') return looked;
  const { after, stands: how } = tell(looked, { ...plan.fact, ...head() });
  if (how !== 'applied') throw new Error(`${plan.key} is named, and refused as ${how}`);
  return after;
}

const shipmentCount = ({ shipping }: Dossier): number => Object.keys(shipping.shipments).length;

test('W2 X4 after the most shipments of a part nothing more is named until the rest lies ready, and that goes whole', () => {
  const most = inParts(limits.shipments);
  expect(shipmentCount(most)).toBe(limits.shipments);
  const oneMore = arrived(most, 1);
  expect(shipmentCount(planned(oneMore))).toBe(limits.shipments);
  expect(explain(oneMore).waitsFor).toMatch(/the rest of the goods/);
  expect(explain(most).waitsFor).not.toMatch(/the rest of the goods/);
  const all = planned(arrived(oneMore, 100 - limits.shipments - 1));
  expect(all.shipping.shipments[`1-S${limits.shipments + 1}`]?.lines).toEqual([
    { line: 1, quantity: 100 - limits.shipments },
  ]);
});

test('W2 X4 what is planned last and stopped may be planned again, and is never named in vain', () => {
  let dossier = planned(arrived(inParts(limits.shipments), 100 - limits.shipments));
  for (let n = 1; n <= 3; n++) {
    const shipmentNo = `1-S${limits.shipments + n}`;
    dossier = planned(told(dossier, { ...head(), kind: 'shipmentMoved', shipmentNo, to: 'stopped' }));
    expect(dossier.shipping.shipments[shipmentNo]?.lines).toEqual([]);
  }
  expect(shipmentCount(dossier)).toBe(limits.shipments + 4);
});

test('W2 Q4 goods that a full order still lacks come all at once, and no more in parts', () => {
  const short = full(inParts(1));
  const receipt = (quantity: number): string =>
    stands(short, { kind: 'goodsReceived', line: 1, quantity, batchId: 'b' });
  expect([receipt(1), receipt(99), receipt(100)]).toEqual(['limit_reached', 'applied', 'too_many']);
});
