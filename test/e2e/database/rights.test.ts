import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { requireDatabaseOfThisVersion } from '../../../prisma/check-database';
import { migrate } from '../../../prisma/migrate';
import { onDatabase } from '../../../scripts/servers/on-database';
import { type TestDatabase, createDatabase, createEmptyDatabase } from '../../harness/databases';
import { surrounding } from '../../harness/surroundings';

let database: TestDatabase;
let application: Client;
beforeAll(async () => {
  database = await createDatabase();
  application = new Client({ connectionString: database.url });
  await application.connect();
  await onDatabase(database.ownerUrl, (owner) =>
    owner.query(`
      begin;
      insert into ledger_entries (key, purpose, "happenedAt") values ('k', 'payment', now());
      insert into ledger_legs ("entryKey", leg, account, "amountFen") values ('k', 1, '1002', 5), ('k', 2, '2203', -5);
      insert into facts ("workflowId", seq, "orderNo", id, kind, filed, body, at, "happenedAt", actor)
        values ('order-1', 1, '1', 'f', 'orderReceived', 'applied', '{}', now(), now(), 'u');
      commit`),
  );
});
afterAll(async () => {
  await application.end();
  await database.drop();
});

describe('the role of API and worker', () => {
  test.each([
    ['M3 changes a ledger entry', `update ledger_entries set purpose = 'bill'`],
    ['M3 moves a posting', `update ledger_legs set account = '1001'`],
    ['M3 deletes a posting', 'delete from ledger_legs'],
    ['X2 changes a fact', `update facts set body = '{"forged":true}'`],
    ['X2 deletes a fact', 'delete from facts'],
    ['X2 empties the facts', 'truncate facts'],
    ['X2 disables the trigger that guards them', 'alter table facts disable trigger facts_immutable'],
    ['X2 disables all triggers for its session', 'set session_replication_role = replica'],
    ['Q5 forgets a movement of goods', 'delete from stock_movements'],
    ['HT-18 rewrites the history of a task', `update task_events set actor = 'u-other'`],
    ['GV-3 rewrites a published policy', `update policy_versions set document = '{}'`],
    ['drops a table', 'drop table notes'],
    ['alters a table', 'alter table orders add column more text'],
    ['makes a table', 'create table mine (id int)'],
    ['makes a function', `create function mine() returns int language sql as 'select 1'`],
    [
      'replaces a function',
      `create or replace function refuse_change() returns trigger language plpgsql as 'begin return new; end'`,
    ],
    ['makes itself the owner', 'set role dingdan'],
    ['makes a role', 'create role friend superuser'],
    ['pretends that a migration was applied', 'delete from _prisma_migrations'],
  ])('%s: refused', async (_what, sql) => {
    await expect(application.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  test('M3, X2 has no right to change or delete what the triggers guard, nor to empty any table', async () => {
    const { rows: guarded } = await application.query<{ name: string; mayChange: boolean }>(
      `select distinct tgrelid::regclass::text as name, has_table_privilege(tgrelid, 'update, delete') as "mayChange"
         from pg_trigger where tgfoid = 'refuse_change'::regproc order by 1`,
    );
    expect(guarded).toEqual(
      ['facts', 'ledger_entries', 'ledger_legs', 'organisation_changes'].map((name) => ({ name, mayChange: false })),
    );
    const { rows: emptied } = await application.query(
      `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
          and has_table_privilege(oid, 'truncate, references, trigger')`,
    );
    expect(emptied).toEqual([]);
  });

  test('is no superuser and nobody need be warned of it; who serves as the owner is', async () => {
    expect(await requireDatabaseOfThisVersion(database.url)).toEqual([]);
    expect(await requireDatabaseOfThisVersion(database.ownerUrl)).toEqual([
      expect.stringMatching(
        /^The role dingdan of DATABASE_URL owns the tables .*DATABASE_OWNER_URL \(docs\/operations\.md/,
      ),
    ]);
  });
});

describe('an upgrade by an owner who is no superuser', () => {
  const suffix = randomBytes(4).toString('hex');
  const [owner, role] = [`owner_${suffix}`, `app_${suffix}`];
  const as = (url: string, username: string): string =>
    Object.assign(new URL(url), { username, password: 'secret' }).toString();
  let own: TestDatabase;
  beforeAll(async () => {
    own = await createEmptyDatabase();
    const name = new URL(own.url).pathname.slice(1);
    await onDatabase(surrounding('postgresUrl'), (client) =>
      client.query(`create role ${owner} login createrole password 'secret'; alter database ${name} owner to ${owner}`),
    );
  });
  afterAll(async () => {
    await own.drop();
    await onDatabase(surrounding('postgresUrl'), (client) =>
      client.query(`drop role if exists ${role}; drop role ${owner}`),
    );
  });

  test('makes the application its role and gives it its rights, and again after the next change', async () => {
    const [ownerUrl, applicationUrl] = [as(own.ownerUrl, owner), as(own.url, role)];
    await migrate(ownerUrl, { applicationUrl });
    expect((await migrate(ownerUrl, { applicationUrl })).migrations).toEqual([]);
    expect(await requireDatabaseOfThisVersion(applicationUrl)).toEqual([]);
    await onDatabase(applicationUrl, async (client) => {
      await client.query(`insert into customers (id, "legalName", grade) values ('C-1', '宏达', 'A')`);
      await client.query(`select suspend_customer('bill:1', 'C-1')`);
      await expect(client.query('delete from customers')).rejects.toMatchObject({ code: '42501' });
      // A temporary table would stand before ours of the same name, for whoever uses the connection next.
      await expect(client.query('create temporary table facts (id int)')).rejects.toMatchObject({ code: '42501' });
    });
  });

  test('is refused when the two addresses name different databases', async () => {
    await expect(migrate(as(own.ownerUrl, owner), { applicationUrl: database.url })).rejects.toThrow(
      /^DATABASE_URL and DATABASE_OWNER_URL must name one database/,
    );
  });
});

test('a program whose role was given nothing says what to do', async () => {
  const bare = await createEmptyDatabase();
  await migrate(bare.ownerUrl);
  await expect(requireDatabaseOfThisVersion(bare.url)).rejects.toThrow(
    /no rights: run `npm run migrate` with DATABASE_OWNER_URL/,
  );
  await bare.drop();
});
