import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsFolder } from '../prisma/migrate';
import { presentSchema } from '../prisma/schema-files';
import { sqlBetween } from './migrations/schema-engine';
import { Trouble, endWith } from './servers/trouble';

/**
 * `npm run migration -- NAME`: writes the migration from the schema as the newest migration left it to prisma/schema/ as it is now.
 * Needs no database: prisma/migrations/schema.prisma is the schema that all migrations together lead to, and is written anew here.
 * Add hand-written SQL (constraints, partial indexes, changes of rows) to the end of the new migration.sql; without a change of the
 * schema it is made empty for that. Functions and triggers stand in prisma/functions/ and need no migration.
 */
async function main(): Promise<void> {
  const name = process.argv[2];
  if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Trouble('Name the migration in small letters and underscores: npm run migration -- add_delivery_notes');
  }
  const schema = presentSchema();
  const sql = await sqlBetween(schemaBefore(), schema);
  const fullName = `${timeStamp()}_${name}`;
  const folder = join(migrationsFolder, fullName);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql);
  writeFileSync(keptSchema, schema);
  console.log(
    `${sql === '' ? 'The schema has not changed: wrote an empty' : 'Wrote'} prisma/migrations/${fullName}/migration.sql`,
  );
}

const keptSchema = join(migrationsFolder, 'schema.prisma');

function schemaBefore(): string | undefined {
  return existsSync(keptSchema) ? readFileSync(keptSchema, 'utf8') : undefined;
}

/** As Prisma names migrations: 20261121224300. */
function timeStamp(): string {
  return new Date().toISOString().replace(/\D/g, '').slice(0, 14);
}

main().catch(endWith);
