import fc from 'fast-check';
import { type Calendar, workingSecondsBetween } from '../../../domain/inside/kernel/calendar';
import type { Clock, Duration, Rung } from '../../../domain/inside/kernel/ladder';
import type { Dossier } from '../../../domain/inside/order';
import { order } from '../../../domain/inside/order';
import { rung, taskTerms, terms } from '../../builders';
import { calendar as china, monday } from '../order-builders';

const day = fc
  .integer({ min: 0, max: 40 })
  .map((days) => new Date(Date.parse(monday) + days * 86_400_000).toISOString().slice(0, 10));
const calendars: fc.Arbitrary<Calendar> = fc
  .record({ holidays: fc.uniqueArray(day, { maxLength: 12 }), workdays: fc.uniqueArray(day, { maxLength: 6 }) })
  .map(({ holidays, workdays }) => ({
    ...china,
    publishedAt: '2026-11-24T00:00:00.000Z',
    holidays,
    workdays: workdays.filter((one) => !holidays.includes(one)),
  }));
const working = fc.integer({ min: 1, max: 60 }).map((count) => ({ kind: 'working', seconds: count * 1800 }) as const);

/** A task under review with this ladder, and some time later. */
function asked(after: Duration, at = monday, more: readonly Rung[] = []) {
  const of = terms();
  const row = { ...taskTerms('review.sales'), due: after, ladder: [rung(after, 'remind'), ...more] };
  const accepted = {
    kind: 'orderAccepted',
    id: 'o#1',
    at,
    by: { kind: 'process' },
    takenBy: 'ann',
    terms: { ...of, calendar: china, tasks: { ...of.tasks, 'review.sales': row } },
  } as const;
  const { dossier } = order.open('20261123-0001', accepted);
  return order
    .missing(dossier, at)
    .reduce(
      (before, step, index) =>
        order.reduce(before, { ...step, id: `o#${index + 2}`, at, by: { kind: 'process' } }).dossier,
      dossier,
    );
}

/** The dossier after a calendar was published. */
const inNewCalendar = (dossier: Dossier, fact: ReturnType<typeof published>): Dossier =>
  order.reduce(dossier, fact).dossier;

const clockOf = ({ worklist: { tasks } }: Dossier): Clock => tasks[0]?.clock ?? { startedAt: '', rungs: [], rung: 0 };

test('Z3 as much working time is left by the new calendar as was by the old one, for due times and rungs alike', () => {
  fc.assert(
    fc.property(working, calendars, fc.integer({ min: 0, max: 200 }), (after, calendar, hours) => {
      const before = asked(after);
      const at = new Date(Date.parse(monday) + hours * 3_600_000).toISOString();
      const moved = inNewCalendar(before, published(calendar, at));
      const due = [before, moved].map(({ worklist }) => worklist.tasks[0]?.dueAt ?? '');
      expect(clockOf(moved).rungs.map((one) => one.at)).toEqual([due[1]]);
      if ((due[0] ?? '') <= at) expect(due[1]).toBe(due[0]);
      else
        expect(workingSecondsBetween(calendar, at, due[1] ?? '')).toBe(workingSecondsBetween(china, at, due[0] ?? ''));
      expect(moved.intake.terms.calendar).toBe(calendar);
    }),
  );
});

test('Z3 what has rung stays where it rang', () => {
  const before = asked({ kind: 'working', seconds: 3600 });
  const rang = {
    ...before,
    worklist: {
      ...before.worklist,
      tasks: before.worklist.tasks.map((task) => ({ ...task, clock: { ...task.clock, rung: 1 } })),
    },
  };
  const calendar = { ...china, publishedAt: '2026-11-24T00:00:00.000Z', holidays: [monday.slice(0, 10)] };
  const moved = inNewCalendar(rang, published(calendar, monday));
  expect(clockOf(moved).rungs).toEqual(clockOf(rang).rungs);
});

const published = (calendar: Calendar, at: string) =>
  ({ kind: 'calendarPublished', calendar, id: 'm1', at, by: { kind: 'process' } }) as const;

test('Z3 a calendar that changes no hours moves nothing, not even what is due at an opening', () => {
  const days = fc.integer({ min: 1, max: 12 }).map((count) => ({ kind: 'workingDays', days: count }) as const);
  const start = fc.integer({ min: 0, max: 24 * 14 });
  fc.assert(
    fc.property(fc.oneof(working, days), start, fc.integer({ min: 0, max: 24 * 14 }), (after, begun, hours) => {
      const before = asked(after, new Date(Date.parse(monday) + begun * 3_600_000).toISOString());
      const at = new Date(Date.parse(monday) + (begun + hours) * 3_600_000).toISOString();
      const moved = inNewCalendar(before, published({ ...china, publishedAt: at }, at));
      expect(moved.worklist).toEqual(before.worklist);
    }),
  );
});

test('Z3 what is counted in every second rings when it did, though working time before it is put off', () => {
  const before = asked({ kind: 'working', seconds: 3600 }, monday, [
    rung({ kind: 'elapsed', seconds: 7200 }, 'escalate'),
  ]);
  const off = { ...china, publishedAt: '2026-11-24T00:00:00.000Z', holidays: [monday.slice(0, 10)] };
  const moved = inNewCalendar(before, published(off, monday));
  expect(clockOf(moved).rungs.map(({ do: action }) => action)).toEqual(['escalate', 'remind']);
  expect(clockOf(moved).rungs[0]).toEqual(clockOf(before).rungs[1]);
});

test('Z3 a change whose terms were made by the former calendar keeps the one that was published meanwhile', () => {
  const before = asked({ kind: 'working', seconds: 3600 });
  const newer = { ...china, version: 'newer', publishedAt: monday };
  const said = { id: 'm2', at: monday, by: { kind: 'process' } } as const;
  const told = inNewCalendar(before, published(newer, monday));
  const revised = { ...said, kind: 'orderRevised', terms: before.intake.terms, fromRevision: 1, changed: [] } as const;
  const { intake } = order.reduce(told, revised).dossier;
  expect([intake.revision, intake.terms.calendar.version]).toEqual([2, 'newer']);
});
