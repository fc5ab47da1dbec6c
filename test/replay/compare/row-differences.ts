import type { Row } from './comparable';

/** What differs between two tables whose rows have no order, a line for each row that is missing, new or changed. */
export function rowDifferences(before: readonly Row[], after: readonly Row[]): readonly string[] {
  const missing = without(before, after);
  let fresh = without(after, before);
  const lines = missing.map((row) => {
    const match = mostAlike(row, fresh);
    if (match === undefined) return `missing: ${described(row)}`;
    fresh = fresh.filter((other) => other !== match);
    return `changed: ${changes(row, match)}`;
  });
  return [...lines, ...fresh.map((row) => `new: ${described(row)}`)];
}

/** The rows that the others lack; a row that is there twice is missing once where they have it once. */
function without(rows: readonly Row[], others: readonly Row[]): readonly Row[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(written(other), (left.get(written(other)) ?? 0) + 1);
  return rows.filter((row) => {
    const count = left.get(written(row)) ?? 0;
    left.set(written(row), count - 1);
    return count <= 0;
  });
}

/** The row that a changed one became: of those of its name the one with the most fields in common. */
function mostAlike(row: Row, candidates: readonly Row[]): Row | undefined {
  const likeness = (other: Row): number => Object.keys(row).length - fieldsThatDiffer(row, other).length;
  return candidates
    .filter((other) => nameOf(other) === nameOf(row))
    .reduce<Row | undefined>((best, other) => (best && likeness(best) >= likeness(other) ? best : other), undefined);
}

function changes(before: Row, after: Row): string {
  const fields = fieldsThatDiffer(before, after).map(
    (field) => `${field} was ${written(before[field])}, is ${written(after[field])}`,
  );
  return [nameOf(before), ...fields].filter((words) => words !== '').join('; ');
}

const fieldsThatDiffer = (before: Row, after: Row): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (field) => written(before[field]) !== written(after[field]),
  );

/** By what people tell rows of one table apart. */
function nameOf(row: Row): string {
  const name = row['kind'] ?? row['template'] ?? row['purpose'] ?? row['itemId'] ?? row['method'];
  return typeof name === 'string' ? name : '';
}

const written = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** A row in few words: its name, and of its fields those that say something. */
function described(row: Row): string {
  const fields = Object.entries(row).flatMap(([field, value]) =>
    saysNothing(value) ? [] : [`${field} ${written(value)}`],
  );
  return [nameOf(row), ...fields.filter((words) => !words.endsWith(` "${nameOf(row)}"`))]
    .filter((words) => words !== '')
    .join('; ');
}

const saysNothing = (value: unknown): boolean =>
  value === null ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'string' && /^[^ ]*\(\w+\)[^ ]*$/.test(value));
