import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder that holds package.json, whether this runs from the sources or from dist/. */
export const projectFolder = findProjectFolder(__dirname);

/** Where `npm start` keeps its state unless DATA_FOLDER names another place. */
export const usualDataFolder = join(projectFolder, '.data');

/** What can be fetched again: server binaries. */
export const cacheFolder = join(projectFolder, '.cache');

function findProjectFolder(from: string): string {
  if (existsSync(join(from, 'package.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('No package.json above the running script');
  return findProjectFolder(parent);
}
