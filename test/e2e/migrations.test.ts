import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrationsIn } from '../../prisma/migration-files';
import { migrate, migrationsFolder } from '../../prisma/migrate';
import { sqlBetween } from '../../scripts/migrations/schema-engine';
import { projectFolder } from '../../scripts/servers/project';
import { type TestDatabase, createDatabase, createEmptyDatabase } from '../harness/databases';
import { onDatabase } from '../../scripts/servers/on-database';

const databases: TestDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

async function emptyDatabase(): Promise<string> {
  const database = await createEmptyDatabase();
  databases.push(database);
  return database.url;
}

async function fromSchema(): Promise<string> {
  const url = await emptyDatabase();
  const sql = await sqlBetween(undefined, readFileSync(join(projectFolder, 'prisma', 'schema.prisma'), 'utf8'));
  await onDatabase(url, (client) => client.query(sql));
  return url;
}

async function fromMigrations(): Promise<string> {
  const database = await createDatabase();
  databases.push(database);
  return database.url;
}

const catalogue = {
  columns: `select format('%s.%s %s %s %s', c.table_name, c.column_name, c.udt_name || coalesce('(' || c.datetime_precision || ')', ''),
      c.is_nullable, c.column_default) as line
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name <> '_prisma_migrations'`,
  indexes: `select indexdef as line from pg_indexes where schemaname = 'public' and tablename <> '_prisma_migrations'`,
  constraints: `select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as line from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f') and conrelid <> 0
      and conrelid::regclass::text <> '_prisma_migrations'`,
  enums: `select format('%s %s %s', t.typname, e.enumsortorder, e.enumlabel) as line
    from pg_enum e join pg_type t on t.oid = e.enumtypid`,
} as const;

async function read(url: string, what: keyof typeof catalogue): Promise<readonly string[]> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<{ line: string }>(catalogue[what]);
    return rows.map(({ line }) => line).toSorted();
  });
}

test('migrations and schema.prisma lead to the same tables, columns and enums', async () => {
  const [migrated, declared] = [await fromMigrations(), await fromSchema()];
  expect(await read(migrated, 'columns')).toEqual(await read(declared, 'columns'));
  expect(await read(migrated, 'enums')).toEqual(await read(declared, 'enums'));
});

test('migrations make every index and key that schema.prisma declares', async () => {
  // Not the other way round: partial indexes and checks, which Prisma cannot say, stand in the migrations only.
  const [migrated, declared] = [await fromMigrations(), await fromSchema()];
  const made = [...(await read(migrated, 'indexes')), ...(await read(migrated, 'constraints'))];
  const wanted = [...(await read(declared, 'indexes')), ...(await read(declared, 'constraints'))];
  expect(wanted.filter((line) => !made.includes(line))).toEqual([]);
});

test('HG-3 orders that were approved before credit was reserved take it up after the migration, once', async () => {
  const url = await emptyDatabase();
  const before = mkdtempSync(join(tmpdir(), 'dingdan-former-'));
  try {
    for (const { name } of migrationsIn(migrationsFolder).filter((one) => one.name < '20261122030140'))
      cpSync(join(migrationsFolder, name), join(before, name), { recursive: true });
    await migrate(url, before);
  } finally {
    rmSync(before, { recursive: true, force: true });
  }
  const onAccount = { balanceBeforeShipment: false, smallOrderPath: null };
  await onDatabase(url, async (client) => {
    await client.query(`insert into customers (id, "legalName", grade) values ('C-1', '宏达机械有限公司', 'A')`);
    const accept = (no: string, status: string, terms: object): Promise<unknown> =>
      client.query(
        `insert into orders (no, "customerId", channel, "takenBy", "salespersonId", grade, "policyName", "policyVersion", status,
                             "totalFen", "depositFen", terms) values ($1, 'C-1', 'phone', 'u', 'u', 'A', 'default', 1, $2, 1000, 300, $3)`,
        [no, status, terms],
      );
    await accept('20261121-0001', 'in_production', onAccount);
    await accept('20261121-0002', 'allocated', { ...onAccount, balanceBeforeShipment: true });
    await accept('20261121-0003', 'delivered', { ...onAccount, smallOrderPath: 'guarantor' });
    await accept('20261121-0004', 'pending_review', onAccount);
    await accept('20261121-0005', 'cancelled', onAccount);
    await accept('20261121-0006', 'approved', { ...onAccount, exposureFen: 400 });
    await accept('20261121-0007', 'approved', { ...onAccount, balanceBeforeShipment: true });
    await client.query(
      `insert into facts ("workflowId", seq, "orderNo", id, kind, standing, body, at, "happenedAt", actor)
       values ('order-20261121-0007', 2, '20261121-0007', 'f', 'orderRevised', 'applied', $1, now(), now(), 'u')`,
      [{ terms: onAccount }],
    );
    await client.query(
      `insert into shipments (no, "orderNo", status, leave) values ('20261121-0003-S1', '20261121-0003', 'delivered', 'small_order_path')`,
    );
  });
  await migrate(url);
  expect(await migrate(url)).toEqual([]);
  const taken = await onDatabase(url, async (client) => {
    const { rows } = await client.query<{ no: string; fen: string; gone: string }>(
      `select o.no, r."exposureFen" as fen, o."goneUnpaidFen" as gone from credit_reservations r join orders o on o.no = r."orderNo" order by 1`,
    );
    return rows.map(({ no, fen, gone }) => [no, Number(fen), Number(gone)]);
  });
  expect(taken).toEqual([
    ['20261121-0001', 700, 0],
    ['20261121-0002', 0, 0],
    ['20261121-0003', 0, 1000],
    ['20261121-0006', 400, 0],
    ['20261121-0007', 700, 0],
  ]);
});

describe('migrate', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dingdan-migrations-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, sql: string): void {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, 'migration.sql'), sql);
  }

  test('applies each migration once, in order, also when two processes start together', async () => {
    const url = await emptyDatabase();
    write('2_second', 'alter table things add column colour text');
    write('1_first', 'create table things (id int)');
    const [one, other] = await Promise.all([migrate(url, folder), migrate(url, folder)]);
    expect([...one, ...other]).toEqual(['1_first', '2_second']);
    expect(await migrate(url, folder)).toEqual([]);
  });

  test('undoes a migration that fails half-way, and says which', async () => {
    const url = await emptyDatabase();
    write('1_first', 'create table things (id int); create table things (id int)');
    await expect(migrate(url, folder)).rejects.toThrow('Migration 1_first failed and was undone');
    write('1_first', 'create table things (id int)');
    expect(await migrate(url, folder)).toEqual(['1_first']);
  });

  test('refuses a migration that was changed after it had been applied', async () => {
    const url = await emptyDatabase();
    write('1_first', 'create table things (id int)');
    await migrate(url, folder);
    write('1_first', 'create table things (id bigint)');
    await expect(migrate(url, folder)).rejects.toThrow('write a new migration instead');
  });
});
