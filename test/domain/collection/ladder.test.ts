import { collectionSummary, nextCollectionStatuses } from '../../../domain/inside/collection';
import { termsOfCollection } from '../../../domain/inside/collection/terms-of-collection';
import { days, hours, rung, taskRow } from '../../builders';
import { collectionTerms, daysAfterDue, dueAt, openCollection, owes, type CollectionPlay } from '../children';

/** What the ladder did, in this order; in brackets what it passed over. */
const rungsOf = ({ filed }: CollectionPlay): readonly string[] =>
  filed.flatMap(({ fact }) => {
    if (!('of' in fact) || fact.of !== 'collection' || !('do' in fact)) return [];
    return ['passedOver' in fact ? `(${String(fact.do)})` : String(fact.do)];
  });

const acts = ({ done }: CollectionPlay) =>
  done.flatMap((effect) => (effect.do === 'act' ? [{ call: effect.call, request: effect.request }] : []));

test('AR-2 an unpaid charge climbs the ladder to legal; payment lifts the suspension and stops it at once', () => {
  const play = openCollection();
  expect(play.dossier.waitingFor).toEqual(['finance']);
  play.until(daysAfterDue(61));
  expect(rungsOf(play)).toEqual(['remind', 'notify', 'notify', 'call', 'suspend', 'legal']);
  expect([play.dossier.status, play.kinds]).toEqual(['collecting', ['collection.call', 'collection.legal']]);
  expect(play.dossier.ladder.level).toBe('legal');
  expect(owes(play, 0)).toBe('applied');
  expect([play.dossier.status, play.kinds, play.clocks, play.isOver]).toEqual(['paid', [], [], true]);
  expect(acts(play)).toEqual([
    { call: 'suspendCustomer', request: { key: 'O1-B1:ladder:suspend:1', customerId: 'C1' } },
    {
      call: 'liftSuspension',
      request: { key: 'O1-B1:ladder:lift:1', customerId: 'C1', suspension: 'O1-B1:ladder:suspend:1' },
    },
  ]);
  expect(owes(play, 100)).toBe('order_ended');
});

test('AR-2 what is paid before anything is due tells nobody and does nothing', () => {
  const play = openCollection();
  owes(play, 0);
  expect([rungsOf(play), acts(play), play.isOver]).toEqual([[], [], true]);
});

test('AR-2 DN-1 a part payment changes what is owed and stops nothing; the rest stops it', () => {
  const play = openCollection();
  owes(play, 60_000);
  play.until(daysAfterDue(16));
  expect(play.open('collection.call')).toMatchObject({ amountFen: 60_000, because: { evidence: { owedFen: 60_000 } } });
  expect(rungsOf(play)).toEqual(['remind', 'notify', 'notify', 'call']);
  owes(play, 0);
  play.until(daysAfterDue(90));
  expect(rungsOf(play)).toHaveLength(4);
});

test('DN-1 a collection that begins late rings its highest due rung; those below are passed over, and say so', () => {
  const play = openCollection(collectionTerms(), { at: daysAfterDue(11) });
  play.wake(daysAfterDue(11));
  expect(rungsOf(play)).toEqual(['(remind)', '(notify)', 'notify']);
  expect(play.dossier.ladder.level).toBe('collection.second');
});

test('DN-12 what a level that was passed over holds against the customer holds, and no call is asked for any more', () => {
  const play = openCollection(collectionTerms(), { at: daysAfterDue(90) });
  play.wake(daysAfterDue(90));
  expect(rungsOf(play)).toEqual(['(remind)', '(notify)', '(notify)', '(call)', '(suspend)', 'legal']);
  expect(acts(play).map(({ call }) => call)).toEqual(['suspendCustomer']);
  expect(play.kinds).toEqual(['collection.legal']);
});

test('DN-1 what policy does at one instant is one level: none of it is passed over', () => {
  const collectionLadder = [rung(days(1), 'notify'), rung(days(30), 'notify'), rung(days(30), 'suspend')];
  const play = openCollection(collectionTerms({ collectionLadder }), { at: daysAfterDue(90) });
  play.wake(daysAfterDue(90));
  expect(rungsOf(play)).toEqual(['(notify)', 'notify', 'suspend']);
});

test('DN-1 the ladder of a task tells of each rung, however late it is looked at', () => {
  const play = openCollection();
  play.until(daysAfterDue(15));
  const { id } = play.open('collection.call');
  play.wake(daysAfterDue(17));
  const ofTask = play.filed.flatMap(({ fact }) => ('of' in fact && fact.of === id && 'do' in fact ? [fact] : []));
  expect(ofTask.map((fact) => ['do' in fact && fact.do, 'passedOver' in fact])).toEqual([
    ['remind', false],
    ['escalate', false],
  ]);
});

test('AR-2 each rung that asks for a call opens a task of its own, one at a time; legal’s stays open until it is paid', () => {
  const collectionLadder = [
    rung(days(1), 'call'),
    rung(days(2), 'legal'),
    rung(days(3), 'call'),
    rung(days(4), 'call'),
  ];
  const play = openCollection(collectionTerms({ collectionLadder }));
  play.until(daysAfterDue(3));
  expect(play.kinds).toEqual(['collection.call', 'collection.legal']);
  play.decide('collection.call');
  expect(play.kinds).toEqual(['collection.legal', 'collection.call']);
  play.decide('collection.call');
  expect(play.kinds).toEqual(['collection.legal']);
  play.until(daysAfterDue(4));
  expect(play.kinds).toEqual(['collection.legal', 'collection.call']);
});

test('DN-12 a buyer who is no customer of the books is not suspended', () => {
  const play = openCollection(collectionTerms({ customerId: null }));
  play.until(daysAfterDue(31));
  expect([rungsOf(play).at(-1), acts(play)]).toEqual(['suspend', []]);
  owes(play, 0);
  expect(play.isOver).toBe(true);
});

test('HG-4 X4 what is owed again before a suspension is lifted is collected on: the ladder begins anew, and suspends under a key of its own', () => {
  const play = openCollection();
  play.until(daysAfterDue(31));
  play.isAway = true;
  owes(play, 0);
  expect([play.dossier.status, play.isOver]).toEqual(['paid', false]);
  owes(play, 500);
  expect([play.dossier.status, play.clocks, play.kinds]).toEqual(['collecting', ['collection'], []]);
  play.isAway = false;
  play.settle();
  play.wake(daysAfterDue(31));
  expect(rungsOf(play).slice(5)).toEqual(['(remind)', '(notify)', '(notify)', '(call)', 'suspend']);
  owes(play, 0);
  expect(play.done.map(({ key }) => key)).toEqual([
    'O1-B1:ladder:suspend:1',
    'O1-B1:ladder:lift:1',
    'O1-B1:ladder:suspend:2',
    'O1-B1:ladder:lift:2',
  ]);
  expect([play.dossier.status, play.isOver]).toEqual(['paid', true]);
});

test('S1 a collection walks its published table and every arrow of it', () => {
  const play = openCollection();
  play.until(daysAfterDue(31));
  play.isAway = true;
  owes(play, 0);
  owes(play, 500);
  const table = Object.entries(nextCollectionStatuses).flatMap(([from, to]) => to.map((one) => `${from}>${one}`));
  expect(play.steps.toSorted()).toEqual(table.toSorted());
});

test('HT-5 collection.call: asked again until the charge is paid', () => {
  const collectionLadder = [rung(hours(1), 'call', ['sales'])];
  const play = openCollection(collectionTerms({ collectionLadder }));
  play.until(daysAfterDue(1));
  const call = play.decide('collection.call');
  expect(play.kinds).toEqual([]);
  expect(play.undo(call)).toBe('applied');
  expect([play.kinds, play.open('collection.call').id]).toEqual([['collection.call'], call]);
  play.decide('collection.call');
  expect(play.kinds).toEqual([]);
  expect(play.cameAfter(call)).toBeUndefined();
  owes(play, 0);
  expect(play.cameAfter(call)).toBe('owedChanged');
});

test('HT-5 collection.call: it can be asked for anew while legal looks at the charge, but not once another call is asked for', () => {
  const collectionLadder = [rung(hours(1), 'call'), rung(hours(2), 'legal'), rung(hours(3), 'call')];
  const play = openCollection(collectionTerms({ collectionLadder }));
  play.until('2026-12-01T01:01:00.000Z');
  const call = play.decide('collection.call');
  play.until('2026-12-01T02:01:00.000Z');
  expect(play.kinds).toEqual(['collection.legal']);
  expect(play.undo(call)).toBe('applied');
  play.decide('collection.call');
  play.until('2026-12-01T03:01:00.000Z');
  expect(play.kinds).toContain('collection.call');
  expect([play.undo(call), play.cameAfter(call)]).toEqual(['too_late', 'rungReached']);
});

test('HT-5 collection.legal: what legal has done stands', () => {
  const { tasks } = collectionTerms();
  const terms = collectionTerms({
    collectionLadder: [rung(hours(1), 'legal')],
    tasks: { ...tasks, 'collection.legal': taskRow(['legal']) },
  });
  const play = openCollection(terms);
  play.until(daysAfterDue(1));
  const legal = play.decide('collection.legal');
  expect([play.undo(legal), play.cameAfter(legal), play.kinds]).toEqual(['too_late', 'rungReached', []]);
});

test('Z3 a newly published calendar moves the rungs that count in working time', () => {
  const collectionLadder = [rung({ kind: 'workingDays', days: 2 }, 'notify')];
  const play = openCollection(collectionTerms({ collectionLadder }));
  expect(play.alarm?.at).toBe(daysAfterDue(2));
  const calendar = { ...collectionTerms().calendar, version: 'new', publishedAt: play.now, holidays: ['2026-12-02'] };
  expect(play.say({ kind: 'calendarPublished', calendar })).toBe('applied');
  expect(play.alarm?.at).toBe(daysAfterDue(3));
  expect(play.dossier.ladder.terms.calendar.version).toBe('new');
});

test('X2 a collection is opened once', () => {
  const play = openCollection();
  const again = {
    kind: 'collectionOpened',
    chargeNo: 'B2',
    orderNo: 'O2',
    owedFen: 1,
    dueAt,
    terms: collectionTerms(),
  };
  expect(play.say(again, { by: { kind: 'process' } })).toBe('wrong_state');
});

test('EX-1 AR-2 a collection says what it waits for, and on which facts', () => {
  const play = openCollection();
  play.until(daysAfterDue(1));
  expect(play.requires[0]).toMatchObject({
    rule: 'what is billed is collected',
    evidence: { chargeNo: 'O1-B1', owedFen: 100_000, dueAt, level: 'collection.first', suspended: false },
  });
});

test('AR-2 a collection is shown with its level, with when it goes on by itself, and with its end', () => {
  const play = openCollection();
  play.until(daysAfterDue(1));
  const shown = {
    of: 'collection',
    no: 'O1-B1',
    chargeNo: 'O1-B1',
    level: 'collection.first',
    owedFen: 100_000,
    dueAt,
  };
  const { version } = play.dossier;
  expect(collectionSummary(play.dossier)).toEqual({ ...shown, version, nextAt: daysAfterDue(7), endedAt: null });
  play.until(daysAfterDue(2));
  owes(play, 0);
  const ended = { version: version + 1, owedFen: 0, nextAt: null, endedAt: daysAfterDue(2) };
  expect(collectionSummary(play.dossier)).toEqual({ ...shown, ...ended });
});

test('GV-3 a collection is handed the rows of its own tasks alone', () => {
  const { tasks } = collectionTerms();
  const more = collectionTerms({ tasks: { ...tasks, 'review.sales': taskRow(['sales']) } });
  expect(termsOfCollection(more)).toEqual(collectionTerms());
});
