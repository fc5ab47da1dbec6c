import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** One folder of prisma/migrations/. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** As Prisma writes it to `_prisma_migrations`: sha256 of the file, hexadecimal. */
  readonly checksum: string;
}

/** All migrations in the order of their names, which begin with a time. */
export function migrationsIn(folder: string): readonly Migration[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}
