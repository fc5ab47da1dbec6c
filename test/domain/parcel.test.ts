import fc from 'fast-check';
import { dutiesOfParcel, fileInParcel, newsOf, openParcel, parcelStanding } from '../../domain/inside/GONE-parcel';
import type { EveryFact } from '../../domain/inside/every-fact';
import type { ShipmentDossier } from '../../domain/inside/shipment';
import { waitingOfParcel } from '../../domain/inside/explain';
import { dueRung } from '../../domain/inside/kernel/worklist/due-rung';
import { missing } from '../../domain/inside/kernel/worklist/requirement';
import { rolesOf } from '../../domain/inside/kernel/worklist/task';
import { nextAlarm, openTasks } from '../../domain/inside/kernel/worklist/worklist';
import { carrierEvents } from '../../domain/inside/shipping/carrier';
import { terms } from '../builders';

const at = '2026-12-01T00:00:00.000Z';
const by = { kind: 'carrier' } as const;

/** A parcel that has left the warehouse. */
function gone(): ShipmentDossier {
  const opened = { kind: 'shipmentOpened', id: 's#1', at, by, shipmentNo: 'S1', leave: 'paid' } as const;
  return { ...openParcel(opened, terms()), step: 'gone', goodsTaken: true, shippedAt: at };
}

function hear(parcel: ShipmentDossier, fact: EveryFact): ShipmentDossier {
  let { desk } = fileInParcel(parcel, fact);
  const opening = { of: 'S1', revision: 1, takers: [], terms: desk.terms, now: at };
  for (const step of missing(desk, dutiesOfParcel(desk), opening))
    ({ desk } = fileInParcel(desk, { ...step, id: `s#${desk.seq + 1}`, at, by: { kind: 'process' } }));
  return desk;
}

/** What anybody can see of a parcel: not how often it was told, nor in which order. */
const seen = (parcel: ShipmentDossier) => ({
  ...parcelStanding(parcel),
  version: 0,
  trouble: parcel.trouble,
  news: newsOf(parcel),
  tasks: openTasks(parcel)
    .map(({ kind }) => kind)
    .sort(),
  alarm: nextAlarm({ ...parcel, tasks: [] }),
});

const told = fc
  .array(fc.record({ event: fc.constantFrom(...carrierEvents), day: fc.integer({ min: 1, max: 9 }) }), { maxLength: 8 })
  .map((list) =>
    list.map(({ event, day }, index): EveryFact => ({
      kind: 'carrierEventReceived',
      id: `e${index}`,
      at,
      happenedAt: `2026-11-2${day}T00:00:00.000Z`,
      by,
      event,
    })),
  );

it('X3 a carrier’s events in any order and with any repetition end in the same state', () => {
  const orders = told.chain((facts) =>
    fc.tuple(
      fc.constant(facts),
      fc.shuffledSubarray(facts, { minLength: facts.length }),
      fc.array(fc.nat(Math.max(0, facts.length - 1)), { maxLength: 5 }),
    ),
  );
  fc.assert(
    fc.property(orders, ([facts, shuffled, again]) => {
      const repeated = again
        .flatMap((index) => facts[index] ?? [])
        .map((fact, index) => ({ ...fact, id: index % 2 === 0 ? fact.id : `again${index}` }));
      const one = facts.reduce(hear, gone());
      const other = [...shuffled, ...repeated].reduce(hear, gone());
      expect(seen(other)).toEqual(seen(one));
    }),
    { numRuns: 300 },
  );
});

it('HG-4 a carrier’s event that happened before the policy’s bound does not count', () => {
  const late = {
    kind: 'carrierEventReceived',
    id: 'e',
    at,
    happenedAt: '2026-10-01T00:00:00.000Z',
    by,
    event: 'delivered',
  } as const;
  expect(fileInParcel(gone(), late).filed).toMatchObject({ standing: 'ignored', because: 'too_far_back' });
});

it('SH-5 S5 a carrier who says nothing is asked about after the days of the policy, and any word starts them anew', () => {
  const out = hear(gone(), { kind: 'waybillEntered', id: 'w', at, by, carrier: 'sf', waybillNo: 'SF1' });
  const alarm = nextAlarm(out);
  expect(alarm).toEqual({ at: '2026-12-04T00:00:00.000Z', of: 'transit' });
  const silent = ring(out);
  expect(openTasks(silent).map(({ kind }) => kind)).toEqual(['shipment.trouble']);
  const spoken = hear(silent, { kind: 'carrierEventReceived', id: 'e', at, by, event: 'in_transit' });
  expect(openTasks(spoken)).toEqual([]);
  expect(nextAlarm(spoken)?.of).toBe('transit');
});

it('SH-5 a carrier whose goods have arrived is no longer asked where they are', () => {
  const arrived = hear(gone(), { kind: 'carrierEventReceived', id: 'e', at, by, event: 'arrived' });
  expect(Object.keys(arrived.waits)).toEqual(['unclaimed']);
});

/** The next rung of the parcel rings. */
function ring(parcel: ShipmentDossier): ShipmentDossier {
  const alarm = nextAlarm(parcel);
  const rung = alarm === undefined ? undefined : dueRung(parcel, alarm.at);
  if (alarm === undefined || rung === undefined) throw new Error('nothing is due');
  return hear(parcel, { ...rung, id: `s#${parcel.seq + 1}`, at: alarm.at, by: { kind: 'process' } });
}

test('SH-7 a recall is done only with the freight it cost, and none is an amount too', () => {
  const lapsed: EveryFact = {
    kind: 'rungRang',
    id: 's#9',
    at,
    by: { kind: 'process' },
    of: 'unclaimed',
    rung: 0,
    do: 'lapse',
    to: [],
  };
  const arrived: EveryFact = { kind: 'carrierEventReceived', id: 'e1', at, by, event: 'arrived' };
  const unclaimed = hear(hear(gone(), arrived), lapsed);
  const task = openTasks(unclaimed).find(({ kind }) => kind === 'shipment.recall');
  const logistics = { kind: 'user', userId: 'u', roles: task ? rolesOf(task) : [] } as const;
  const done = { kind: 'decisionMade', id: 'd1', at, by: logistics, taskId: task?.id ?? '', outcome: 'done' } as const;
  expect(fileInParcel(unclaimed, done).filed).toMatchObject({ standing: 'ignored', because: 'amount_required' });
  const { desk, filed } = fileInParcel(unclaimed, { ...done, amountFen: 0 });
  expect([filed.standing, desk.recall]).toEqual(['applied', { freightFen: 0, at }]);
});

it('EX-1 SH-5 SH-7 a shipment says by which carrier and waybill it waits, and since when it lies there', () => {
  const out = hear(gone(), { kind: 'waybillEntered', id: 'w', at, by, carrier: 'sf', waybillNo: 'SF1' });
  const sent = { carrier: 'sf', waybillNo: 'SF1', shippedAt: at };
  const because = (parcel: ShipmentDossier, wait: string) =>
    waitingOfParcel(parcel).find(({ taskId, what }) => taskId === null && what === wait);
  const underWay = { ...sent, parcel: 'shipped_out', leave: 'paid' };
  expect(because(out, 'transit')).toMatchObject({ rule: 'a silent carrier is called', saw: underWay });
  const arrived = hear(out, { kind: 'carrierEventReceived', id: 'a', at, by, event: 'arrived' });
  const waiting = { ...sent, arrivedAt: at };
  expect(because(arrived, 'unclaimed')).toMatchObject({ rule: 'what is not picked up is recalled', saw: waiting });
});
