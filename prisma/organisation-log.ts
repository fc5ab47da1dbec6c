import { differences, type OrganisationRow } from '../domain/outside/people/organisation-diff';
import type { Prisma } from './generated/client';

/** Who changes the organisation, in which request, and what it is that he does. */
export interface ChangedBy {
  readonly userId: string;
  readonly requestId: string;
  readonly cause: string;
  /** What the rows do not say: a successor, a reason. */
  readonly detail?: Readonly<Record<string, string>>;
}

/**
 * Does the work and keeps what it changed of users, roles, superiors, limits and substitutes, in the same transaction. What
 * differs is read from the rows themselves: no way of changing them has to remember what it did.
 */
export async function logged<T>(
  transaction: Prisma.TransactionClient,
  { userId: by, requestId, cause, detail }: ChangedBy,
  work: () => Promise<T>,
): Promise<T> {
  const before = await rowsNow(transaction);
  const done = await work();
  const changes = differences(before, await rowsNow(transaction));
  await transaction.organisationChange.createMany({
    data: changes.map(({ names, before: was, after: is, ...subject }) => ({
      ...subject,
      by,
      requestId,
      cause,
      fields: [...names],
      ...(was === null ? {} : { before: was as Prisma.InputJsonObject }),
      ...(is === null ? {} : { after: is as Prisma.InputJsonObject }),
      ...(detail === undefined ? {} : { detail }),
    })),
  });
  return done;
}

/** Everybody, and every substitution that is not over: what is over changes no more. */
async function rowsNow(transaction: Prisma.TransactionClient): Promise<readonly OrganisationRow[]> {
  return transaction.$queryRaw<readonly OrganisationRow[]>`
    select 'user' as subject, u.id as "subjectId", u.id as "userId",
           jsonb_build_object('name', u.name, 'email', u.email, 'superior', u.superior, 'active', u.active, 'departedAt', u."departedAt",
             'roles', (select coalesce(jsonb_agg(r.role order by r.role), '[]') from user_roles r where r."userId" = u.id),
             'limit', (select jsonb_build_object('amountFen', l."amountFen", 'discountBp', l."discountBp", 'grades', l.grades)
                         from approval_limits l where l."userId" = u.id)) as fields
      from users u
    union all
    select 'substitution', s.id, s.absent,
           jsonb_build_object('absent', s.absent, 'substitute', s.substitute, 'from', s."fromAt", 'until', s."untilAt",
             'kinds', s.kinds, 'endedAt', s."endedAt", 'endedBy', s."endedBy")
      from substitutions s where s."untilAt" > now() - interval '1 minute'`;
}
