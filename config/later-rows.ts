type Document = Readonly<Record<string, unknown>>;

/** Tables of a policy that got rows for kinds of tasks and waits as the product grew. */
const tables = [['tasks'], ['waits'], ['reviews', 'inputs']] as const;

/** Tasks that earlier releases asked a row of, and that no order ever opened. */
export const endedTasks: readonly string[] = ['delivery.proof', 'incident'];

/** A policy of an earlier release with the rows that were not known then, from the shipped one, and without those that never acted. */
export function withLaterRows(document: unknown, shipped: unknown): unknown {
  return tables.reduce((filled, path) => fill(filled, shipped, path), withoutEnded(document));
}

function fill(document: unknown, shipped: unknown, path: readonly string[]): unknown {
  if (!isObject(document) || !isObject(shipped)) return document;
  const [field, ...rest] = path;
  if (field === undefined) return { ...shipped, ...document };
  return field in document ? { ...document, [field]: fill(document[field], shipped[field], rest) } : document;
}

function withoutEnded(document: unknown): unknown {
  if (!isObject(document) || !isObject(document['tasks'])) return document;
  const rows = Object.entries(document['tasks']).filter(([kind]) => !endedTasks.includes(kind));
  return { ...document, tasks: Object.fromEntries(rows.map(([kind, row]) => [kind, apartFromKnown(row)])) };
}

/** Nobody ever decided them, so nobody is kept apart from who did. */
function apartFromKnown(row: unknown): unknown {
  if (!isObject(row) || !Array.isArray(row['separateFrom'])) return row;
  return { ...row, separateFrom: row['separateFrom'].filter((kind) => !endedTasks.includes(String(kind))) };
}

const isObject = (value: unknown): value is Document => typeof value === 'object' && value !== null;
