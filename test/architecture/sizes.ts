import { posix } from 'node:path';
import type { Sources } from './sources';

/** The most lines of a file, comments and blank lines among them: one idea fits, two do not. */
export const mostLines = 300;
/** A workflow is a page of milestones. */
export const mostLinesOfPage = 40;

const linesOf = (source: string): number => source.trimEnd().split('\n').length;

/** Files that are longer than a file may be. */
export const tooLong = (sources: Sources): readonly string[] =>
  [...sources].filter(([, source]) => linesOf(source) > mostLines).map(([path]) => path);

/** Pages that are no page: workflows by the names that `workflows/index.ts` gives them. */
export function tooLongForPages(sources: Sources): readonly string[] {
  const names = [...(sources.get('workflows/index.ts') ?? '').matchAll(/from '\.\/([\w-]+)'/g)].map(([, name]) => name);
  return names
    .map((name) => posix.join('workflows', `${name}.ts`))
    .filter((path) => linesOf(sources.get(path) ?? '') > mostLinesOfPage);
}
