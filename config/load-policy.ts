import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Calendar } from '../domain/inside/calendar';
import type { Policy } from '../domain/policy';
import { calendarSchema } from './calendar-schema';
import { idleProblems } from './idle-checks';
import { wrongsOf } from './issues';
import { dunningProblems, taskProblems, waitProblems } from './ladder-checks';
import { amountRowProblems, nameProblems } from './name-checks';
import type { PolicyProblem } from './policy-problem';
import { fileName, policySchema, ruleName } from './policy-schema';

export type PolicyVerdict = { readonly policy: Policy } | { readonly problems: readonly PolicyProblem[] };

/** Reads a document as a policy, strictly: what is unknown, missing or makes no sense is named with its place. */
export function readPolicy(document: unknown, calendar: Calendar): PolicyVerdict {
  const read = policySchema.safeParse(document);
  if (!read.success) return { problems: read.error.issues.flatMap((issue) => problemsOf(issue, document)) };
  const policy: Policy = read.data;
  const problems = [
    ...amountRowProblems('release.rows', policy.release.rows),
    ...amountRowProblems('credit.specialBy', policy.credit.specialBy),
    ...nameProblems(policy),
    ...idleProblems(policy),
    ...taskProblems(policy, calendar),
    ...waitProblems(policy, calendar),
    ...dunningProblems(policy, calendar),
  ];
  return problems.length > 0 ? { problems } : { policy };
}

/** Reads a version that was published before: what its orders keep (GV-3) is not refused by checks that came later. */
export const readPublished = (document: unknown): Policy => policySchema.parse(document);

/** The policy of a name from `config/policies`, with its calendar; an error that lists everything wrong with it. */
export function loadPolicy(name: string): { readonly policy: Policy; readonly calendar: Calendar } {
  const document = readDocument('policies', name);
  const { calendar: calendarName } = z.object({ calendar: fileName }).parse(document);
  const calendar = loadCalendar(calendarName);
  const verdict = readPolicy(document, calendar);
  if ('problems' in verdict) {
    const list = verdict.problems.map(({ path, reason }) => `  ${path}: ${reason}`).join('\n');
    throw new Error(`policy "${name}" is refused:\n${list}`);
  }
  return { policy: verdict.policy, calendar };
}

export function loadCalendar(name: string): Calendar {
  return calendarSchema.parse(readDocument('calendars', name));
}

/** Beside this file, or in the sources when this file was compiled to `dist/config`, which holds no documents. */
const documents = existsSync(join(__dirname, 'policies')) ? __dirname : join(__dirname, '..', '..', 'config');

function readDocument(folder: 'policies' | 'calendars', name: string): unknown {
  return JSON.parse(readFileSync(join(documents, folder, `${fileName.parse(name)}.json`), 'utf8'));
}

function problemsOf(issue: z.core.$ZodIssue, document: unknown): readonly PolicyProblem[] {
  return wrongsOf(issue).map(({ path, reason }) => ({
    path: path.join('.') || 'policy',
    reason: `${reason}${ruleAt(document, path)}`,
  }));
}

/** The row of review that a place lies in, by the name that people know it by. */
function ruleAt(document: unknown, [reviews, table, index]: readonly PropertyKey[]): string {
  if (reviews !== 'reviews' || (table !== 'rows' && table !== 'waivers')) return '';
  const row = z.looseObject({ rule: ruleName }).safeParse(at(at(at(document, reviews), table), index));
  return row.success ? ` (${row.data.rule})` : '';
}

const at = (value: unknown, key: PropertyKey | undefined): unknown =>
  key !== undefined && typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
