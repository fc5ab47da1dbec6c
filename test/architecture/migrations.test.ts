import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrationsIn } from '../../prisma/migration-files';
import { migrationsFolder } from '../../prisma/migrate';
import { projectFolder } from '../../scripts/servers/project';

test('the newest migration was written from the present schema.prisma', () => {
  const newest = migrationsIn(migrationsFolder).at(-1);
  const kept = readFileSync(join(migrationsFolder, newest?.name ?? '', 'schema.prisma'), 'utf8');
  const present = readFileSync(join(projectFolder, 'prisma', 'schema.prisma'), 'utf8');
  expect(kept).toBe(present); // red? npm run migration -- NAME
});
