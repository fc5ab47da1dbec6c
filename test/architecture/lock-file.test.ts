import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/servers/project';

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

test('package-lock.json names the packages of all platforms, without which npm ci refuses it', () => {
  const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
    readFileSync(join(projectFolder, 'package-lock.json'), 'utf8'),
  );
  const locked = Object.keys(lock.packages);
  const wanted = Object.entries(lock.packages).flatMap(([path, entry]) =>
    path === '' ? [] : Object.keys(entry.optionalDependencies ?? {}),
  );
  const missing = wanted.filter((name) => !locked.some((path) => path.endsWith(`node_modules/${name}`)));
  expect(missing).toEqual([]); // red? npm run lock
});
