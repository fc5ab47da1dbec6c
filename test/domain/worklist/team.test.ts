import { loadCalendar } from '../../../config/load-policy';
import { workingSecondsBetween } from '../../../domain/inside/kernel/calendar';
import type { Instant } from '../../../domain/inside/kernel/vocabulary';
import { pause, resume } from '../../../domain/inside/kernel/worklist/pause';
import { missing, rowOf } from '../../../domain/inside/kernel/worklist/requirement';
import type { Task } from '../../../domain/inside/kernel/worklist/task';
import { calendarOf, countsFrom, type Timetable } from '../../../domain/inside/kernel/worklist/team';
import { emptyWorklist } from '../../../domain/inside/kernel/worklist/worklist';
import { terms } from '../../builders';
import { ask, policyWith } from '../order-builders';
import { policy } from '../order-builders';

const calendar = loadCalendar('china');
/** Finance works mornings, and takes in until 11:00. */
const finance = { hours: [{ from: '08:00', to: '12:00' }], cutOff: '11:00' };
const timetable: Timetable = { calendar, teams: { finance, night: { hours: [{ from: '20:00', to: '24:00' }] } } };

/** 2026-11-23 is a Monday; times are those on the wall in China. */
const wall = (date: string, time: string): Instant => new Date(`${date}T${time}:00+08:00`).toISOString();

const workingHours = (count: number) => ({ kind: 'working', seconds: count * 3600 }) as const;

/** A review of the team that comes in at an instant, due in so many of its working hours. */
function opened(at: Instant, hours: number, team: string): Task {
  const base = terms();
  const row = { ...rowOf(base, 'review.sales'), due: workingHours(hours), ladder: [], team, pausable: true as const };
  const opening = {
    revision: 1,
    takers: [],
    terms: { ...base, ...timetable, tasks: { ...base.tasks, 'review.sales': row } },
  };
  const required = { what: 'task', kind: 'review.sales', rule: 'test', evidence: {} } as const;
  const [first] = missing(emptyWorklist, [[required]], { of: '20261123-0001', opening, now: at });
  if (first?.kind !== 'taskOpened') throw new Error('nothing was opened');
  return first.task;
}

test('HT-8 a task is due in its team’s own hours, with the company’s holidays', () => {
  expect(opened(wall('2026-11-23', '09:00'), 2, 'finance').dueAt).toBe(wall('2026-11-23', '11:00'));
  expect(opened(wall('2026-11-23', '09:00'), 5, 'finance').dueAt).toBe(wall('2026-11-24', '10:00'));
  expect(opened(wall('2026-11-20', '10:30'), 2, 'finance').dueAt).toBe(wall('2026-11-23', '08:30'));
  expect(opened(wall('2026-11-23', '09:00'), 1, 'night').dueAt).toBe(wall('2026-11-23', '21:00'));
});

test('HT-8 what comes in after the cut-off counts from the next opening', () => {
  expect(countsFrom(timetable, 'finance', wall('2026-11-23', '10:59'))).toBe(wall('2026-11-23', '10:59'));
  expect(countsFrom(timetable, 'finance', wall('2026-11-23', '11:00'))).toBe(wall('2026-11-24', '08:00'));
  expect(countsFrom(timetable, 'finance', wall('2026-11-20', '15:00'))).toBe(wall('2026-11-23', '08:00'));
  expect(opened(wall('2026-11-23', '11:30'), 2, 'finance').dueAt).toBe(wall('2026-11-24', '10:00'));
  expect(countsFrom(timetable, 'night', wall('2026-11-23', '23:00'))).toBe(wall('2026-11-23', '23:00'));
});

test('HT-8 T2 a pause keeps what was left of the team’s working time', () => {
  const task = opened(wall('2026-11-23', '08:00'), 3, 'finance');
  const own = calendarOf(timetable, 'finance');
  const resumed = resume(pause(task, wall('2026-11-23', '09:00')), wall('2026-11-25', '10:30'), own);
  expect(workingSecondsBetween(own, wall('2026-11-25', '10:30'), resumed.dueAt)).toBe(2 * 3600);
  expect(resumed.dueAt).toBe(wall('2026-11-26', '08:30'));
});

test('HT-8 a policy’s team reaches the terms of an order', () => {
  const tasks = { ...policy.tasks, 'bill.review': { ...policy.tasks['bill.review'], team: 'finance' } };
  const { terms: made } = ask({ policy: policyWith({ teams: { finance }, tasks }) });
  expect([made.teams, rowOf(made, 'bill.review').team]).toEqual([{ finance }, 'finance']);
});
