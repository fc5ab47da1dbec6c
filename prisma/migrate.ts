import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Client } from 'pg';
import { projectFolder } from '../scripts/servers/project';
import { advisoryLocks } from './advisory-locks';
import { type Migration, migrationsIn } from './migration-files';

/**
 * Brings the database to the newest migration and answers the names of those it applied. Each runs in a transaction of its
 * own together with its row in `_prisma_migrations`, so it happens wholly or not at all; processes that start at the same
 * time wait for each other.
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder): Promise<readonly string[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [advisoryLocks.migration]);
    const pending = pendingOf(migrationsIn(folder), await appliedTo(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map(({ name }) => name);
  } finally {
    await client.end(); // ends the session, and with it the lock
  }
}

export const migrationsFolder = join(projectFolder, 'prisma', 'migrations');

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
    throw new Error(
      `Migration ${edited.name} was changed after this database had applied it: write a new migration instead.`,
    );
  }
  return migrations.filter(({ name }) => !checksums.has(name));
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query(
      `insert into "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       values ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`Migration ${name} failed and was undone: ${String(error)}`, { cause: error });
  }
}
