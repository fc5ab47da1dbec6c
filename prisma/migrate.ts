import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { projectFolder } from '../scripts/servers/project';
import { Trouble } from '../scripts/servers/trouble';
import { advisoryLocks } from './advisory-locks';
import { closedLists, type ClosedList, renewClosedLists } from './closed-lists';
import { addFunctions, functionsDiffer, removeFunctions } from './functions';
import { requireOurMigrations } from './made-by';
import { type Migration, functionFilesIn, migrationsIn } from './migration-files';
import { grantRights } from './rights';

export const migrationsFolder = join(projectFolder, 'prisma', 'migrations');
export const functionsFolder = join(projectFolder, 'prisma', 'functions');

export interface UpgradeOptions {
  /** As the application is to connect: its role is made where it is missing, and given its rights. */
  readonly applicationUrl?: string;
  /** Where migrations and functions are read from: those of the product, but for tests. */
  readonly migrations?: string;
  readonly functions?: string;
  /** The lists that checks are made of. */
  readonly lists?: readonly ClosedList[];
}

/** What an upgrade did. */
export interface Upgrade {
  /** The migrations that it applied. */
  readonly migrations: readonly string[];
  /** Whether it made the functions and triggers anew. */
  readonly functions: boolean;
  /** The checks of closed lists that it made anew, because the code says other words. */
  readonly lists: readonly string[];
}

/**
 * Brings the database to the newest migration, to the functions as their files say them and to the closed lists as the code says
 * them, and the application to its rights. It happens in one transaction, so wholly or not at all; processes that start at the same time wait for each other. While migrations run there are no functions and triggers:
 * a migration sees tables only, whatever the functions said when the database was made.
 */
export async function migrate(
  ownerUrl: string,
  {
    applicationUrl,
    migrations = migrationsFolder,
    functions = functionsFolder,
    lists = closedLists,
  }: UpgradeOptions = {},
): Promise<Upgrade> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [advisoryLocks.migration]);
    const [ours, applied] = [migrationsIn(migrations), await appliedTo(client)];
    requireOurMigrations(ownerUrl, namesOf(applied), namesOf(ours));
    const pending = pendingOf(ours, applied);
    const files = functionFilesIn(functions);
    const renew = (await functionsDiffer(client, files)) || pending.length > 0;
    if (renew) await removeFunctions(client);
    for (const migration of pending) await apply(client, migration);
    const renewed = await renewClosedLists(client, lists);
    if (renew) await addFunctions(client, files);
    if (applicationUrl !== undefined) await grantRights(client, ownerUrl, applicationUrl);
    await client.query('commit');
    return { migrations: namesOf(pending), functions: renew, lists: renewed };
  } finally {
    await client.end(); // ends the session, and with it a transaction that was not committed, and the lock
  }
}

const namesOf = (all: readonly { readonly name: string }[]): readonly string[] => all.map(({ name }) => name);

interface Applied {
  readonly name: string;
  readonly checksum: string;
}

async function appliedTo(client: Client): Promise<readonly Applied[]> {
  await client.query(`create table if not exists "_prisma_migrations" (
    "id" varchar(36) primary key not null,
    "checksum" varchar(64) not null,
    "finished_at" timestamptz,
    "migration_name" varchar(255) not null,
    "logs" text,
    "rolled_back_at" timestamptz,
    "started_at" timestamptz not null default now(),
    "applied_steps_count" integer not null default 0
  )`);
  const { rows } = await client.query<Applied>(
    `select migration_name as name, checksum from "_prisma_migrations" where rolled_back_at is null order by migration_name`,
  );
  return rows;
}

function pendingOf(migrations: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  const checksums = new Map(applied.map(({ name, checksum }) => [name, checksum]));
  const edited = migrations.find(({ name, checksum }) => (checksums.get(name) ?? checksum) !== checksum);
  if (edited !== undefined) {
    throw new Trouble(
      `Migration ${edited.name} was changed after this database had applied it: write a new migration instead.`,
    );
  }
  return migrations.filter(({ name }) => !checksums.has(name));
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    throw new Error(`Migration ${name} failed and was undone: ${String(error)}`, { cause: error });
  }
  await client.query(
    `insert into "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     values ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  );
}
