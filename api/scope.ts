import type { Role } from '../domain/inside/kernel/vocabulary';
import { Prisma } from '../prisma/generated/client';
import type { Candidacy } from '../domain/outside/people/candidacies';
import type { Caller } from './caller';

/**
 * What a caller may see (Y1, GV-1): the only place that says so. Every list, detail, export and count of orders, and of what
 * belongs to orders, goes through here, in SQL.
 */

/** A salesperson sees the orders he took or looks after, and those where a task waits for him; other roles see all orders. */
export function ordersSeenBy(caller: Caller, orders = Prisma.sql`o`): Prisma.Sql {
  if (caller.roles.some((role) => role !== 'sales')) return Prisma.sql`true`;
  const { userId } = caller;
  return Prisma.sql`(${orders}."salespersonId" = ${userId} or ${orders}."takenBy" = ${userId} or exists (
    select 1 from tasks mine where mine."orderNo" = ${orders}.no and ${userId} = any(mine.users)))`;
}

/** The same the other way round: which of the active users `u` may see an order `o` (HT-13: who is told of it must). */
export const whoSees = Prisma.sql`(u.active and (
  exists (select 1 from user_roles r where r."userId" = u.id and r.role <> 'sales')
  or u.id in (o."salespersonId", o."takenBy")
  or exists (select 1 from tasks named where named."orderNo" = o.no and u.id = any(named.users))))`;

/**
 * A task is for whoever one of its candidates names, himself or by whom he stands in for, and for its fallback while nobody is
 * there (HT-1, HT-2, HT-7); unless four eyes keep one of the persons out.
 */
export function tasksFor(candidacies: readonly Candidacy[]): Prisma.Sql {
  return candidacies.length === 0 ? Prisma.sql`false` : Prisma.sql`(${Prisma.join(candidacies.map(tasksBy), ' or ')})`;
}

/** Open tasks of which somebody has delegated a signature that is his: it comes back to him, so he goes on seeing it (HT-6). */
export function tasksDelegatedBy(candidacies: readonly Candidacy[]): Prisma.Sql {
  const his = anyOf(candidacies, ({ userId }) => ({ state: 'open', delegated: { by: userId } }));
  // In the words of the index.
  return Prisma.sql`(t.state = 'open' and t.slots @> '[{"state": "open", "delegated": {}}]'::jsonb and ${his})`;
}

/** Tasks that somebody has signed: he may undo it, whoever would be asked by now (HT-5). */
export const tasksSignedBy = (candidacies: readonly Candidacy[]): Prisma.Sql =>
  anyOf(candidacies, ({ userId }) => ({ signature: { by: { userId } } }));

function anyOf(candidacies: readonly Candidacy[], slot: (candidacy: Candidacy) => object): Prisma.Sql {
  const slots = [...new Set(candidacies.map((candidacy) => JSON.stringify([slot(candidacy)])))];
  return slots.length === 0
    ? Prisma.sql`false`
    : Prisma.sql`(${Prisma.join(
        slots.map((one) => Prisma.sql`t.slots @> ${one}::jsonb`),
        ' or ',
      )})`;
}

function tasksBy({ userId, roles, superiorKeys, kinds, persons }: Candidacy): Prisma.Sql {
  const ofKind = kinds === 'all' ? Prisma.sql`true` : Prisma.sql`t.kind = any(${[...kinds]}::text[])`;
  const isSuperior =
    superiorKeys.length === 0 ? Prisma.sql`false` : Prisma.sql`t.superiors && ${[...superiorKeys]}::text[]`;
  return Prisma.sql`(${ofKind}
    and (t.roles && ${[...roles]}::text[] or ${userId} = any(t.users) or ${isSuperior}
         or (t."withoutCandidates" and t.fallback && ${[...roles]}::text[]))
    and not exists (select 1 from jsonb_array_elements(t.excluded) x where x->>'userId' = any(${[...persons]}::text[])))`;
}

/** A salesperson sees his own customers, and those of nobody. */
export function customersSeenBy(caller: Caller): Prisma.Sql {
  if (caller.roles.some((role) => role !== 'sales')) return Prisma.sql`true`;
  return Prisma.sql`(c."salespersonId" is null or c."salespersonId" = ${caller.userId})`;
}

/** Roles whose work needs no contact, phone or address of a customer (GV-2). */
const rolesWithoutPersonalData: readonly Role[] = [
  'technical',
  'production',
  'team_lead',
  'quality',
  'checker',
  'purchasing',
  'analyst',
];

/** Whether contact, phone and address of customers are shown to a caller, or masked. */
export function seesPersonalData(caller: Caller): boolean {
  return caller.roles.some((role) => !rolesWithoutPersonalData.includes(role));
}
