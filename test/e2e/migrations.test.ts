import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type UpgradeOptions, migrate } from '../../prisma/migrate';
import { presentSchema } from '../../prisma/schema-files';
import { sqlBetween } from '../../scripts/migrations/schema-engine';
import { type TestDatabase, createDatabase, createEmptyDatabase } from '../harness/databases';
import { onDatabase } from '../../scripts/servers/on-database';

const databases: TestDatabase[] = [];
afterEach(async () => {
  for (const database of databases.splice(0)) await database.drop();
});

async function emptyDatabase(): Promise<string> {
  const database = await createEmptyDatabase();
  databases.push(database);
  return database.ownerUrl;
}

async function fromSchema(): Promise<string> {
  const url = await emptyDatabase();
  const sql = await sqlBetween(undefined, presentSchema());
  await onDatabase(url, (client) => client.query(sql));
  return url;
}

async function fromMigrations(): Promise<string> {
  const database = await createDatabase();
  databases.push(database);
  return database.ownerUrl;
}

const catalogue = {
  columns: `select format('%s.%s %s %s %s', c.table_name, c.column_name, c.udt_name || coalesce('(' || c.datetime_precision || ')', ''),
      c.is_nullable, c.column_default) as line
    from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.table_name !~ '^_'`,
  indexes: `select indexdef as line from pg_indexes where schemaname = 'public' and tablename !~ '^_'`,
  constraints: `select format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as line from pg_constraint
    where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f') and conrelid <> 0
      and conrelid::regclass::text !~ '^_'`,
  enums: `select format('%s %s %s', t.typname, e.enumsortorder, e.enumlabel) as line
    from pg_enum e join pg_type t on t.oid = e.enumtypid`,
} as const;

async function read(url: string, what: keyof typeof catalogue): Promise<readonly string[]> {
  return onDatabase(url, async (client) => {
    const { rows } = await client.query<{ line: string }>(catalogue[what]);
    return rows.map(({ line }) => line).toSorted();
  });
}

test('migrations and prisma/schema/ lead to the same tables, columns and enums', async () => {
  const [migrated, declared] = [await fromMigrations(), await fromSchema()];
  expect(await read(migrated, 'columns')).toEqual(await read(declared, 'columns'));
  expect(await read(migrated, 'enums')).toEqual(await read(declared, 'enums'));
});

test('migrations make every index and key that prisma/schema/ declares', async () => {
  // Not the other way round: partial indexes and checks, which Prisma cannot say, stand in the migrations only.
  const [migrated, declared] = [await fromMigrations(), await fromSchema()];
  const made = [...(await read(migrated, 'indexes')), ...(await read(migrated, 'constraints'))];
  const wanted = [...(await read(declared, 'indexes')), ...(await read(declared, 'constraints'))];
  expect(wanted.filter((line) => !made.includes(line))).toEqual([]);
});

/** A product of two folders, to be written by the test. */
function smallProduct() {
  const folder = mkdtempSync(join(tmpdir(), 'dingdan-migrations-'));
  const sources: UpgradeOptions = {
    migrations: join(folder, 'migrations'),
    functions: join(folder, 'functions'),
    lists: [],
  };
  mkdirSync(join(folder, 'functions'));
  return {
    sources,
    migration: (name: string, sql: string): void => {
      mkdirSync(join(folder, 'migrations', name), { recursive: true });
      writeFileSync(join(folder, 'migrations', name, 'migration.sql'), sql);
    },
    functions: (organ: string, sql: string): void => writeFileSync(join(folder, 'functions', `${organ}.sql`), sql),
    withoutFunctions: (organ: string): void => rmSync(join(folder, 'functions', `${organ}.sql`)),
    remove: (): void => rmSync(folder, { recursive: true, force: true }),
  };
}

let product: ReturnType<typeof smallProduct>;
beforeEach(() => void (product = smallProduct()));
afterEach(() => product.remove());

const ask = async (url: string, sql: string): Promise<unknown> =>
  onDatabase(url, async (client) => {
    const { rows } = await client.query<{ answer: unknown }>(sql);
    return rows[0]?.answer;
  });

describe('migrations', () => {
  test('each is applied once, in order, also when two processes start together', async () => {
    const url = await emptyDatabase();
    product.migration('2_second', 'alter table things add column colour text');
    product.migration('1_first', 'create table things (id int)');
    const [one, other] = await Promise.all([migrate(url, product.sources), migrate(url, product.sources)]);
    expect([...one.migrations, ...other.migrations]).toEqual(['1_first', '2_second']);
    expect(await migrate(url, product.sources)).toEqual({ migrations: [], functions: false, lists: [] });
  });

  test('one that fails half-way is named, and it is undone with all that came before it in the same upgrade', async () => {
    const url = await emptyDatabase();
    product.migration('1_first', 'create table things (id int)');
    product.migration('2_second', 'create table others (id int); create table others (id int)');
    await expect(migrate(url, product.sources)).rejects.toThrow('Migration 2_second failed and was undone');
    product.migration('2_second', 'create table others (id int)');
    expect((await migrate(url, product.sources)).migrations).toEqual(['1_first', '2_second']);
  });

  test('one that was changed after it had been applied is refused', async () => {
    const url = await emptyDatabase();
    product.migration('1_first', 'create table things (id int)');
    await migrate(url, product.sources);
    product.migration('1_first', 'create table things (id bigint)');
    await expect(migrate(url, product.sources)).rejects.toThrow('write a new migration instead');
  });
});

describe('functions', () => {
  const answering = (word: string): string =>
    `create or replace function said() returns text language sql as $$ select '${word}'::text $$;`;

  test('they are made anew when their text has changed, and only then', async () => {
    const url = await emptyDatabase();
    product.functions('speech', answering('one'));
    expect((await migrate(url, product.sources)).functions).toBe(true);
    expect((await migrate(url, product.sources)).functions).toBe(false);
    product.functions('speech', answering('other'));
    const both = await Promise.all([migrate(url, product.sources), migrate(url, product.sources)]);
    expect(both.filter(({ functions }) => functions)).toHaveLength(1);
    expect(await ask(url, 'select said() as answer')).toBe('other');
  });

  test('one may change what it answers and what it takes, and goes with its file; a stranger stays', async () => {
    const url = await emptyDatabase();
    product.functions('speech', answering('one'));
    await migrate(url, product.sources);
    await onDatabase(url, (client) =>
      client.query(`create function not_ours() returns int language sql as 'select 1'`),
    );
    product.functions(
      'speech',
      `create or replace function said(aloud boolean) returns int language sql as 'select 2';`,
    );
    await migrate(url, product.sources);
    expect(await ask(url, 'select said(true) as answer')).toBe(2);
    expect(await ask(url, `select to_regprocedure('said()') as answer`)).toBeNull();
    product.withoutFunctions('speech');
    await migrate(url, product.sources);
    expect(await ask(url, `select to_regprocedure('said(boolean)') as answer`)).toBeNull();
    expect(await ask(url, 'select not_ours() as answer')).toBe(1);
  });

  test('a migration meets no trigger, neither in its rows nor in the columns that a trigger names', async () => {
    const url = await emptyDatabase();
    const refusing = (column: string): string => `
      create or replace function refuse() returns trigger language plpgsql as $$ begin raise exception 'never changed'; end $$;
      create or replace trigger never before update of "${column}" on things for each row execute function refuse();`;
    product.migration('1_first', 'create table things (colour text)');
    product.functions('things', refusing('colour'));
    await migrate(url, product.sources);
    await onDatabase(url, (client) => client.query(`insert into things values ('red')`));
    product.migration(
      '2_second',
      `alter table things add column hue text; update things set hue = colour, colour = null;
      alter table things drop column colour`,
    );
    product.functions('things', refusing('hue'));
    await migrate(url, product.sources);
    expect(await ask(url, 'select hue as answer from things')).toBe('red');
    await expect(ask(url, `update things set hue = 'blue'`)).rejects.toThrow('never changed');
  });

  test('a file that PostgreSQL refuses is named, and nothing of the upgrade stays', async () => {
    const url = await emptyDatabase();
    product.functions('speech', answering('one'));
    await migrate(url, product.sources);
    product.migration('1_first', 'create table things (id int)');
    product.functions('speech', 'create or replace function said() returns text language sql as $$ select nothing $$;');
    await expect(migrate(url, product.sources)).rejects.toThrow(
      'The functions of speech.sql failed, and all was undone',
    );
    expect(await ask(url, 'select said() as answer')).toBe('one');
    expect(await ask(url, `select to_regclass('things') as answer`)).toBeNull();
  });
});

describe('closed lists', () => {
  const colours = (...words: readonly string[]): UpgradeOptions => ({
    ...product.sources,
    lists: [{ table: 'things', column: 'colour', words }],
  });
  const painted = (colour: string): string => `insert into things values ('${colour}') returning colour as answer`;

  test('S1 the database takes the words that the code says, and no other; the check is made anew when they change', async () => {
    const url = await emptyDatabase();
    product.migration('1_first', 'create table things (colour text)');
    expect((await migrate(url, colours('red', "bull's eye"))).lists).toEqual(['things_colour']);
    expect((await migrate(url, colours('red', "bull's eye"))).lists).toEqual([]);
    expect(await ask(url, painted('red'))).toBe('red');
    await expect(ask(url, painted('blue'))).rejects.toThrow('things_colour');
    expect((await migrate(url, colours('red', 'blue'))).lists).toEqual(['things_colour']);
    expect(await ask(url, painted('blue'))).toBe('blue');
    await expect(ask(url, painted("bull''s eye"))).rejects.toThrow('things_colour');
  });

  test('S1 a list without a word that rows have is refused, and nothing of the upgrade stays', async () => {
    const url = await emptyDatabase();
    product.migration('1_first', 'create table things (colour text)');
    await migrate(url, colours('red', 'blue'));
    await ask(url, painted('blue'));
    await expect(migrate(url, colours('red'))).rejects.toThrow('things_colour');
    expect(await ask(url, painted('blue'))).toBe('blue');
  });

  test('S1 a new database has the statuses of the code', async () => {
    const database = await fromMigrations();
    expect((await migrate(database)).lists).toEqual([]);
  });
});
