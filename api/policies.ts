import { loadCalendar, readPolicy, readPublished } from '../config/load-policy';
import type { Calendar } from '../domain/inside/calendar';
import type { Policy } from '../domain/policy';
import type { PrismaClient } from '../prisma/generated/client';
import { type FieldError, Problem, wrongField } from './problem';

/** A policy with the calendar that it names. */
export interface PolicyWithCalendar {
  readonly policy: Policy;
  readonly calendar: Calendar;
}

/** Published versions never change, so what was read once is read for good. */
const read = new Map<string, PolicyWithCalendar>();
/** More versions than a company publishes in years; a bound all the same. */
const mostKept = 500;

/** A policy in the version that an order keeps (GV-3), else in its newest; an unknown one is refused (400). */
export async function policyNow(
  prisma: PrismaClient,
  { name, version: kept = null }: { readonly name: string; readonly version?: number | null },
): Promise<PolicyWithCalendar> {
  const [row] = await prisma.$queryRaw<
    readonly { readonly version: number; readonly publishedAt: Date }[]
  >`/* prepared */
    select version, "publishedAt" from policy_versions where name = ${name} and version = coalesce(${kept}::int, version) order by version desc limit 1`;
  if (row === undefined) throw wrongField('policy', 'unknown', 'There is no policy of this name.');
  // Databases differ in tests: the instant of publication tells their versions apart.
  const { version, publishedAt } = row;
  const key = `${name}/${version}/${publishedAt.getTime()}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const { document } = await prisma.policyVersion.findUniqueOrThrow({ where: { name_version: { name, version } } });
  const fresh = { policy: readPublished(document), calendar: calendarOf(document) };
  if (read.size >= mostKept) read.clear();
  read.set(key, fresh);
  return fresh;
}

/** A document as a policy, or a problem that names every place that is wrong with it. */
export function readDocument(document: unknown): PolicyWithCalendar {
  const calendar = calendarOf(document);
  const verdict = readPolicy(document, calendar);
  if ('policy' in verdict) return { policy: verdict.policy, calendar };
  throw wrongPolicy(verdict.problems.map(({ path, reason }) => ({ field: path, code: 'invalid', message: reason })));
}

function calendarOf(document: unknown): Calendar {
  const name: unknown =
    typeof document === 'object' && document !== null && 'calendar' in document ? document.calendar : '';
  try {
    return loadCalendar(typeof name === 'string' ? name : '');
  } catch {
    throw wrongPolicy([{ field: 'calendar', code: 'unknown', message: 'There is no calendar of this name.' }]);
  }
}

function wrongPolicy(errors: readonly FieldError[]): Problem {
  return new Problem({ status: 400, code: 'invalid_policy', detail: 'The policy makes no sense as it is.', errors });
}
