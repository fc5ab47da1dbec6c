import { createHash } from 'node:crypto';
import { type CustomTypesConfig, type Pool, type QueryResult, types } from 'pg';
import { Prisma, type PrismaClient } from './generated/client';

/**
 * Begins a raw statement of constant text that runs often: PostgreSQL then parses and plans it once per connection, not
 * once per call. Only for statements of few shapes: each shape stays in the memory of each connection.
 */
export const preparedMark = '/* prepared */';

type Query = TemplateStringsArray | Prisma.Sql;

/**
 * A client whose marked statements go to the driver itself, on the client's own pool: Prisma's engine costs more than the
 * driver beneath it. Whatever else is asked, and all that a transaction asks, goes through Prisma.
 */
export function withPreparedStatements(prisma: PrismaClient, pool: Pool): PrismaClient {
  const run = (text: string, values: readonly unknown[]): Promise<QueryResult> =>
    pool.query({ name: preparedName({ sql: text }), text, values: [...values], types: asPrismaReads });
  const ways = {
    $queryRaw: async (query: Query, ...values: unknown[]): Promise<unknown> => {
      const sql = sqlOf(query, values);
      return isMarked(sql.text) ? (await run(sql.text, sql.values)).rows : prisma.$queryRaw(sql);
    },
    $executeRaw: async (query: Query, ...values: unknown[]): Promise<unknown> => {
      const sql = sqlOf(query, values);
      return isMarked(sql.text) ? (await run(sql.text, sql.values)).rowCount : prisma.$executeRaw(sql);
    },
    $queryRawUnsafe: async (text: string, ...values: unknown[]): Promise<unknown> =>
      isMarked(text) ? (await run(text, values)).rows : prisma.$queryRawUnsafe(text, ...values),
    $disconnect: async (): Promise<void> => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
  return new Proxy(prisma, {
    get: (client, name): unknown => Reflect.get(Object.hasOwn(ways, name) ? ways : client, name),
  });
}

const sqlOf = (query: Query, values: readonly unknown[]): Prisma.Sql =>
  query instanceof Prisma.Sql ? query : Prisma.sql(query, ...values);

const isMarked = (text: string): boolean => text.startsWith(preparedMark);

/** What the driver would read otherwise than Prisma: whole numbers beyond 32 bits, and days, which have no zone. */
const readers: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [types.builtins.INT8, (text) => BigInt(text)],
  [types.builtins.DATE, (text) => new Date(`${text}T00:00:00.000Z`)],
  [types.builtins.NUMERIC, (text) => new Prisma.Decimal(text)],
]);

const asPrismaReads: CustomTypesConfig = {
  getTypeParser: (oid, format) => readers.get(oid) ?? types.getTypeParser(oid, format),
};

/** For the driver: names what carries the mark by its text. Empty for all else: parsed for this call only. */
export function preparedName({ sql }: { readonly sql: string }): string {
  if (!isMarked(sql)) return '';
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `p${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
  names.set(sql, name);
  return name;
}

const names = new Map<string, string>();
