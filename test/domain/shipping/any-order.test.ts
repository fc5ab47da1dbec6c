import fc from 'fast-check';
import { nextShipmentStatuses, shipmentSummary } from '../../../domain/inside/shipment';
import { carrierEvents, type CarrierEvent } from '../../../domain/inside/shipping/carrier';
import {
  carrierSays,
  enterWaybill,
  goneShipment,
  heardOf,
  openShipment,
  opensAt,
  type ShipmentPlay,
} from '../children';

const dayAfter = (count: number): string => new Date(Date.parse(opensAt) + count * 86_400_000).toISOString();

/** What anybody can see of a shipment: not how often it was told, nor in which order. */
const seen = (play: ShipmentPlay) => ({
  ...shipmentSummary(play.dossier),
  version: 0,
  trouble: play.dossier.handling.trouble,
  kinds: [...play.kinds].sort(),
  clocks: play.clocks,
  alarm: play.dossier.worklist.clocks,
  isDelivered: heardOf(play).some((fact) => 'to' in fact && fact.to === 'delivered'),
});

interface Word {
  readonly id: string;
  readonly event: CarrierEvent;
  readonly day: number;
}

const words = fc
  .array(fc.record({ event: fc.constantFrom(...carrierEvents), day: fc.integer({ min: 0, max: 9 }) }), { maxLength: 8 })
  .map((list) => list.map((word, index): Word => ({ ...word, id: `e${index}` })));

/** A shipment that left ten days ago, without a waybill yet, hears them all now. */
function after(said: readonly Word[]): ShipmentPlay {
  const play = goneShipment();
  play.now = dayAfter(10);
  for (const { id, event, day } of said) carrierSays(play, event, { id, happenedAt: dayAfter(day) });
  return play;
}

/** How often the carrier spoke tells clocks apart, and nothing else. */
const withoutBounds = (state: ReturnType<typeof seen>) => ({
  ...state,
  alarm: Object.values(state.alarm).map(({ name, clock }) => ({ name, clock })),
});

test('X3 a carrier’s events in any order and with any repetition end in the same state', () => {
  const orders = words.chain((said) =>
    fc.tuple(
      fc.constant(said),
      fc.shuffledSubarray(said, { minLength: said.length }),
      fc.array(fc.nat(Math.max(0, said.length - 1)), { maxLength: 5 }),
    ),
  );
  fc.assert(
    fc.property(orders, ([said, shuffled, again]) => {
      const repeated = again
        .flatMap((index) => said[index] ?? [])
        .map((word, index) => ({ ...word, id: index % 2 === 0 ? word.id : `again${index}` }));
      const one = withoutBounds(seen(after(said)));
      expect(withoutBounds(seen(after([...shuffled, ...repeated])))).toEqual(one);
    }),
    { numRuns: 200 },
  );
});

/** What people, carriers, the order and time do to a shipment, one thing at a time. */
const moves = {
  answer: (play: ShipmentPlay) => {
    const [task] = play.openTasks;
    if (task === undefined) return;
    play.answer(task, 'done', { amountFen: 100 });
  },
  wrong: (play: ShipmentPlay) => {
    const [task] = play.openTasks;
    if (task !== undefined) play.answer(task, 'wrong');
  },
  undo: (play: ShipmentPlay) => {
    const last = play.dossier.worklist.tasks.findLast(({ state }) => state === 'decided');
    if (last !== undefined) play.undo(last.id);
  },
  waybill: (play: ShipmentPlay) => enterWaybill(play),
  stop: (play: ShipmentPlay) => play.say({ kind: 'stopAsked' }, { by: { kind: 'process' } }),
  days: (play: ShipmentPlay) => play.pass(8 * 86_400),
  ...Object.fromEntries(carrierEvents.map((event) => [event, (play: ShipmentPlay) => carrierSays(play, event)])),
} as Readonly<Record<string, (play: ShipmentPlay) => unknown>>;

test('S1 S3 X4 random stories of a shipment walk the published table and no step outside it, and every arrow of it', () => {
  const walked = new Set<string>();
  // Steps of the warehouse come often, or most stories would end in it.
  const names = [...Object.keys(moves), ...Array.from({ length: 8 }, () => 'answer')];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...names), { minLength: 5, maxLength: 30 }), (story) => {
      const play = openShipment();
      for (const name of story) moves[name]?.(play);
      for (const step of play.steps) walked.add(step);
      const applied = play.filed.filter(({ filed }) => filed === 'applied');
      expect(play.dossier.version).toBe(applied.length);
      const news = heardOf(play).flatMap((fact) => ('to' in fact ? [fact.to] : []));
      expect(new Set(news).size).toBe(news.length);
      if (play.isOver) expect([play.kinds, play.clocks]).toEqual([[], []]);
      // Whoever has to act is known while anything is open for people (S5).
      if (play.kinds.length > 0) expect(play.dossier.waitingFor).not.toEqual([]);
    }),
    { numRuns: 800, seed: 20261201 },
  );
  const table = Object.entries(nextShipmentStatuses).flatMap(([from, to]) => to.map((one) => `${from}>${one}`));
  expect([...walked].toSorted()).toEqual(table.toSorted());
});
