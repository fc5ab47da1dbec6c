import { carrierSays, enterWaybill, goneShipment, openShipment } from '../children';

/** HT-5: every decision about a shipment is undone until the next effect that cannot be undone, and says which that was. */

test('HT-5 shipment.pick, shipment.check: undone until the next step; what was scanned out is gone', () => {
  const play = openShipment();
  const pick = play.decide('shipment.pick');
  expect(play.undo(pick)).toBe('applied');
  expect([play.dossier.status, play.kinds]).toEqual(['picking', ['shipment.pick']]);
  play.decide('shipment.pick');
  const wrong = play.decide('shipment.check', 'wrong');
  expect([play.undo(pick), play.cameAfter(pick)]).toEqual(['too_late', 'decisionMade']);
  expect(play.undo(wrong)).toBe('applied');
  expect([play.dossier.status, play.kinds]).toEqual(['checking', ['shipment.check']]);
  const check = play.decide('shipment.check');
  expect([play.undo(pick), play.cameAfter(pick)]).toEqual(['too_late', 'decisionMade']);
  expect(play.undo(check)).toBe('applied');
  expect([play.dossier.status, play.kinds]).toEqual(['checking', ['shipment.check']]);
  play.decide('shipment.check');
  const out = play.decide('shipment.scan_out');
  expect([play.undo(check), play.cameAfter(check)]).toEqual(['too_late', 'decisionMade']);
  expect([play.undo(out), play.cameAfter(out)]).toEqual(['too_late', 'goodsTaken']);
});

test('HT-5 shipment.pick: once the check is undone it can be undone too, and the goods are picked anew', () => {
  const play = openShipment();
  const pick = play.decide('shipment.pick');
  const check = play.decide('shipment.check');
  play.undo(check);
  expect(play.undo(pick)).toBe('applied');
  expect([play.dossier.status, play.kinds, play.task(check)?.state]).toEqual(['picking', ['shipment.pick'], 'void']);
});

test('HT-5 shipment.check: that a pick was wrong is not undone once it is picked anew', () => {
  const play = openShipment();
  const first = play.decide('shipment.pick');
  const wrong = play.decide('shipment.check', 'wrong');
  play.decide('shipment.pick');
  expect([play.undo(wrong), play.cameAfter(wrong)]).toEqual(['too_late', 'decisionMade']);
  expect([play.undo(first), play.cameAfter(first)]).toEqual(['too_late', 'decisionMade']);
});

test('HT-5 shipment.pick: nothing is undone of a shipment that was stopped', () => {
  const play = openShipment();
  const pick = play.decide('shipment.pick');
  play.isAway = true;
  play.say({ kind: 'stopAsked' }, { by: { kind: 'process' } });
  expect(play.undo(pick)).toBe('too_late');
  expect([play.dossier.status, play.kinds]).toEqual(['stopped', []]);
});

test('HT-5 shipment.trouble: the trouble is open again until the carrier speaks', () => {
  const play = goneShipment();
  carrierSays(play, 'failed');
  const trouble = play.decide('shipment.trouble');
  expect(play.clocks).toEqual(['transit']);
  expect(play.undo(trouble)).toBe('applied');
  expect([play.dossier.handling.trouble, play.open('shipment.trouble').id, play.clocks]).toEqual([
    'failed',
    trouble,
    [],
  ]);
  play.decide('shipment.trouble');
  carrierSays(play, 'collected');
  expect([play.undo(trouble), play.cameAfter(trouble)]).toEqual(['too_late', 'carrierEventReceived']);
});

test('HT-5 shipment.trouble: it is not undone once the goods were not picked up', () => {
  const play = goneShipment();
  carrierSays(play, 'arrived');
  carrierSays(play, 'failed');
  const trouble = play.decide('shipment.trouble');
  play.pass(16 * 86_400);
  expect(play.dossier.status).toBe('unclaimed');
  expect([play.undo(trouble), play.cameAfter(trouble)]).toEqual(['too_late', 'carrierEventReceived']);
});

test('HT-5 M3 shipment.recall: its freight is in the books', () => {
  const play = goneShipment();
  carrierSays(play, 'arrived');
  play.pass(16 * 86_400);
  play.isAway = true;
  const recall = play.decide('shipment.recall', 'done', { amountFen: 100 });
  expect([play.undo(recall), play.cameAfter(recall)]).toEqual(['too_late', 'shipmentMoved']);
});

test('HT-5 shipment.waybill: it is answered by its number, which nobody signs', () => {
  const play = goneShipment();
  const { id } = play.open('shipment.waybill');
  enterWaybill(play);
  const lin = { kind: 'user', userId: 'lin', roles: ['logistics'] } as const;
  const back = { kind: 'decisionWithdrawn', taskId: id, reasonCode: 'hasty' };
  expect(play.say(back, { by: lin })).toBe('not_a_candidate');
  expect(play.dossier.handling.waybillNo).toBe('SF1');
});
