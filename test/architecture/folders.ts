import { posix } from 'node:path';
import { processesIn } from './layers';
import type { Sources } from './sources';

/** The organs' names: those of the folders in `domain/inside/` that a process lists an organ from. */
export const organNames = (sources: Sources): readonly string[] => [
  ...new Set(processesIn(sources).flatMap(({ organs }) => organs.map((file) => posix.basename(posix.dirname(file))))),
];

/** What is worked out outside the sandbox and is no organ's: filing, people and policy, and the worklist of all organs. */
const outside = ['filing', 'notices', 'people', 'policy', 'worklist'];
/** Of the door: the whole order, the organisation, and what every route shares. */
const door = ['letters', 'notices', 'order', 'people', 'plugins', 'policy', 'routes', 'schemas', 'worklist'];

const words = (line: string): readonly string[] => line.split(' ');

/**
 * Folders of folders: in each stand organs under their own names, and what is no organ's, which this list names. A folder that is
 * neither is where things get lost.
 */
export const others: Readonly<Record<string, readonly string[]>> = {
  domain: ['inside', 'outside'],
  'domain/inside': ['kernel'],
  'domain/outside': outside,
  api: door,
  activities: ['filing'],
  workflows: [],
  'test/domain': ['kernel', ...outside],
  'test/workflows': [],
  'test/api': door,
};

/** The same for folders that have one file for each organ. */
export const otherFiles: Readonly<Record<string, readonly string[]>> = {
  'prisma/schema': words(
    'company customers items people policies orders documents notices facts inbox incidents worklist main',
  ),
  'prisma/functions': ['inbox', 'people', 'worklist', 'written-once'],
};

/** The first folder of a tree that is named for nothing known: `api/misc`. */
export function strangers(paths: readonly string[], organs: readonly string[]): readonly string[] {
  const unknown = paths.flatMap((path) => {
    const folder = Object.keys(others).find((each) => isIn(each, path) && !hasDeeper(each, path));
    if (folder !== undefined) {
      const [first = '', ...rest] = path.slice(folder.length + 1).split('/');
      const isKnown = rest.length === 0 || organs.includes(first) || others[folder]?.includes(first) === true;
      return isKnown ? [] : [`${folder}/${first}`];
    }
    const files = otherFiles[posix.dirname(path)];
    const name = posix.basename(path).replace(/\..*$/, '');
    return files === undefined || organs.includes(name) || files.includes(name) ? [] : [path];
  });
  return [...new Set(unknown)];
}

const isIn = (folder: string, path: string): boolean => path.startsWith(`${folder}/`);
const hasDeeper = (folder: string, path: string): boolean =>
  Object.keys(others).some((each) => each.startsWith(`${folder}/`) && isIn(each, path));
