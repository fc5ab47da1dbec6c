import { isDeepStrictEqual } from 'node:util';
import type { PolicyProblem } from './policy-problem';

/**
 * What a document says that states only where it differs from another. It is read as JSON Merge Patch (RFC 7396) is: objects are
 * merged key by key, everything else is taken whole, and `null` takes a field away. Two rules are added:
 * - A list whose rows have names is merged by these names, as if it were an object. The name of a row is its `rule`, or what it does
 *   (`do`); a second rung that does the same is called `remind 2`. A new name is a new row at the end of the list.
 * - `*` stands for every row of a table. It changes what a row has and adds nothing; what stands under a row's own name is laid over it.
 */
export type Differences = Readonly<Record<string, unknown>>;

/** The document with the differences laid over it. */
export const laidOver = (document: unknown, differences: Differences): unknown =>
  changed(document, differences, { addsRows: true, depth: 0 });

/** What differences say without changing anything, or say of a list whose rows have no names, each with its place (GV-3). */
export function differenceProblems(document: unknown, differences: Differences): readonly PolicyProblem[] {
  const places = placesIn(differences).filter((place) => place.length > 0);
  if (places.length > mostDifferences)
    return [{ path: 'policy', reason: `differs in more than ${mostDifferences} places: write it whole` }];
  const problems = places.flatMap((place) => problemAt(document, differences, place));
  return problems.filter(({ path }, index) => problems.findIndex((other) => other.path === path) === index);
}

/** Each difference is tried by leaving it out: bounded, so that nobody waits for the answer. */
const mostDifferences = 500;
/** No policy is as deep. What lies deeper is taken whole, and the schema refuses it. */
const deepest = 12;
const everyRow = '*';

type Place = readonly string[];

interface Manner {
  /** Whether a name that the document does not have is a new row. */
  readonly addsRows: boolean;
  readonly depth: number;
}

function changed(before: unknown, difference: unknown, { addsRows, depth }: Manner): unknown {
  if (!isObject(difference) || depth > deepest) return difference;
  const table = tableOf(before) ?? (addsRows ? tableOf({}) : undefined);
  if (table === undefined) return before;
  const { [everyRow]: every, ...named } = difference;
  const own = new Map(Object.entries(named));
  const kept = [...table.rows].map(([name, row]): Row => {
    const asEvery = changedRow(row, every, { addsRows: false, depth: depth + 1 });
    return [name, changedRow(asEvery, own.get(name), { addsRows, depth: depth + 1 })];
  });
  const added = [...own]
    .filter(([name]) => addsRows && !table.rows.has(name))
    .map(([name, said]): Row => [name, changedRow(undefined, said, { addsRows, depth: depth + 1 })]);
  return table.gathered([...kept, ...added].filter(([, row]) => row !== undefined));
}

/** Undefined: it is taken away, or there is none. */
function changedRow(row: unknown, said: unknown, manner: Manner): unknown {
  if (said === undefined) return row;
  return said === null ? undefined : changed(row, said, manner);
}

type Row = readonly [name: string, row: unknown];

/** An object, or a list whose rows have names, as rows by name, and how it is put together again. */
interface Table {
  readonly rows: ReadonlyMap<string, unknown>;
  readonly gathered: (rows: readonly Row[]) => unknown;
}

function tableOf(value: unknown): Table | undefined {
  if (isObject(value)) return { rows: new Map(Object.entries(value)), gathered: Object.fromEntries };
  const named = Array.isArray(value) ? namedRows(value) : undefined;
  if (named === undefined) return undefined;
  const { field, rows } = named;
  return {
    rows,
    gathered: (all) => {
      const names = new Set([...rows.keys(), ...all.map(([name]) => name)]);
      return all.map(([name, row]) =>
        rows.has(name) || !isObject(row) ? row : { [field]: withoutNumber(name, names), ...row },
      );
    },
  };
}

function namedRows(list: readonly unknown[]): { readonly field: string; readonly rows: Table['rows'] } | undefined {
  const field = ['rule', 'do'].find((one) => list.length > 0 && list.every((row) => typeof at(row, one) === 'string'));
  if (field === undefined) return undefined;
  const rows = new Map<string, unknown>();
  const times = new Map<string, number>();
  for (const row of list) {
    const name = String(at(row, field));
    const count = (times.get(name) ?? 0) + 1;
    times.set(name, count);
    rows.set(count === 1 ? name : `${name} ${count}`, row);
  }
  return { field, rows };
}

/** `remind 2` does what `remind` does, if there is a first one. */
function withoutNumber(name: string, names: ReadonlySet<string>): string {
  const [, stem = name, number = ''] = /^(\S+) ([2-9]|[1-9]\d+)$/.exec(name) ?? [];
  const before = number === '2' ? stem : `${stem} ${Number(number) - 1}`;
  return names.has(before) ? stem : name;
}

/** Where differences say something: at each value that is no object, and at each object that is empty. */
function placesIn(difference: unknown, place: Place = []): readonly Place[] {
  const isLast = !isObject(difference) || place.length > deepest || Object.keys(difference).length === 0;
  if (isLast) return [place];
  return Object.entries(difference).flatMap(([key, value]) => placesIn(value, [...place, key]));
}

function problemAt(document: unknown, differences: Differences, place: Place): readonly PolicyProblem[] {
  const list = listWithoutNames(document, place);
  if (list !== undefined)
    return [{ path: list.join('.'), reason: 'the rows of this list have no names: give the list whole' }];
  const [before, said] = [along(place, document), along(place, differences)];
  return isDeepStrictEqual(laidOver(before, said), laidOver(before, without(said, place)))
    ? [{ path: place.join('.'), reason: 'changes nothing: leave it out' }]
    : [];
}

/** What of a document, or of differences, bears on a place: of each object on the way its next field, and what is said of every row. */
function along(place: Place, value: Differences): Differences;
function along(place: Place, value: unknown): unknown;
function along([key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined || !isObject(value)) return value;
  const bears = (name: string): boolean => [name, key].includes(everyRow) || name === key;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (bears(name) ? [[name, along(rest, inner)] as const] : [])),
  );
}

/** The place of a list into which a longer place leads, though its rows have no names. */
function listWithoutNames(document: unknown, place: Place): Place | undefined {
  let value = document;
  for (const [index, key] of place.entries()) {
    const table = tableOf(value);
    if (table === undefined) return Array.isArray(value) ? place.slice(0, index) : undefined;
    value = table.rows.get(key);
  }
  return undefined;
}

/** Differences without what they say at a place. */
function without(difference: Differences, [key = '', ...rest]: Place): Differences {
  const { [key]: inner, ...others } = difference;
  return rest.length > 0 && isObject(inner) ? { ...difference, [key]: without(inner, rest) } : others;
}

const at = (value: unknown, key: string): unknown =>
  isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;

const isObject = (value: unknown): value is Differences =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
