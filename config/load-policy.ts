import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Calendar } from '../domain/inside/kernel/calendar';
import type { Policy } from '../domain/outside/policy/policy';
import { calendarSchema } from './calendar-schema';
import { idleProblems } from './idle-checks';
import { wrongsOf } from './issues';
import { collectionProblems, taskProblems, waitProblems } from './ladder-checks';
import { amountRowProblems, nameProblems } from './name-checks';
import type { PolicyProblem } from './policy-problem';
import { policySchema } from './policy-schema';
import { fileName, ruleName } from './policy-values';
import { wholePolicy } from './whole-policy';

export type PolicyVerdict = { readonly policy: Policy } | { readonly problems: readonly PolicyProblem[] };

/** Reads a document as a policy, strictly: what is unknown, missing or makes no sense is named with its place. */
export function readPolicy(document: unknown, calendar: Calendar): PolicyVerdict {
  const read = policySchema.safeParse(document);
  if (!read.success) return { problems: read.error.issues.flatMap((issue) => problemsOf(issue, document)) };
  const policy: Policy = read.data;
  const problems = [
    ...hiddenProblems(document, []),
    ...amountRowProblems('release.rows', policy.release.rows),
    ...amountRowProblems('credit.specialBy', policy.credit.specialBy),
    ...nameProblems(policy),
    ...idleProblems(policy),
    ...taskProblems(policy, calendar),
    ...waitProblems(policy, calendar),
    ...collectionProblems(policy, calendar),
  ];
  return problems.length > 0 ? { problems } : { policy };
}

/** Reads a version that was published before: what its orders keep (GV-3) is not refused by checks that came later. */
export const readPublished = (document: unknown): Policy => policySchema.parse(document);

/**
 * The policy of a name from `config/policies`, whole, with its calendar; an error that lists everything wrong with it. Its file may
 * state only where it differs from another one.
 */
export function loadPolicy(
  name: string,
  find: (name: string) => unknown = findPolicy,
): { readonly policy: Policy; readonly calendar: Calendar } {
  const stated = find(name);
  if (stated === undefined) throw new Error(`there is no policy "${name}"`);
  const whole = wholePolicy(stated, find, [name]);
  if ('problems' in whole) throw refusal(name, whole.problems);
  const calendar = calendarIn(whole.document);
  if (calendar === undefined)
    throw refusal(name, [{ path: 'calendar', reason: 'must be the name of a calendar that there is' }]);
  const verdict = readPolicy(whole.document, calendar);
  if ('problems' in verdict) throw refusal(name, verdict.problems);
  if (verdict.policy.name !== name)
    throw refusal(name, [{ path: 'name', reason: `must be the name of its file, ${name}` }]);
  return { policy: verdict.policy, calendar };
}

/** The name of the calendar that a document counts in, if it is one. */
export const calendarNameIn = (document: unknown): string | undefined =>
  fileName.safeParse(at(document, 'calendar')).data;

function calendarIn(document: unknown): Calendar | undefined {
  const name = calendarNameIn(document);
  return name !== undefined && existsSync(fileOf('calendars', name)) ? loadCalendar(name) : undefined;
}

function refusal(name: string, problems: readonly PolicyProblem[]): Error {
  const list = problems.map(({ path, reason }) => `  ${path}: ${reason}`).join('\n');
  return new Error(`policy "${name}" is refused:\n${list}`);
}

const findPolicy = (name: string): unknown =>
  existsSync(fileOf('policies', name)) ? readDocument('policies', name) : undefined;

export function loadCalendar(name: string): Calendar {
  return calendarSchema.parse(readDocument('calendars', name));
}

/** Beside this file, or in the sources when this file was compiled to `dist/config`, which holds no documents. */
const documents = existsSync(join(__dirname, 'policies')) ? __dirname : join(__dirname, '..', '..', 'config');

const readDocument = (folder: Folder, name: string): unknown => JSON.parse(readFileSync(fileOf(folder, name), 'utf8'));

type Folder = 'policies' | 'calendars';

const fileOf = (folder: Folder, name: string): string => join(documents, folder, `${fileName.parse(name)}.json`);

function problemsOf(issue: z.core.$ZodIssue, document: unknown): readonly PolicyProblem[] {
  return wrongsOf(issue).map(({ path, reason }) => ({
    path: path.join('.') || 'policy',
    reason: `${reason}${ruleAt(document, path)}`,
  }));
}

/** Where names are free, the schema passes over this one without a word. */
function hiddenProblems(value: unknown, place: readonly string[]): readonly PolicyProblem[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '__proto__'
      ? [{ path: [...place, key].join('.'), reason: 'is a word of the language: choose another name' }]
      : hiddenProblems(inner, [...place, key]),
  );
}

/** The row of review that a place lies in, by the name that people know it by. */
function ruleAt(document: unknown, [reviews, table, index]: readonly PropertyKey[]): string {
  if (reviews !== 'reviews' || (table !== 'rows' && table !== 'waivers')) return '';
  const row = z.looseObject({ rule: ruleName }).safeParse(at(at(at(document, reviews), table), index));
  return row.success ? ` (${row.data.rule})` : '';
}

const at = (value: unknown, key: PropertyKey | undefined): unknown =>
  key !== undefined && typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
