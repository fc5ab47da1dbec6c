import type { Limits } from '../domain/inside/kernel/actor';
import { type Grade, grades, type Role, roles as knownRoles } from '../domain/inside/kernel/vocabulary';
import { type TaskKind, taskKinds } from '../domain/inside/processes';
import type { Organisation, Person, Substitution } from '../domain/outside/people/organisation';
import type { PrismaClient } from './generated/client';

/** The organisation as of a version; every caller brings the one that stood when his token was looked up. */
export type ReadOrganisation = (version: bigint) => Promise<Organisation>;

/** One reader per API process: a question costs nothing, a change one reading of everything. */
export function organisationReader(prisma: PrismaClient): ReadOrganisation {
  let kept: { readonly version: bigint; readonly organisation: Promise<Organisation> } | undefined;
  return async (version) => {
    if (kept === undefined || kept.version < version) {
      const reading = { version, organisation: read(prisma) };
      reading.organisation.catch(() => {
        if (kept === reading) kept = undefined;
      });
      kept = reading;
    }
    return kept.organisation;
  };
}

/** More people than this belong to several companies; a bound, not a page. */
const mostPeople = 20_000;

async function read(prisma: PrismaClient): Promise<Organisation> {
  const [people, substitutions] = await Promise.all([
    prisma.$queryRaw<readonly PersonRow[]>`
      select u.id as "userId", u.active, u.superior, array(select r.role from user_roles r where r."userId" = u.id order by r.role) as roles,
             l."userId" is not null as limited, l."amountFen", l."discountBp", l.grades
        from users u left join approval_limits l on l."userId" = u.id order by u.id limit ${mostPeople}`,
    prisma.substitution.findMany({ where: { untilAt: { gt: new Date() } }, orderBy: { id: 'asc' }, take: mostPeople }),
  ]);
  return {
    people: new Map(people.map((row) => [row.userId, personOf(row)])),
    substitutions: substitutions.map(substitutionOf),
  };
}

interface PersonRow {
  readonly userId: string;
  readonly active: boolean;
  readonly superior: string | null;
  readonly roles: readonly string[];
  readonly limited: boolean;
  readonly amountFen: bigint | null;
  readonly discountBp: number | null;
  readonly grades: readonly string[] | null;
}

function personOf({ userId, active, superior, roles, limited, amountFen, discountBp, grades: of }: PersonRow): Person {
  const limits: Limits = {
    ...(amountFen === null ? {} : { amountFen: Number(amountFen) }),
    ...(discountBp === null ? {} : { discountBp }),
    ...(of === null || of.length === 0 ? {} : { grades: of.filter(isGrade) }),
  };
  return { userId, active, superior, roles: roles.filter(isRole), ...(limited ? { limits } : {}) };
}

interface SubstitutionRow {
  readonly id: string;
  readonly absent: string;
  readonly substitute: string;
  readonly fromAt: Date;
  readonly untilAt: Date;
  readonly endedAt: Date | null;
  readonly kinds: readonly string[];
}

/** A substitution that was ended early ends then; one for kinds of tasks that no order opens any more stands for nothing. */
export function substitutionOf({
  id,
  absent,
  substitute,
  fromAt,
  untilAt,
  endedAt,
  kinds,
}: SubstitutionRow): Substitution {
  const known = kinds.filter(isTaskKind);
  const isVoid = kinds.length > 0 && known.length === 0;
  const until = isVoid ? fromAt : endedAt !== null && endedAt < untilAt ? endedAt : untilAt;
  return {
    id,
    absent,
    substitute,
    from: fromAt.toISOString(),
    until: until.toISOString(),
    kinds: known,
  };
}

const isRole = (role: string): role is Role => knownRoles.some((known) => known === role);
const isGrade = (grade: string): grade is Grade => grades.some((known) => known === grade);
const isTaskKind = (kind: string): kind is TaskKind => taskKinds.some((known) => known === kind);
