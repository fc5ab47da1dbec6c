import { readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { projectFolder } from '../../scripts/servers/project';
import { factsOf, type Import } from './module-facts';

/** What the checks look at: the text of each module, by its path. A planted violation is one more text. */
export type Sources = ReadonlyMap<string, string>;

/** The folders of the product. */
export const productFolders = [
  'domain',
  'workflows',
  'activities',
  'worker',
  'api',
  'web',
  'config',
  'prisma',
  'scripts',
] as const;

const known = new Map<string, Sources>();

/** The modules below these folders; what Prisma generates is not ours. */
export function sourcesIn(...folders: readonly string[]): Sources {
  return new Map(folders.flatMap((folder) => [...below(folder)]));
}

function below(folder: string): Sources {
  const before = known.get(folder);
  if (before !== undefined) return before;
  const paths = filesBelow(folder).filter((path) => /\.tsx?$/.test(path) && !path.startsWith('prisma/generated/'));
  const sources = new Map(paths.map((path) => [path, readFileSync(join(projectFolder, path), 'utf8')] as const));
  known.set(folder, sources);
  return sources;
}

/** The paths of all files below a folder of the project; none where there is no such folder. */
export function filesBelow(folder: string): readonly string[] {
  try {
    return readdirSync(join(projectFolder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(projectFolder.length + 1));
  } catch {
    return [];
  }
}

/** The modules with one more, or with another text in the place of one. */
export const planted = (sources: Sources, path: string, source: string): Sources =>
  new Map([...sources, [path, source]]);

export interface Imported extends Import {
  /** `domain/money` for a file of ours, `npm:pg` for a package (without its subpath), `node:fs` for Node's own. */
  readonly target: string;
}

const imported = new Map<string, readonly Imported[]>();

/** What a module imports, types included. */
export function importsOf(path: string, source: string): readonly Imported[] {
  const key = `${path}\n${source}`;
  const before = imported.get(key);
  if (before !== undefined) return before;
  const { imports } = factsOf(source, { tsx: path.endsWith('.tsx') });
  const found = imports.map((each) => ({ ...each, target: targetOf(path, each.specifier) }));
  imported.set(key, found);
  return found;
}

function targetOf(path: string, specifier: string): string {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(path), specifier).replace(/\.(ts|tsx|js)$/, '');
  if (isBuiltin(specifier)) return `node:${specifier.replace(/^node:/, '')}`;
  const parts = specifier.split('/');
  return `npm:${parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')}`;
}
