import type { Duration } from '../../inside/kernel/ladder';

/**
 * A length of time as a person writes it in a policy. Elapsed: `PT1H`, `P7D`, `P1DT12H`, before the start `-P3D`.
 * Working: `working PT8H` is time inside working hours, `working P10D` is working days. Weeks count seven days and
 * stand for elapsed time only; months and years have no fixed length and are refused.
 */
export type DurationText = string;

/** Parses a duration, or throws a RangeError that says what is wrong; nothing malformed becomes zero. */
export function parseDuration(text: DurationText): Duration {
  const match = form.exec(text);
  if (match === null)
    throw new RangeError(`"${text}" is no duration: write PT1H, P7D, -P3D, working PT8H or working P10D`);
  const [, working, minus, ...numbers] = match;
  const [weeks, days, hours, minutes, seconds] = numbers.map((digits) => (digits === undefined ? 0 : Number(digits)));
  const sign = minus === undefined ? 1 : -1;
  const clock = (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
  const civil = (weeks ?? 0) * 7 + (days ?? 0);
  if (minus !== undefined && clock + civil === 0) throw new RangeError(`"${text}" is minus nothing`);
  if (working === undefined) return { kind: 'elapsed', seconds: within(sign * (civil * daySeconds + clock), text) };
  if (weeks !== 0) throw new RangeError(`"${text}" counts working weeks: write working days`);
  const statesClock = numbers.slice(2).some((digits) => digits !== undefined);
  if (days !== 0 && statesClock)
    throw new RangeError(`"${text}" mixes working days with working hours: write one of them`);
  return statesClock
    ? { kind: 'working', seconds: within(sign * clock, text) }
    : { kind: 'workingDays', days: within(sign * civil * daySeconds, text) / daySeconds + 0 };
}

/** The canonical text of a duration: parsing it gives the same duration again. */
export function formatDuration(duration: Duration): DurationText {
  const minus = amountOf(duration) < 0 ? '-' : '';
  const { days, hours, minutes, seconds } = split(duration);
  const clock = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`;
  switch (duration.kind) {
    case 'elapsed':
      return `${minus}P${days > 0 ? `${days}D` : ''}${clock !== '' || days === 0 ? `T${clock || '0S'}` : ''}`;
    case 'working':
      return `working ${minus}PT${clock || '0S'}`;
    case 'workingDays':
      return `working ${minus}P${days}D`;
  }
}

/** A duration in words for pages and letters: `8 个工作小时`, `3 days before`. */
export function durationInWords(duration: Duration, language: 'zh' | 'en'): string {
  const parts = Object.entries(split(duration)).filter(([, count]) => count > 0);
  const shown = parts.length > 0 ? parts : [[duration.kind === 'workingDays' ? 'days' : 'seconds', 0] as const];
  const working = duration.kind !== 'elapsed';
  const before = amountOf(duration) < 0;
  if (language === 'zh') {
    const words = shown
      .map(([unit, count]) => `${count} ${(working ? workingUnits : chineseUnits)[unit] ?? unit}`)
      .join(' ');
    return before ? `提前 ${words}` : words;
  }
  const words = shown
    .map(([unit, count]) => `${count} ${working ? 'working ' : ''}${count === 1 ? unit.slice(0, -1) : unit}`)
    .join(' ');
  return before ? `${words} before` : words;
}

const form =
  /^(working )?(-)?P(?=\d|T\d)(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,8})M)?(?:(\d{1,10})S)?)?$/;
const daySeconds = 86_400;
/** A hundred years: as far as a calendar searches. */
const longestSeconds = 36_525 * daySeconds;

const chineseUnits: Readonly<Record<string, string>> = { days: '天', hours: '小时', minutes: '分钟', seconds: '秒' };
const workingUnits: Readonly<Record<string, string>> = {
  days: '个工作日',
  hours: '个工作小时',
  minutes: '个工作分钟',
  seconds: '个工作秒',
};

function amountOf(duration: Duration): number {
  return duration.kind === 'workingDays' ? duration.days : duration.seconds;
}

function split(duration: Duration): { days: number; hours: number; minutes: number; seconds: number } {
  const amount = Math.abs(amountOf(duration));
  if (duration.kind === 'workingDays') return { days: amount, hours: 0, minutes: 0, seconds: 0 };
  // A working day is not a number of working hours, so working time never turns into days.
  const days = duration.kind === 'working' ? 0 : Math.floor(amount / daySeconds);
  const rest = amount - days * daySeconds;
  return { days, hours: Math.floor(rest / 3600), minutes: Math.floor((rest % 3600) / 60), seconds: rest % 60 };
}

function within(seconds: number, text: string): number {
  if (Math.abs(seconds) > longestSeconds) throw new RangeError(`"${text}" is longer than a hundred years`);
  return seconds;
}
