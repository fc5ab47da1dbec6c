import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { requireDatabaseOfThisVersion } from '../../../prisma/check-database';
import { migrate } from '../../../prisma/migrate';
import { requireDataOfThisVersion } from '../../../scripts/servers/data-format';
import { onDatabase } from '../../../scripts/servers/on-database';
import { projectFolder } from '../../../scripts/servers/project';
import { type TestDatabase, createDatabase, createEmptyDatabase } from '../../harness/databases';
import { temporalAddress } from '../../harness/temporal';

const databases: TestDatabase[] = [];
afterAll(async () => {
  for (const database of databases) await database.drop();
});

async function kept(made: Promise<TestDatabase>): Promise<TestDatabase> {
  const database = await made;
  databases.push(database);
  return database;
}

/** A database in which a migration was applied that this version does not have. */
async function withMigration(name: string): Promise<TestDatabase> {
  const database = await kept(createDatabase());
  await onDatabase(database.ownerUrl, (client) =>
    client.query(`insert into "_prisma_migrations" (id, checksum, migration_name) values ('x', 'x', $1)`, [name]),
  );
  return database;
}

/** As the versions before the first release schema left it. */
const madeBefore = (): Promise<TestDatabase> => withMigration('20261121000000_first');
const refusal =
  /^The database test_\w+ at 127\.0\.0\.1:\d+ was made by Dingdan 0\.1 before its first release schema.*move \.data away.*set DATABASE_URL to an empty database\.$/;

describe('a database of the version before the first release schema', () => {
  test('is not migrated', async () => {
    const { ownerUrl } = await madeBefore();
    await expect(migrate(ownerUrl)).rejects.toThrow(refusal);
  });

  test.each(['scripts/migrate.ts', 'api/main.ts', 'worker/main.ts'])('ends %s with one line', async (program) => {
    const { ownerUrl } = await madeBefore();
    const environment = {
      DATABASE_URL: ownerUrl,
      TEMPORAL_ADDRESS: temporalAddress(),
      LOG_LEVEL: 'warn',
      API_PORT: '0',
      DINGDAN_SEAL_KEYS: `1:${randomBytes(32).toString('base64')}`,
    };
    const child = spawn(process.execPath, ['--import', 'tsx', join(projectFolder, program)], {
      cwd: projectFolder,
      timeout: 50_000,
      env: { ...process.env, ...environment },
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const [code, said] = await Promise.all([ended, text(child.stderr)]);
    expect([code, said.trim()]).toEqual([1, expect.stringMatching(refusal)]);
  });
});

test('a database of a newer version is not migrated, and programs of this version may still end their work on it', async () => {
  const { ownerUrl, url } = await withMigration('29991231000000_later');
  await expect(migrate(ownerUrl)).rejects.toThrow(
    /newer version of Dingdan \(29991231000000_later\): run that version/,
  );
  await expect(requireDatabaseOfThisVersion(url)).resolves.toEqual([]);
});

test('a program does not start on a database that is not migrated yet', async () => {
  const { ownerUrl } = await kept(createEmptyDatabase());
  await expect(requireDatabaseOfThisVersion(ownerUrl)).rejects.toThrow(/older than this version.*npm run migrate/);
});

test('S1 a program does not start on a database that does not take every status of its orders', async () => {
  const { ownerUrl } = await kept(createDatabase());
  await onDatabase(ownerUrl, (client) =>
    client.query(
      `alter table orders drop constraint orders_status, add constraint orders_status check (status in ('on_hold'))`,
    ),
  );
  await expect(requireDatabaseOfThisVersion(ownerUrl)).rejects.toThrow(/older than this version.*npm run migrate/);
  await migrate(ownerUrl);
  await expect(requireDatabaseOfThisVersion(ownerUrl)).resolves.toBeDefined();
});

test('a program waits for a database that is away', async () => {
  await expect(requireDatabaseOfThisVersion('postgresql://a:b@127.0.0.1:1/none')).resolves.toEqual([]);
});

describe('the folder .data/', () => {
  let folder: string;
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'dingdan-data-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('a new one is ours from then on', () => {
    requireDataOfThisVersion(folder);
    mkdirSync(join(folder, 'postgres'));
    expect(() => requireDataOfThisVersion(folder)).not.toThrow();
  });

  test.each(['postgres', 'temporal.db'])('one with %s of the version before is refused, and left as it is', (name) => {
    writeFileSync(join(folder, name), '');
    expect(() => requireDataOfThisVersion(folder)).toThrow(
      /made by Dingdan 0\.1 before its first release schema.*move/,
    );
    expect(existsSync(join(folder, 'format'))).toBe(false);
  });

  test('one of a newer version is refused', () => {
    writeFileSync(join(folder, 'format'), '2\n');
    expect(() => requireDataOfThisVersion(folder)).toThrow(/newer version of Dingdan \(format 2\)/);
  });
});
