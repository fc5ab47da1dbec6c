import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { advisoryLocks } from '../../prisma/advisory-locks';
import { projectFolder } from '../../scripts/servers/project';

const folders = ['activities', 'api', 'prisma', 'scripts', 'worker'];

test('no two parts of the product wait for one advisory lock', () => {
  const numbers = Object.values(advisoryLocks);
  expect(new Set(numbers).size).toBe(numbers.length);
});

test('every advisory lock is one of the list', () => {
  const strangers = folders
    .flatMap((folder) =>
      readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    )
    .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
    .filter((file) => {
      const text = readFileSync(join(projectFolder, file), 'utf8');
      return /pg_(try_)?advisory/.test(text) && !text.includes('advisoryLocks.');
    });
  expect(strangers).toEqual([]);
});
