import type { FastifyBaseLogger } from 'fastify';
import { Client } from 'pg';
import type { RefusalCode } from '../domain/inside/kernel/refusal';

/** What the filing of a message notifies. */
interface Settlement {
  readonly id: string;
  readonly state: 'applied' | 'ignored';
  readonly because: RefusalCode | null;
}

/** Someone who waits for one message to be filed. */
interface Subscription {
  /** Never rejects; stays open when no notice comes. */
  readonly settled: Promise<Settlement>;
  close(): void;
}

/** Hears, on a connection of its own, that messages were filed. What it misses while reconnecting the waiting read once more. */
export interface InboxListener {
  subscribe(id: string): Subscription;
  /** Whether it hears at present. */
  listens(): boolean;
  stop(): Promise<void>;
}

const reconnectAfterMs = 500;

/** Starts to listen; returns when the first connection stands or failed, and keeps trying. */
export async function startInboxListener({
  databaseUrl,
  log,
}: {
  readonly databaseUrl: string;
  readonly log: Pick<FastifyBaseLogger, 'warn'>;
}): Promise<InboxListener> {
  const waiting = new Map<string, Set<(settlement: Settlement) => void>>();
  let client: Client | undefined;
  let stopped = false;
  let again: NodeJS.Timeout | undefined;

  const lost = (error: unknown): void => {
    if (client === undefined && again !== undefined) return;
    client = undefined;
    if (stopped) return;
    log.warn({ err: error }, 'the inbox listener lost its connection and tries again');
    again = setTimeout(() => void connect(), reconnectAfterMs);
  };

  const connect = async (): Promise<void> => {
    again = undefined;
    const fresh = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 3000, keepAlive: true });
    let over = false;
    const once = (error: unknown): void => {
      if (over) return;
      over = true;
      void close(fresh);
      lost(error);
    };
    fresh.on('error', once);
    fresh.on('end', () => once(new Error('connection ended')));
    fresh.on('notification', ({ payload }) => tell(waiting, settlementOf(payload)));
    try {
      await fresh.connect();
      await fresh.query('listen inbox');
      if (stopped) await fresh.end();
      else if (!over) client = fresh;
    } catch (error) {
      once(error);
    }
  };

  await connect();
  return {
    subscribe: (id) => subscribe(waiting, id),
    listens: () => client !== undefined,
    stop: async () => {
      stopped = true;
      clearTimeout(again);
      if (client !== undefined) await close(client);
    },
  };
}

/** A connection that is lost already has nothing left to say. */
async function close(client: Client): Promise<void> {
  await client.end().catch(() => undefined);
}

type Waiting = Map<string, Set<(settlement: Settlement) => void>>;

function subscribe(waiting: Waiting, id: string): Subscription {
  const { promise, resolve } = withResolvers<Settlement>();
  const those = waiting.get(id) ?? new Set();
  waiting.set(id, those.add(resolve));
  return {
    settled: promise,
    close: () => {
      those.delete(resolve);
      if (those.size === 0 && waiting.get(id) === those) waiting.delete(id);
    },
  };
}

function tell(waiting: Waiting, settlement: Settlement | undefined): void {
  if (settlement === undefined) return;
  for (const resolve of waiting.get(settlement.id) ?? []) resolve(settlement);
}

function settlementOf(payload: string | undefined): Settlement | undefined {
  try {
    const value: unknown = JSON.parse(payload ?? 'null');
    return isSettlement(value) ? value : undefined;
  } catch {
    // Whoever may notify on this channel may write anything; what is no settlement settles nothing.
    return undefined;
  }
}

function isSettlement(value: unknown): value is Settlement {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'state' in value &&
    (value.state === 'applied' || value.state === 'ignored') &&
    'because' in value &&
    (value.because === null || typeof value.because === 'string')
  );
}

function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
