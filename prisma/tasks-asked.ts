import type { AskedNow } from '../domain/outside/notices/addressees';
import type { Outcome } from '../domain/inside/kernel/worklist/terms';
import type { PrismaClient } from './generated/client';

/** A task as mails and pages show it, and as the organisation looks at it. */
export interface TaskAsked extends AskedNow {
  readonly id: string;
  readonly orderNo: string;
  readonly outcomes: readonly Outcome[];
  /** In the company's zone: `2026-11-24 09:00`. */
  readonly dueText: string;
  /** The reasons that policy names for a return or a rejection; empty: any. */
  readonly reasons: readonly string[];
  readonly outcome: string | null;
  readonly decidedBy: string | null;
  /** The decider's name, where a person decided. */
  readonly decidedByName: string | null;
  readonly decidedText: string | null;
}

type Row = Omit<TaskAsked, 'amountFen'> & { readonly amountFen: bigint | null };

/** These tasks as they stand now, by id. */
export async function tasksAsked(
  prisma: PrismaClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, TaskAsked>> {
  if (ids.length === 0) return new Map();
  const rows = await prisma.$queryRaw<readonly Row[]>`/* prepared */
    select t.id, t."orderNo", t.kind, t.state, t.roles, t.users, t.slots, t.signing, t.fallback, t.excluded, t."amountFen", t.measures,
           t.outcomes, t.outcome, t."decidedBy", u.name as "decidedByName",
           to_char(t."dueAt" at time zone 'UTC' + zone.of, ${form}) as "dueText",
           to_char(t."decidedAt" at time zone 'UTC' + zone.of, ${form}) as "decidedText",
           coalesce(o.terms->'tasks'->t.kind->'reasons', '[]') as reasons
      from tasks t
      join orders o on o.no = t."orderNo"
      left join users u on u.id = t."decidedBy"
      cross join lateral (select coalesce((o.terms->'calendar'->>'offsetMinutes')::int, 480) * interval '1 minute' as of) zone
     where t.id = any(${[...ids]}::text[])`;
  return new Map(rows.map((row) => [row.id, askedOf(row)]));
}

/** Whom these tasks ask now, by id: all that addressing a notice needs, without opening the terms of their orders. */
export async function askedNow(prisma: PrismaClient, ids: readonly string[]): Promise<ReadonlyMap<string, AskedNow>> {
  if (ids.length === 0) return new Map();
  const rows = await prisma.$queryRaw<readonly AskedRow[]>`/* prepared */
    select id, kind, state, roles, users, slots, signing, fallback, excluded, "amountFen", measures
      from tasks where id = any(${[...ids]}::text[])`;
  return new Map(rows.map((row) => [row.id, askedOf(row)]));
}

type AskedRow = Omit<AskedNow, 'amountFen'> & Pick<Row, 'id' | 'amountFen'>;

/** A task's row as the organisation looks at it: its amount is a number, or not there. */
export function askedOf<R extends { readonly amountFen: bigint | null }>({ amountFen, ...task }: R) {
  return { ...task, ...(amountFen === null ? {} : { amountFen: Number(amountFen) }) };
}

const form = 'YYYY-MM-DD HH24:MI';

/** The version of the organisation as it is now. */
export async function organisationVersion(prisma: PrismaClient): Promise<bigint> {
  const [row] = await prisma.$queryRaw<readonly { readonly version: bigint }[]>`/* prepared */
    select version from organisation_version`;
  if (row === undefined) throw new Error('the organisation has no version');
  return row.version;
}
