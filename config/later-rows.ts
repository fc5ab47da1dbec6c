type Document = Readonly<Record<string, unknown>>;

/** Tables of a policy that got rows for kinds of tasks and waits as the product grew. */
const tables = [['tasks'], ['waits'], ['reviews', 'inputs']] as const;

/** A policy of an earlier release with the rows that were not known then, from the shipped one. */
export function withLaterRows(document: unknown, shipped: unknown): unknown {
  return tables.reduce((filled, path) => fill(filled, shipped, path), document);
}

function fill(document: unknown, shipped: unknown, path: readonly string[]): unknown {
  if (!isObject(document) || !isObject(shipped)) return document;
  const [field, ...rest] = path;
  if (field === undefined) return { ...shipped, ...document };
  return field in document ? { ...document, [field]: fill(document[field], shipped[field], rest) } : document;
}

const isObject = (value: unknown): value is Document => typeof value === 'object' && value !== null;
