import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Trouble } from './trouble';

/** Raised when a version can no longer take over what earlier versions kept in the folder; since 1 every version can. */
const format = '1';

/**
 * Throws one line if the folder holds data of a version whose data cannot be taken over, before any server is started on it; a new
 * folder is marked as ours. The database says for itself which version made it (prisma/made-by.ts); Temporal's file cannot.
 */
export function requireDataOfThisVersion(folder: string): void {
  const mark = join(folder, 'format');
  if (isThere(mark)) {
    const found = readFileSync(mark, 'utf8').trim();
    if (found === format) return;
    throw new Trouble(
      `The data in ${folder} was made by a newer version of Dingdan (format ${found}): run that version, or move the folder away.`,
    );
  }
  if (['postgres', 'temporal.db'].some((name) => isThere(join(folder, name)))) {
    throw new Trouble(
      `The data in ${folder} was made by Dingdan 0.1 before its first release schema and cannot be taken over: ` +
        `move the folder away (mv .data .data-before), and npm start begins a new one.`,
    );
  }
  mkdirSync(folder, { recursive: true });
  writeFileSync(mark, `${format}\n`);
}

/** Also a link that leads nowhere: PostgreSQL's folder may be one. */
const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;
