import { calendarNameIn, readPolicy, readPublished } from '../../config/load-policy';
import type { PolicyProblem } from '../../config/policy-problem';
import { differsFrom, wholePolicy } from '../../config/whole-policy';
import type { Calendar } from '../../domain/inside/kernel/calendar';
import type { Policy } from '../../domain/outside/policy/policy';
import type { PrismaClient } from '../../prisma/generated/client';
import { calendarNow } from './calendars';
import { type FieldError, Problem, wrongField } from '../problem';

/** A policy with the calendar that it names. */
export interface PolicyWithCalendar {
  readonly policy: Policy;
  readonly calendar: Calendar;
}

interface Newest {
  readonly version: number;
  readonly publishedAt: Date;
  /** When its calendar was last published; null: the product's own counts. */
  readonly calendarAt: Date | null;
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
  const [row] = await prisma.$queryRaw<readonly Newest[]>`/* prepared */
    select p.version, p."publishedAt", c."publishedAt" as "calendarAt"
      from policy_versions p left join lateral (
        select max("publishedAt") as "publishedAt" from calendar_versions where name = p.document->>'calendar') c on true
     where p.name = ${name} and p.version = coalesce(${kept}::int, p.version) order by p.version desc limit 1`;
  if (row === undefined) throw wrongField('policy', 'unknown', 'There is no policy of this name.');
  // Databases differ in tests: the instant of publication tells their versions apart.
  const { version, publishedAt, calendarAt } = row;
  const key = `${name}/${version}/${publishedAt.getTime()}/${calendarAt?.getTime() ?? ''}`;
  const known = read.get(key);
  if (known !== undefined) return known;
  const { document } = await prisma.policyVersion.findUniqueOrThrow({ where: { name_version: { name, version } } });
  const fresh = { policy: readPublished(document), calendar: await calendarOf(prisma, document) };
  if (read.size >= mostKept) read.clear();
  read.set(key, fresh);
  return fresh;
}

/** A document as it is to be published. */
export interface PolicyRead extends PolicyWithCalendar {
  /** The published version that it stated its differences from; null: it was whole. */
  readonly differedFrom: { readonly name: string; readonly version: number } | null;
}

/**
 * A document as a whole policy, or a problem that names every place that is wrong with it. One that states only where it differs
 * from another policy is laid over the newest version of that one, so that later versions of it change nothing here (GV-3).
 */
export async function readDocument(prisma: PrismaClient, document: unknown): Promise<PolicyRead> {
  const base = await newestOf(prisma, differsFrom(document));
  const whole = wholePolicy(document, () => (base === null ? undefined : readPublished(base.document)));
  if ('problems' in whole) throw wrongPolicy(whole.problems.map(fieldErrorOf));
  const calendar = await calendarOf(prisma, whole.document);
  const verdict = readPolicy(whole.document, calendar);
  if ('problems' in verdict) throw wrongPolicy(verdict.problems.map(fieldErrorOf));
  const differedFrom = base === null ? null : { name: base.name, version: base.version };
  return { policy: verdict.policy, calendar, differedFrom };
}

const newestOf = async (prisma: PrismaClient, name: string | undefined) =>
  name === undefined ? null : prisma.policyVersion.findFirst({ where: { name }, orderBy: { version: 'desc' } });

const fieldErrorOf = ({ path, reason }: PolicyProblem): FieldError => ({
  field: path,
  code: 'invalid',
  message: reason,
});

async function calendarOf(prisma: PrismaClient, document: unknown): Promise<Calendar> {
  const name = calendarNameIn(document);
  const calendar = name === undefined ? undefined : await calendarNow(prisma, name);
  if (calendar === undefined)
    throw wrongPolicy([{ field: 'calendar', code: 'unknown', message: 'There is no calendar of this name.' }]);
  return calendar;
}

function wrongPolicy(errors: readonly FieldError[]): Problem {
  return new Problem({ status: 400, code: 'invalid_policy', detail: 'The policy makes no sense as it is.', errors });
}
