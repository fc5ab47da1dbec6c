import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrismaClient } from '../../../prisma/client';
import { Prisma } from '../../../prisma/generated/client';
import { migrate, migrationsFolder } from '../../../prisma/migrate';
import { migrationsIn } from '../../../prisma/migration-files';
import { onDatabase } from '../../../scripts/servers/on-database';
import { type TestDatabase, createEmptyDatabase } from '../../harness/databases';

/**
 * A database that has seen every version: made by the first migration, with rows of each kind as that version kept them, then taken
 * through each later migration, which may bring rows of its new tables. The next migration is covered as soon as it is there.
 */

/** Rows that a later migration moves or gives up on purpose: table of old → where they are now, or why there are none. */
const moved: Readonly<Record<string, string>> = {};

/** What was written once reads the same for ever; its columns may become more, never fewer. */
const writtenOnce = ['facts', 'ledger_entries', 'ledger_legs', 'organisation_changes'];

type Row = Readonly<Record<string, unknown>>;
type Tables = Readonly<Record<string, readonly Row[]>>;

let database: TestDatabase;
let before: Tables;
let after: Tables;

beforeAll(async () => {
  database = await createEmptyDatabase();
  before = await madeByTheVersionBefore(database.ownerUrl);
  await migrate(database.ownerUrl);
  await fill(database.ownerUrl, names.slice(1).at(-1));
  after = await tablesOf(database.ownerUrl);
});
afterAll(() => database.drop());

const names = migrationsIn(migrationsFolder).map(({ name }) => name);

/** Applies all migrations but the newest (the first one always), without functions, each followed by the rows of its version. */
async function madeByTheVersionBefore(url: string): Promise<Tables> {
  const folder = mkdtempSync(join(tmpdir(), 'dingdan-upgrade-'));
  try {
    for (const name of [...names.slice(0, 1), ...names.slice(1, -1)]) {
      cpSync(join(migrationsFolder, name), join(folder, name), { recursive: true });
      await migrate(url, { migrations: folder, functions: join(folder, 'none') });
      await fill(url, name);
    }
    return await tablesOf(url);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(url: string, migration: string | undefined): Promise<void> {
  const rows = join(__dirname, 'rows', `${migration}.sql`);
  if (existsSync(rows)) await onDatabase(url, (client) => client.query(readFileSync(rows, 'utf8')));
}

async function tablesOf(url: string): Promise<Tables> {
  return onDatabase(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'public' and tablename !~ '^_'`,
    );
    const read: Record<string, readonly Row[]> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: Row }>(`select to_jsonb(t) as row from "${name}" t order by t::text`);
      read[name] = rows.map(({ row }) => row);
    }
    return read;
  });
}

test('the database holds rows of each kind', () => {
  // red? A migration made a table: put rows of it into test/e2e/database/rows/<name of the migration>.sql
  expect(Object.keys(after).filter((table) => after[table]?.length === 0)).toEqual([]);
});

test('X2 every row of it is there after the upgrade', () => {
  const lost = Object.entries(before)
    .filter(([table, rows]) => !(table in moved) && (after[table]?.length ?? 0) < rows.length)
    .map(([table]) => table);
  expect(lost).toEqual([]);
});

test('X2, M3 what is written once reads the same', () => {
  for (const table of writtenOnce)
    expect(after[table]).toEqual((before[table] ?? []).map((row) => expect.objectContaining(row)));
});

test('every constraint holds for the old rows', async () => {
  const unproven = await onDatabase(database.ownerUrl, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select conname as name from pg_constraint where not convalidated`,
    );
    return rows;
  });
  expect(unproven).toEqual([]);
});

test('this version reads every row of every table', async () => {
  const prisma = createPrismaClient(database.ownerUrl, { poolSize: 2 });
  try {
    for (const model of Object.values(Prisma.ModelName)) {
      const rows: readonly unknown[] = await Reflect.get(
        prisma,
        `${model[0]?.toLowerCase()}${model.slice(1)}`,
      ).findMany();
      expect({ model, isEmpty: rows.length === 0 }).toEqual({ model, isEmpty: false });
    }
  } finally {
    await prisma.$disconnect();
  }
});

test('AL-1, HG-2, X2 the functions and triggers of this version work on the old rows', async () => {
  await onDatabase(database.ownerUrl, async (client) => {
    const ask = async (sql: string) => (await client.query<{ answer: unknown }>(sql)).rows[0]?.answer;
    const wanted = `'[{"line": 1, "itemId": "I-1", "quantity": 25}]'`;
    expect(await ask(`select reserve_stock('r-2', '20261121-0001', ${wanted}) as answer`)).toEqual([
      { line: 1, reserved: 20 },
    ]);
    await ask(`select lift_suspension('bill:1', 'C-1')`);
    expect(await ask(`select count(*)::int as answer from inbox where kind = 'customerStatusChanged'`)).toBe(1);
    await expect(ask('delete from facts')).rejects.toThrow('never changed');
  });
});
