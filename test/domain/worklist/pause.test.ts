import fc from 'fast-check';
import type { Dossier } from '../../../domain/inside/order';
import { explain } from '../../../domain/inside/explain';
import type { Calendar } from '../../../domain/inside/kernel/calendar';
import { type Duration, nextRung, type Rung, startClock } from '../../../domain/inside/kernel/ladder';
import { pause, resume } from '../../../domain/inside/kernel/worklist/pause';
import type { Task } from '../../../domain/inside/kernel/worklist/task';
import { taskTerms, terms } from '../../builders';
import { review } from '../../filings';
import { head, taken, tell, user } from '../order-told';

/** Nine to six on weekdays: a night lies between what counts every second and what does not. */
const calendar: Calendar = { ...terms().calendar, hours: [{ from: '09:00', to: '18:00' }], weekend: [0, 6] };
const monday = Date.parse('2026-11-23T02:00:00.000Z');
const at = (hours: number): string => new Date(monday + hours * 3_600_000).toISOString();

const asked = (ladder: readonly Rung[]): Task => ({
  ...review,
  pausable: true,
  clock: startClock(ladder, at(0), calendar),
});
const rung = (after: Duration): Rung => ({ after, do: 'remind', to: [] });

const duration: fc.Arbitrary<Duration> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('elapsed' as const, 'working' as const),
    seconds: fc.integer({ min: 1, max: 400_000 }),
  }),
  fc.record({ kind: fc.constant('workingDays' as const), days: fc.integer({ min: 1, max: 6 }) }),
);
const story = fc.record({
  ladder: fc.array(duration.map(rung), { minLength: 1, maxLength: 6 }),
  rung: fc.integer({ min: 0, max: 5 }),
  from: fc.integer({ min: 0, max: 120 }),
  hours: fc.integer({ min: 0, max: 200 }),
});

it('HT-8 T1 whatever pauses a clock, its rungs ring in the order of their instants', () =>
  fc.assert(
    fc.property(story, ({ ladder, rung: rung_, from, hours }) => {
      const open = asked(ladder);
      const task = { ...open, clock: { ...open.clock, rung: Math.min(rung_, ladder.length) } };
      const { clock } = resume(pause(task, at(from)), at(from + hours), calendar);
      const ahead = clock.rungs.slice(clock.rung).map((one) => one.at);
      expect(ahead).toEqual(ahead.toSorted());
      expect(clock.rungs.slice(0, clock.rung)).toEqual(task.clock.rungs.slice(0, clock.rung));
      expect(clock.rungs).toHaveLength(ladder.length);
    }),
  ));

const hour = 3600;
/** Paused in the evening until the next morning: what counts every second comes first now. */
const ladder = [rung({ kind: 'working', seconds: 8 * hour }), rung({ kind: 'elapsed', seconds: 9 * hour })];
const resumed = () => resume(pause(asked(ladder), at(1)), at(9), calendar).clock;

it('HT-8 T1 a pause that ends out of hours lets the rung ring first that comes first', () => {
  const first = nextRung(resumed());
  expect(first?.working).toBeUndefined();
  expect(first?.at).toBe(at(17));
});

it('HT-8 T2 a task is due as far ahead as before it was paused, in the time that its due is counted in', () => {
  const open = asked([]);
  const due = (inWorkingTime: boolean): string => {
    const task = { ...open, dueAt: at(3), ...(inWorkingTime ? { dueInWorkingTime: true as const } : {}) };
    // Paused from 11:00 until 19:00: of the working day nothing is left.
    return resume(pause(task, at(1)), at(9), calendar).dueAt;
  };
  expect(due(false)).toBe(at(11));
  expect(due(true)).toBe(at(25));
});

it('HT-8 T2 EX-1 whose task it is stops its clock and starts it again, and meanwhile it is due for nobody', () => {
  const base = terms();
  const tasks = { ...base.tasks, 'review.sales': { ...taskTerms('review.sales'), pausable: true as const } };
  const order = taken({ ...base, tasks });
  const sue = user('sue', 'sales');
  const says = (dossier: Dossier, kind: 'taskPaused' | 'taskResumed', hour: number): Dossier =>
    tell(dossier, { ...head(sue), at: at(hour), kind, taskId: '1/1' }).after;
  const shown = (dossier: Dossier) => explain(dossier).waiting.find(({ taskId }) => taskId === '1/1');
  const paused = says(order, 'taskPaused', 1);
  expect(shown(paused)).toMatchObject({ pausedAt: at(1), dueAt: null, next: [] });
  expect(shown(says(paused, 'taskResumed', 3))).toMatchObject({ pausedAt: null, dueAt: at(10) });
});
