import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsFolder } from '../prisma/migrate';
import { migrationsIn } from '../prisma/migration-files';
import { sqlBetween } from './migrations/schema-engine';
import { projectFolder } from './servers/project';
import { Trouble, endWith } from './servers/trouble';

/**
 * `npm run migration -- NAME`: writes the migration from the schema as the newest migration left it to schema.prisma as it
 * is now. Needs no database: each migration keeps a copy of the schema it leads to. Add hand-written SQL (triggers,
 * constraints) to the end of the new migration.sql; without a change of the schema it is made empty for that.
 */
async function main(): Promise<void> {
  const name = process.argv[2];
  if (name === undefined || !/^[a-z][a-z0-9_]*$/.test(name)) {
    throw new Trouble('Name the migration in small letters and underscores: npm run migration -- add_delivery_notes');
  }
  const schema = readFileSync(join(projectFolder, 'prisma', 'schema.prisma'), 'utf8');
  const sql = await sqlBetween(schemaBefore(), schema);
  const fullName = `${timeStamp()}_${name}`;
  const folder = join(migrationsFolder, fullName);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'migration.sql'), sql);
  writeFileSync(join(folder, 'schema.prisma'), schema);
  console.log(
    `${sql === '' ? 'The schema has not changed: wrote an empty' : 'Wrote'} prisma/migrations/${fullName}/migration.sql`,
  );
}

function schemaBefore(): string | undefined {
  const newest = migrationsIn(migrationsFolder).at(-1);
  return newest && readFileSync(join(migrationsFolder, newest.name, 'schema.prisma'), 'utf8');
}

/** As Prisma names migrations: 20261121224300. */
function timeStamp(): string {
  return new Date().toISOString().replace(/\D/g, '').slice(0, 14);
}

main().catch(endWith);
