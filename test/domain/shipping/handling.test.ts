import { shipmentSummary } from '../../../domain/inside/shipment';
import { termsOfShipment } from '../../../domain/inside/shipping/terms-of-shipment';
import { taskRow } from '../../builders';
import {
  carrierSays,
  enterWaybill,
  goneShipment,
  heardOf,
  openShipment,
  opensAt,
  shipmentTerms,
  type ShipmentPlay,
} from '../children';

const dayAfter = (count: number): string => new Date(Date.parse(opensAt) + count * 86_400_000).toISOString();
const acts = ({ done }: ShipmentPlay) =>
  done.flatMap((effect) => (effect.do === 'act' ? [{ call: effect.call, request: effect.request }] : []));

test('SH-1 a second person checks the pick, and a wrong pick goes back', () => {
  const play = openShipment();
  expect(play.kinds).toEqual(['shipment.pick']);
  play.decide('shipment.pick');
  const picker = { kind: 'user', userId: 'shipment.pick-er', roles: ['checker'] } as const;
  const check = { kind: 'decisionMade', taskId: play.open('shipment.check').id, outcome: 'done' } as const;
  expect(play.say(check, { by: picker })).toBe('four_eyes');
  play.decide('shipment.check', 'wrong', { reasonCode: 'other_item' });
  expect([play.dossier.status, play.kinds]).toEqual(['picking', ['shipment.pick']]);
  play.decide('shipment.pick');
  play.decide('shipment.check');
  expect([play.dossier.status, play.kinds]).toEqual(['packed', ['shipment.scan_out']]);
});

test('SH-2 Q5 what is scanned out is taken out of stock by lines before the order hears that it has left', () => {
  const lines = [
    { line: 1, quantity: 10 },
    { line: 3, quantity: 2 },
  ];
  const play = openShipment({ lines });
  play.decide('shipment.pick');
  play.decide('shipment.check');
  play.decide('shipment.scan_out', 'done', { happenedAt: '2026-11-30T22:00:00.000Z' });
  expect(acts(play)).toEqual([
    { call: 'takeStock', request: { key: 'O1-S1:handling:take:1', orderNo: 'O1', shipmentNo: 'O1-S1', lines } },
  ]);
  expect(play.done.map((effect) => effect.do)).toEqual(['act', 'tell']);
  expect(play.done[1]).toMatchObject({
    key: 'O1-S1:handling:tell:1',
    whom: { of: 'order', no: 'O1' },
    fact: { kind: 'shipmentMoved', shipmentNo: 'O1-S1', to: 'shipped_out', happenedAt: '2026-11-30T22:00:00.000Z' },
  });
});

test('SH-2 a waybill that is not entered within the hour is escalated, and its task is done when it is', () => {
  const play = goneShipment();
  const { id } = play.open('shipment.waybill');
  play.pass(61 * 60);
  const rungs = play.filed.flatMap(({ fact }) => ('do' in fact && 'of' in fact && fact.of === id ? [fact.do] : []));
  expect(rungs).toEqual(['remind', 'escalate']);
  expect(enterWaybill(play)).toBe('applied');
  expect(play.task(id)).toMatchObject({ state: 'decided', decision: { outcome: 'done', by: { userId: 'lin' } } });
  expect(play.kinds).toEqual([]);
});

test('SH-2 a waybill is entered for goods that are out, and before that it is too early', () => {
  expect(enterWaybill(openShipment())).toBe('not_yet');
});

test('SH-4 X2 the order hears each news once and in order, however the carrier’s events come', () => {
  const play = goneShipment();
  carrierSays(play, 'out_for_delivery', { id: 'e1' });
  carrierSays(play, 'collected');
  expect(carrierSays(play, 'out_for_delivery', { id: 'e1' })).toBe('duplicate');
  carrierSays(play, 'arrived');
  carrierSays(play, 'in_transit');
  carrierSays(play, 'delivered');
  expect(heardOf(play)).toEqual([
    { kind: 'shipmentMoved', shipmentNo: 'O1-S1', to: 'shipped_out', happenedAt: opensAt },
    { kind: 'shipmentMoved', shipmentNo: 'O1-S1', to: 'in_transit' },
    { kind: 'shipmentMoved', shipmentNo: 'O1-S1', to: 'delivered', happenedAt: opensAt },
  ]);
  expect(play.isOver).toBe(false);
  enterWaybill(play);
  expect([play.isOver, play.kinds, play.clocks]).toEqual([true, [], []]);
  expect(carrierSays(play, 'delivered')).toBe('order_ended');
});

test('SH-4 X4 what the carrier says while the order is being told comes after it, and each news has a key of its own', () => {
  const play = goneShipment();
  play.isAway = true;
  carrierSays(play, 'in_transit');
  carrierSays(play, 'delivered');
  enterWaybill(play);
  expect(play.isOver).toBe(false);
  play.isAway = false;
  play.settle();
  expect(heardOf(play).map((fact) => 'to' in fact && fact.to)).toEqual(['shipped_out', 'delivered']);
  expect(play.done.map(({ key }) => key)).toEqual([
    'O1-S1:handling:take:1',
    'O1-S1:handling:tell:1',
    'O1-S1:handling:tell:2',
  ]);
  expect(play.isOver).toBe(true);
});

test.each(['shipment.pick', 'shipment.check', 'shipment.scan_out'])(
  'SH-4 X5 S1 a carrier says nothing of goods that are still with the warehouse, at %s',
  (kind) => {
    const play = openShipment();
    while (!play.kinds.includes(kind)) play.decide(play.kinds[0] ?? '');
    expect(carrierSays(play, 'delivered')).toBe('not_yet');
    expect(carrierSays(play, 'failed')).toBe('not_yet');
    expect(heardOf(play)).toEqual([]);
  },
);

test('SH-4 SH-7 HG-4 goods cannot have arrived before they left: no punishing clock is set by such a word', () => {
  const play = goneShipment({ at: dayAfter(0) });
  expect(carrierSays(play, 'arrived', { happenedAt: dayAfter(-20) })).toBe('not_yet');
  expect(play.dossier.status).toBe('shipped_out');
  // The clocks of carrier and warehouse differ a little.
  expect(carrierSays(play, 'collected', { happenedAt: new Date(Date.parse(opensAt) - 60_000).toISOString() })).toBe(
    'applied',
  );
});

test('HG-4 a carrier’s event that happened before the policy’s bound does not count, nor one that lies ahead', () => {
  const play = goneShipment();
  play.pass(40 * 86_400);
  expect(carrierSays(play, 'delivered', { happenedAt: dayAfter(1) })).toBe('too_far_back');
  expect(carrierSays(play, 'delivered', { happenedAt: dayAfter(41) })).toBe('in_the_future');
});

test('SH-5 S5 a carrier who says nothing is asked about after the days of the policy, and any word starts them anew', () => {
  const play = goneShipment();
  enterWaybill(play);
  expect(play.alarm).toEqual({ at: dayAfter(3), of: 'transit' });
  play.until(dayAfter(2));
  carrierSays(play, 'collected');
  expect(play.alarm).toEqual({ at: dayAfter(5), of: 'transit' });
  play.until(dayAfter(5));
  expect([play.kinds, play.clocks]).toEqual([['shipment.trouble'], []]);
  expect(play.open('shipment.trouble').because.rule).toBe('the carrier reports: silent');
  carrierSays(play, 'in_transit');
  expect([play.kinds, play.alarm]).toEqual([[], { at: dayAfter(8), of: 'transit' }]);
});

test('SH-5 a carrier whose goods have arrived is no longer asked where they are', () => {
  const play = goneShipment();
  carrierSays(play, 'arrived');
  expect(play.clocks).toEqual(['unclaimed']);
});

test('SH-5 a failed delivery opens a task, which the delivery closes', () => {
  const play = goneShipment();
  enterWaybill(play);
  carrierSays(play, 'failed');
  play.decide('shipment.trouble');
  expect(play.clocks).toEqual(['transit']);
  carrierSays(play, 'failed');
  expect(play.kinds).toEqual(['shipment.trouble']);
  // Until the order is told it is not over, and nobody has to deal with the trouble all the same.
  play.isAway = true;
  carrierSays(play, 'delivered');
  expect([play.kinds, play.isOver]).toEqual([[], false]);
});

test('SH-5 another trouble is another question, and the same again is not', () => {
  const play = goneShipment();
  carrierSays(play, 'delayed');
  const { id } = play.open('shipment.trouble');
  carrierSays(play, 'delayed');
  expect(play.open('shipment.trouble').id).toBe(id);
  carrierSays(play, 'failed');
  expect(play.task(id)?.state).toBe('void');
  expect(play.open('shipment.trouble').because.rule).toBe('the carrier reports: failed');
  const failed = play.open('shipment.trouble').id;
  carrierSays(play, 'delayed');
  expect(play.open('shipment.trouble').id).toBe(failed);
});

test('SH-7 unclaimed goods are recalled and put back into stock; the order hears of the freight once they are', () => {
  const play = goneShipment();
  carrierSays(play, 'arrived', { happenedAt: dayAfter(0) });
  play.until(dayAfter(15));
  expect([play.dossier.status, play.kinds, play.clocks]).toEqual(['unclaimed', ['shipment.recall'], []]);
  expect(carrierSays(play, 'delivered')).toBe('carrier_event_overtaken');
  play.decide('shipment.recall', 'done', { amountFen: 3_600 });
  expect(acts(play)[1]).toEqual({
    call: 'putBackStock',
    request: { key: 'O1-S1:handling:put_back:1', orderNo: 'O1', shipmentNo: 'O1-S1' },
  });
  expect(heardOf(play).slice(1)).toEqual([
    { kind: 'shipmentMoved', shipmentNo: 'O1-S1', to: 'in_transit' },
    { kind: 'shipmentMoved', shipmentNo: 'O1-S1', to: 'unclaimed' },
    { kind: 'shipmentMoved', shipmentNo: 'O1-S1', to: 'recalled', freightFen: 3_600, happenedAt: dayAfter(15) },
  ]);
  expect([play.dossier.status, play.isOver]).toEqual(['recalled', true]);
});

test('SH-7 a recall is done only with the freight it cost, and none is an amount too', () => {
  const play = goneShipment();
  carrierSays(play, 'arrived');
  play.pass(16 * 86_400);
  const task = play.open('shipment.recall');
  expect(play.answer(task, 'done')).toBe('amount_required');
  expect(play.answer(task, 'done', { amountFen: 0 })).toBe('applied');
  expect(play.dossier.handling.recall).toEqual({ freightFen: 0, at: play.now });
});

test('SH-7 goods that are picked up on the last day are delivered', () => {
  const play = goneShipment();
  carrierSays(play, 'arrived');
  play.pass(14 * 86_400);
  carrierSays(play, 'delivered');
  expect([play.dossier.status, play.clocks]).toEqual(['delivered', []]);
});

test('SH-7 an earlier word of the arrival that comes late starts its days anew from that day, a later one does not', () => {
  const play = goneShipment();
  play.pass(5 * 86_400);
  carrierSays(play, 'arrived', { happenedAt: dayAfter(4) });
  expect(play.alarm).toEqual({ at: dayAfter(19), of: 'unclaimed' });
  carrierSays(play, 'arrived', { happenedAt: dayAfter(5) });
  expect(play.alarm).toEqual({ at: dayAfter(19), of: 'unclaimed' });
  carrierSays(play, 'arrived', { happenedAt: dayAfter(2) });
  expect(play.alarm).toEqual({ at: dayAfter(17), of: 'unclaimed' });
});

test('CF-6 Q6 a shipment that is asked to stop stops while the goods are there, tells its order and hears nothing more', () => {
  const play = openShipment();
  play.decide('shipment.pick');
  const stop = { kind: 'stopAsked' };
  expect(play.say(stop, { by: { kind: 'process' } })).toBe('applied');
  expect([play.dossier.status, play.kinds, play.isOver]).toEqual(['stopped', [], true]);
  expect([acts(play), heardOf(play)]).toEqual([[], [{ kind: 'shipmentMoved', shipmentNo: 'O1-S1', to: 'stopped' }]]);
  expect(play.say(stop, { by: { kind: 'process' } })).toBe('order_ended');
});

test('S2 a stopped shipment whose order cannot be told yet hears nothing that people and carriers say', () => {
  const play = openShipment();
  play.isAway = true;
  play.say({ kind: 'stopAsked' }, { by: { kind: 'process' } });
  expect([carrierSays(play, 'collected'), enterWaybill(play), play.isOver]).toEqual([
    'order_ended',
    'order_ended',
    false,
  ]);
});

test('CF-6 goods that have left are not stopped any more', () => {
  const play = goneShipment();
  expect(play.say({ kind: 'stopAsked' }, { by: { kind: 'process' } })).toBe('shipment_left');
});

test('X2 a shipment is opened once', () => {
  const play = openShipment();
  const terms = shipmentTerms();
  const again = { kind: 'shipmentOpened', shipmentNo: 'O1-S1', orderNo: 'O2', clearance: 'paid', lines: [], terms };
  expect(play.say(again, { by: { kind: 'process' } })).toBe('wrong_state');
  expect(play.dossier.handling.orderNo).toBe('O1');
});

test('Z3 a newly published calendar moves what a shipment counts in working time, and counts for what it opens next', () => {
  const { tasks } = shipmentTerms();
  const due = { kind: 'working', seconds: 8 * 3600 } as const;
  const terms = shipmentTerms({ tasks: { ...tasks, 'shipment.pick': taskRow(['warehouse'], { due }) } });
  const play = openShipment({ terms });
  expect(play.open('shipment.pick').dueAt).toBe('2026-12-01T08:00:00.000Z');
  const calendar = { ...terms.calendar, version: 'holiday', publishedAt: play.now, holidays: ['2026-12-01'] };
  expect(play.say({ kind: 'calendarPublished', calendar })).toBe('applied');
  expect(play.open('shipment.pick').dueAt).toBe('2026-12-02T00:00:00.000Z');
  expect(play.dossier.handling.terms.calendar.version).toBe('holiday');
  expect(play.say({ kind: 'calendarPublished', calendar })).toBe('overtaken');
});

test('EX-1 SH-5 SH-7 a shipment says by which carrier and waybill it waits, and since when it lies there', () => {
  const play = goneShipment();
  enterWaybill(play);
  const sent = { carrier: 'sf', waybillNo: 'SF1', shippedAt: opensAt };
  const required = (name: string) => play.requires.find((one) => one.what === 'clock' && one.name === name);
  expect(required('transit')).toMatchObject({
    rule: 'a silent carrier is called',
    evidence: { ...sent, status: 'shipped_out', clearance: 'paid' },
  });
  carrierSays(play, 'arrived');
  expect(required('unclaimed')).toMatchObject({
    rule: 'what is not picked up is recalled',
    evidence: { ...sent, arrivedAt: opensAt },
  });
});

test('S5 a shipment says who has to act', () => {
  const play = openShipment();
  expect(play.dossier.waitingFor).toEqual(['warehouse']);
  play.decide('shipment.pick');
  expect(play.dossier.waitingFor).toEqual(['checker']);
});

test('GV-3 a shipment is handed the rows of its own tasks alone', () => {
  const { tasks } = shipmentTerms();
  const more = { ...shipmentTerms(), tasks: { ...tasks, 'review.sales': tasks['shipment.pick'] } };
  expect(termsOfShipment(more as ReturnType<typeof shipmentTerms>)).toEqual(shipmentTerms());
});

test('SH-4 a shipment is shown with where it is, and with the earliest word of each', () => {
  const play = goneShipment({ clearance: 'on_account' });
  enterWaybill(play);
  play.pass(3 * 86_400);
  carrierSays(play, 'delivered', { happenedAt: dayAfter(2) });
  expect(shipmentSummary(play.dossier)).toEqual({
    of: 'shipment',
    no: 'O1-S1',
    status: 'delivered',
    version: play.dossier.version,
    carrier: 'sf',
    waybillNo: 'SF1',
    clearance: 'on_account',
    shippedAt: opensAt,
    arrivedAt: null,
    deliveredAt: dayAfter(2),
  });
});
