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
      return { name, sql, checksum: sha256(sql) };
    });
}

/** One file of prisma/functions/: the functions of an organ, and the triggers that call them. */
export interface FunctionFile {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** All files of functions in the order of their names. */
export function functionFilesIn(folder: string): readonly FunctionFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8');
      return { name, sql, checksum: sha256(sql) };
    });
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
