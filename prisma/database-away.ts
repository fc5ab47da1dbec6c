/** Whether an error says that PostgreSQL cannot be reached or cannot serve now (busy with a lock, too), as opposed to having refused a statement. */
export function databaseIsAway(error: unknown): boolean {
  return [...partsOf(error, 0)].some((part) => awayCodes.has(part) || awayWords.test(part));
}

/** Whether an error is the violation of a unique key; `key` narrows it to constraints whose name has that text in it. */
export function violatesUnique(error: unknown, key = ''): boolean {
  const parts = [...partsOf(error, 0)];
  return parts.some((part) => part === '23505' || part === 'P2002') && parts.some((part) => part.includes(key));
}

/** Prisma's codes, Node's and PostgreSQL's (classes 08 and 57P, and 53300: too many connections). */
const awayCodes = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2037',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EPIPE',
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  '57P01',
  '57P02',
  '57P03',
  '53300',
  // Somebody holds what it needs for longer than it may wait: it can be tried again, as when the database is away.
  '55P03',
  '40P01',
  '08000',
  '08001',
  '08003',
  '08006',
]);

/** What `pg` says without a code. */
const awayWords =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed)/;

/** Every code and message in an error, its causes and what Prisma's adapter packs into `meta`. */
function* partsOf(error: unknown, depth: number): Generator<string> {
  // Prisma nests four deep; the limit keeps a cyclic cause from running for ever.
  if (typeof error !== 'object' || error === null || depth > 6) return;
  for (const name of ['code', 'kind', 'originalCode', 'message', 'originalMessage', 'index', 'name']) {
    const value: unknown = Reflect.get(error, name);
    if (typeof value === 'string') yield value;
  }
  for (const name of ['cause', 'meta', 'driverAdapterError', 'constraint']) {
    yield* partsOf(Reflect.get(error, name), depth + 1);
  }
  const fields: unknown = Reflect.get(error, 'fields');
  if (Array.isArray(fields)) yield fields.join(',');
}
