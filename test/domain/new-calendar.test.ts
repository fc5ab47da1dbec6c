import fc from 'fast-check';
import { workingSecondsBetween, type Calendar } from '../../domain/inside/calendar';
import { file } from '../../domain/inside/file-fact';
import { openDossier } from '../../domain/inside/dossier';
import { toOpen } from '../../domain/inside/duty';
import { dutiesOf, openingOf } from '../../domain/inside/duties';
import type { Clock } from '../../domain/inside/ladder';
import { inNewCalendar } from '../../domain/inside/new-calendar';
import { rung, terms } from '../builders';
import { calendar as china, monday } from './order-builders';

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
function asked(after: { readonly kind: 'working'; readonly seconds: number }) {
  const of = terms();
  const row = { ...of.tasks['review.sales'], due: after, ladder: [rung(after, 'remind')] };
  const fact = {
    kind: 'orderAccepted',
    id: 'o#1',
    at: monday,
    by: { kind: 'process' },
    orderNo: '20261123-0001',
    takenBy: 'ann',
    terms: { ...of, calendar: china, tasks: { ...of.tasks, 'review.sales': row } },
  } as const;
  const dossier = openDossier(fact);
  return toOpen(dossier, dutiesOf(dossier), { ...openingOf(dossier), now: monday }).reduce(
    (desk, step, index) => file(desk, { ...step, id: `o#${index + 2}`, at: monday, by: { kind: 'process' } }).desk,
    dossier,
  );
}

const clockOf = ({ tasks }: ReturnType<typeof asked>): Clock =>
  tasks[0]?.clock ?? { startedAt: '', rungs: [], rung: 0 };

test('Z3 as much working time is left by the new calendar as was by the old one, for due times and rungs alike', () => {
  fc.assert(
    fc.property(working, calendars, fc.integer({ min: 0, max: 200 }), (after, calendar, hours) => {
      const before = asked(after);
      const at = new Date(Date.parse(monday) + hours * 3_600_000).toISOString();
      const moved = inNewCalendar(before, {
        kind: 'calendarPublished',
        calendar,
        id: 'm1',
        at,
        by: { kind: 'process' },
      });
      const due = [before, moved].map(({ tasks }) => tasks[0]?.dueAt ?? '');
      expect(clockOf(moved).rungs.map((one) => one.at)).toEqual([due[1]]);
      if ((due[0] ?? '') <= at) expect(due[1]).toBe(due[0]);
      else
        expect(workingSecondsBetween(calendar, at, due[1] ?? '')).toBe(workingSecondsBetween(china, at, due[0] ?? ''));
      expect(moved.terms.calendar).toBe(calendar);
    }),
  );
});

test('Z3 what has rung stays where it rang', () => {
  const before = asked({ kind: 'working', seconds: 3600 });
  const rang = { ...before, tasks: before.tasks.map((task) => ({ ...task, clock: { ...task.clock, rung: 1 } })) };
  const calendar = { ...china, publishedAt: '2026-11-24T00:00:00.000Z', holidays: [monday.slice(0, 10)] };
  const moved = inNewCalendar(rang, {
    kind: 'calendarPublished',
    calendar,
    id: 'm1',
    at: monday,
    by: { kind: 'process' },
  });
  expect(clockOf(moved).rungs).toEqual(clockOf(rang).rungs);
});
