import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../scripts/servers/project';

/** The schema as it is now: the files of prisma/schema/ in the order of their names, one text. */
export function presentSchema(): string {
  const folder = join(projectFolder, 'prisma', 'schema');
  const files = readdirSync(folder).filter((name) => name.endsWith('.prisma'));
  return files
    .toSorted()
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}
