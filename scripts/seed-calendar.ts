/* Writes config/calendars/china.json from the published holidays; run it again when a new year is announced (each November). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isWorkday } from 'chinese-days';
import { addCivilDays, type Calendar, isWorkingDay } from '../domain/inside/kernel/calendar';
import type { CivilDate } from '../domain/inside/kernel/vocabulary';

/** The years whose holidays the State Council has announced and the package carries. */
const firstDay = '2024-01-01';
const knownUntil = '2026-12-31';

const plain: Calendar = {
  version: 'plain',
  offsetMinutes: 480,
  hours: [
    { from: '09:00', to: '12:00' },
    { from: '13:00', to: '18:00' },
  ],
  weekend: [0, 6],
  holidays: [],
  workdays: [],
  knownUntil,
};

/** Only the days on which the holidays differ from a plain week are kept: that is all that a due time needs. */
function seedCalendar(): Calendar {
  const holidays: CivilDate[] = [];
  const workdays: CivilDate[] = [];
  for (let date: CivilDate = firstDay; date <= knownUntil; date = addCivilDays(date, 1)) {
    if (isWorkday(date) === isWorkingDay(plain, date)) continue;
    (isWorkday(date) ? workdays : holidays).push(date);
  }
  return { ...plain, version: `china-${firstDay.slice(0, 4)}-${knownUntil.slice(0, 4)}`, holidays, workdays };
}

const file = join(__dirname, '..', 'config', 'calendars', 'china.json');
writeFileSync(file, `${JSON.stringify(seedCalendar(), null, 2)}\n`);
console.log(`wrote ${file}`);
