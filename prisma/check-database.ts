import { Client } from 'pg';
import { Trouble } from '../scripts/servers/trouble';
import { takesEveryWord } from './closed-lists';
import { databaseIsAway } from './database-away';
import { nameOf, requireOurMigrations } from './made-by';
import { migrationsIn } from './migration-files';
import { migrationsFolder } from './migrate';
import { mightOf } from './rights';

/**
 * What a program asks before it serves: throws one line if the database is of another version than the program. A database that
 * is away is no reason not to start: the program waits for it. One that a newer version has brought up to date is none either:
 * old and new programs run side by side while they are exchanged. Answers what the operator
 * should know.
 */
export async function requireDatabaseOfThisVersion(databaseUrl: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    requireMigrations(databaseUrl, await migrationsOf(client));
    if (!(await takesEveryWord(client))) throw older(databaseUrl);
    const might = await mightOf(client);
    return might === undefined ? [] : [might];
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === forbidden)
      throw new Trouble(
        `${nameOf(databaseUrl)} has given its role no rights: run \`npm run migrate\` with DATABASE_OWNER_URL first.`,
      );
    if (!databaseIsAway(error)) throw error;
    return [];
  } finally {
    await client.end().catch(() => undefined); // it may never have been open
  }
}

/** PostgreSQL's `insufficient_privilege`. */
const forbidden = '42501';

async function migrationsOf(client: Client): Promise<readonly string[]> {
  const { rows: tables } = await client.query<{ there: boolean }>(
    `select to_regclass('"_prisma_migrations"') is not null as there`,
  );
  if (tables[0]?.there !== true) return [];
  const { rows } = await client.query<{ name: string }>(
    `select migration_name as name from "_prisma_migrations" where rolled_back_at is null order by migration_name`,
  );
  return rows.map(({ name }) => name);
}

function requireMigrations(databaseUrl: string, applied: readonly string[]): void {
  const ours = migrationsIn(migrationsFolder).map(({ name }) => name);
  const newest = ours.at(-1) ?? '';
  requireOurMigrations(
    databaseUrl,
    applied.filter((name) => name < newest),
    ours,
  );
  if (ours.every((name) => applied.includes(name))) return;
  throw older(databaseUrl);
}

const older = (databaseUrl: string): Trouble =>
  new Trouble(`${nameOf(databaseUrl)} is older than this version of Dingdan: run \`npm run migrate\` first.`);
