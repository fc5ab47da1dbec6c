import { z } from 'zod';
import { formatDuration, parseDuration } from '../domain/outside/policy/duration';
import type { Duration } from '../domain/inside/kernel/ladder';

const daySeconds = 86_400;

/**
 * The longest times that a policy may state: ten years, or one year of working hours. Any calendar that can be published counts
 * them out within the hundred years that it searches, also one with a single hour of work a week and all its holidays. So no order
 * finds out that a time of its policy has no end.
 */
const longest = {
  elapsed: { kind: 'elapsed', seconds: 3653 * daySeconds },
  working: { kind: 'working', seconds: 2080 * 3600 },
  workingDays: { kind: 'workingDays', days: 2600 },
} as const satisfies Readonly<Record<Duration['kind'], Duration>>;

/** Facts of old orders are entered decades later (HG-4). */
const farthestBack = { ...longest, elapsed: { kind: 'elapsed', seconds: 50 * 366 * daySeconds } } as const;

const durationUpTo = (most: Readonly<Record<Duration['kind'], Duration>>) =>
  z
    .string()
    .max(40)
    .superRefine((text, context) => {
      try {
        const length = parseDuration(text);
        const bound = most[length.kind];
        if (Math.abs(amountOf(length)) > amountOf(bound))
          context.addIssue({ code: 'custom', message: `is longer than ${formatDuration(bound)}` });
      } catch (error) {
        context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'no duration' });
      }
    });

const amountOf = (length: Duration): number => (length.kind === 'workingDays' ? length.days : length.seconds);

/** What a text says of a time; undefined where it says none. */
function readDuration(text: string): Duration | undefined {
  try {
    return parseDuration(text);
  } catch {
    return undefined;
  }
}

const isAhead = (text: string): boolean => amountOf(readDuration(text) ?? longest.elapsed) >= 0;
const ahead = { error: 'must not be negative' };

/** A time that may lie before its start: a step before the due date of a bill. */
export const signedDuration = durationUpTo(longest);
export const duration = signedDuration.refine(isAhead, ahead);
export const backdating = durationUpTo(farthestBack).refine(isAhead, ahead);

/** Who is told something a day late is not told of it any more. */
export const waitingTime = signedDuration.refine(
  (text) => {
    const length = readDuration(text);
    return length?.kind === 'elapsed' && length.seconds >= 0 && length.seconds <= daySeconds;
  },
  { error: 'must be a time such as PT10M, of a day at most; PT0S: at once' },
);

/** Rows are looked up by their names, and these names every object knows by itself. */
const isFree = (name: string): boolean => !(name in {});
const free = { error: 'is a word of the language: choose another name' };

/** What policies and calendars are called in `config/`. */
export const fileName = z
  .string()
  .max(41)
  .regex(/^[a-z][a-z0-9-]*$/, 'must be a name in small letters')
  .refine(isFree, free);
export const ruleName = z
  .string()
  .max(61)
  .regex(/^[a-z][a-z0-9_]*$/, 'must be a name such as total_above_10000')
  .refine(isFree, free);
export const reasonCode = z
  .string()
  .max(64)
  .regex(/^[a-z][a-z0-9_]*$/)
  .refine(isFree, free);
export const teamName = z
  .string()
  .max(41)
  .regex(/^[a-z][a-z0-9_]*$/)
  .refine(isFree, free);
export const notice = z
  .string()
  .max(61)
  .regex(/^[a-z][a-z0-9_.]*$/)
  .refine(isFree, free);

/** A text for people: PostgreSQL and pages take no control characters and no halves of characters. */
export const text = (mostLetters: number) =>
  z
    .string()
    .max(mostLetters)
    .refine((words) => /\S/.test(words) && !/[\p{Cc}\p{Cs}]/u.test(words), {
      error: 'must be words, without control characters or halves of characters',
    });

/** Names with what they stand for, no more of them than given. */
export const namesUpTo = <Value extends z.ZodType>(most: number, name: z.ZodString, value: Value) =>
  z.record(name, value).refine((rows) => Object.keys(rows).length <= most, { error: `has more than ${most} rows` });

/** A choice of some of these: it names each once at most. */
export const someOf = <const Names extends readonly string[]>(names: Names) => z.array(z.enum(names)).max(names.length);
