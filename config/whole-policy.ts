import { differenceProblems, type Differences, laidOver } from './differences';
import type { PolicyProblem } from './policy-problem';
import { fileName } from './policy-values';

export type WholePolicy = { readonly document: unknown } | { readonly problems: readonly PolicyProblem[] };

/** A policy that states only its differences names here what it differs from. */
const field = 'differsFrom';
/** Each policy says of itself what it is called and which version it is. */
const ownFields = ['name', 'version'] as const;
/** Who looks a rule up reads as many files. */
const mostLevels = 4;

/** The name of the policy that a document differs from; undefined: it is whole, or what it says is no name. */
export function differsFrom(document: unknown): string | undefined {
  return isObject(document) ? fileName.safeParse(document[field]).data : undefined;
}

/**
 * The whole of a policy that may state only where it differs from another, which may do the same. `find` gives the document of a
 * name, undefined where there is none. What is wrong with differences is named with its place in the document that states them.
 */
export function wholePolicy(
  document: unknown,
  find: (name: string) => unknown,
  /** The names of the policies that build on this one, and its own. */
  above: readonly string[] = [],
): WholePolicy {
  if (!isObject(document) || !Object.hasOwn(document, field)) return { document };
  const wrong = (path: string, reason: string): WholePolicy => ({
    problems: [{ path, reason: within(above, reason) }],
  });
  const name = fileName.safeParse(document[field]);
  if (!name.success) return wrong(field, 'must be the name of a policy');
  const line = [...above, name.data];
  if (above.includes(name.data))
    return wrong(field, `goes round in a circle: ${line.join(', ')}. One of them must be whole`);
  if (line.length > mostLevels)
    return wrong(field, `more than ${mostLevels} policies build on one another: ${line.join(', ')}`);
  const found = find(name.data);
  if (found === undefined) return wrong(field, `there is no policy ${name.data}`);
  const base = wholePolicy(found, find, line);
  if ('problems' in base) return base;
  const problems = [...unnamed(document), ...differenceProblems(base.document, differencesIn(document))];
  if (problems.length > 0)
    return { problems: problems.map(({ path, reason }) => ({ path, reason: within(above, reason) })) };
  const { name: own, version } = document;
  return { document: laidOver(base.document, { ...differencesIn(document), name: own, version }) };
}

/** Of several documents it must be said which one is wrong. */
const within = (above: readonly string[], reason: string): string =>
  above.length > 1 ? `${reason} (in ${above.at(-1)})` : reason;

const unnamed = (document: Differences): readonly PolicyProblem[] =>
  ownFields
    .filter((own) => document[own] === undefined)
    .map((own) => ({ path: own, reason: 'must be stated by each policy itself' }));

function differencesIn(document: Differences): Differences {
  const { [field]: _, name: _name, version: _version, ...differences } = document;
  return differences;
}

const isObject = (value: unknown): value is Differences =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
