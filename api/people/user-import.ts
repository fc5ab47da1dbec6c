import { isInRing } from '../../domain/outside/people/organisation';
import type { Prisma } from '../../prisma/generated/client';
import type { Transaction } from '../once';
import { type FileProblem, limitOf, type UserRow, wrongFile } from './user-file';

/**
 * Takes all users of a file, or none (MD-1): new ones are added, known ones become what the file says; whoever the file does
 * not name stays as he is. Columns that the file has not change nothing.
 */
export async function importUsers(
  transaction: Transaction,
  { rows, by, now }: { readonly rows: readonly UserRow[]; readonly by: string; readonly now: Date },
): Promise<{ readonly added: number; readonly changed: number }> {
  const known = await transaction.user.findMany({ select: { id: true, superior: true } });
  const problems = wrongSuperiors(rows, known);
  if (problems.length > 0) throw wrongFile(problems);
  const ids = rows.map(({ id }) => id);
  const old = new Set(known.map(({ id }) => id));
  await transaction.user.createMany({ data: rows.filter(({ id }) => !old.has(id)).map(newUser) });
  await changeKnown(
    transaction,
    rows.filter(({ id }) => old.has(id)),
  );
  await transaction.userRole.deleteMany({ where: { userId: { in: ids } } });
  await transaction.userRole.createMany({
    data: rows.flatMap(({ id, roles }) => roles.map((role) => ({ userId: id, role }))),
  });
  await setLimits(transaction, rows, { setBy: by, setAt: now });
  const changed = ids.filter((id) => old.has(id)).length;
  return { added: ids.length - changed, changed };
}

const newUser = ({ id, name, email = null, superior = null }: UserRow) => ({ id, name, email, superior });

/** One statement for all: a file of thousands is taken in a second. */
async function changeKnown(transaction: Transaction, rows: readonly UserRow[]): Promise<void> {
  const json = JSON.stringify(rows.map(({ id, name, email, superior }) => ({ id, name, email, superior })));
  await transaction.$executeRaw`
    update users u set name = x->>'name',
           email = case when x ? 'email' then x->>'email' else u.email end,
           superior = case when x ? 'superior' then x->>'superior' else u.superior end
      from jsonb_array_elements(${json}::jsonb) x where u.id = x->>'id'`;
}

async function setLimits(
  transaction: Transaction,
  rows: readonly UserRow[],
  set: Pick<Prisma.ApprovalLimitCreateManyInput, 'setBy' | 'setAt'>,
): Promise<void> {
  const limits = rows
    .map((row) => ({ userId: row.id, limit: limitOf(row) }))
    .filter(({ limit }) => limit !== undefined);
  await transaction.approvalLimit.deleteMany({ where: { userId: { in: limits.map(({ userId }) => userId) } } });
  await transaction.approvalLimit.createMany({
    data: limits.flatMap(({ userId, limit }) => (limit ? [{ userId, ...limit, ...set }] : [])),
  });
}

/** Superiors may stand in the file itself, in any order; who stands above himself is named with his row. */
function wrongSuperiors(
  rows: readonly UserRow[],
  known: readonly { readonly id: string; readonly superior: string | null }[],
): readonly FileProblem[] {
  const superiors = new Map(known.map(({ id, superior }) => [id, superior]));
  for (const { id, superior } of rows)
    superiors.set(id, superior === undefined ? (superiors.get(id) ?? null) : superior);
  return rows.flatMap(({ row, id, superior }): FileProblem[] => {
    if (superior === undefined || superior === null) return [];
    if (!superiors.has(superior)) return [{ row, column: 'superior', reason: `there is no user ${superior}` }];
    return isInRing(superiors, id) ? [{ row, column: 'superior', reason: `${id} would stand above himself` }] : [];
  });
}
