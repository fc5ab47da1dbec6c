/** A row without what differs between two recordings of the same story. */
export type Row = Readonly<Record<string, unknown>>;

/** Sequence numbers and counts of facts: they say how often something was filed, not what became of the order. */
const counters = new Set(['seq', 'firstSeq', 'lastSeq', 'version']);

/** What two recordings of the same story never have in common, by how it looks, so that a renamed field needs no change here. */
const chance: readonly (readonly [pattern: RegExp, word: string])[] = [
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})/g, '(instant)'],
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '(id)'],
  [/#\d+/g, '#'],
  [/\d{8}-\d{4,}/g, '(order)'],
  [/\/\d+/g, '/'],
];

/** A value without ids, sequence numbers and instants: what of it two recordings of the same story have in common. */
function comparable(value: unknown): unknown {
  if (typeof value === 'string') return chance.reduce((text, [pattern, word]) => text.replaceAll(pattern, word), value);
  if (Array.isArray(value)) return value.map(comparable);
  return typeof value === 'object' && value !== null ? comparableRow(value) : value;
}

/** The same of a row, its fields in the order of the alphabet. */
export const comparableRow = (row: object): Row =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name, value]) => !counters.has(name) && value !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => [name, comparable(value)]),
  );
