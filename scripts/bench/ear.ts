import { Client, Pool } from 'pg';

/** Hears what the filings notify, and looks into the books when one of them is about an order that somebody waits for. */
export interface Ear {
  /** Returns when the query answers a row; asked at once and then after each filing of the order, never by the clock. */
  until(orderNo: string, query: Query): Promise<void>;
  /** Why a message changed nothing, once it is settled; undefined: it was applied. */
  refusalOf(orderNo: string, messageId: string): Promise<string | undefined>;
  close(): Promise<void>;
}

/** A prepared statement. */
interface Query {
  readonly name: string;
  readonly text: string;
  readonly values: readonly string[];
}

export async function openEar(databaseUrl: string): Promise<Ear> {
  // Signing in anew after the other side's round would count as the product's.
  const database = new Pool({ connectionString: databaseUrl, max: 4, idleTimeoutMillis: 0 });
  const ear = new Client({ connectionString: databaseUrl });
  await ear.connect();
  const waiting = new Map<string, readonly (() => void)[]>();
  ear.on('notification', ({ payload = '' }) => {
    const those = waiting.get(payload) ?? [];
    waiting.delete(payload);
    for (const wake of those) wake();
  });
  await ear.query('listen orders');

  /** A notice that comes while the question is under way asks it once more. */
  const until = async (orderNo: string, { values, ...query }: Query): Promise<void> => {
    for (;;) {
      const noticed = new Promise<void>(
        (resolve) => void waiting.set(orderNo, [...(waiting.get(orderNo) ?? []), resolve]),
      );
      if ((await database.query({ ...query, values: [...values] })).rowCount === 1) return;
      await noticed;
    }
  };
  return {
    until,
    refusalOf: async (orderNo, messageId) => {
      const settled = `select because from inbox where id = $1 and state <> 'pending'`;
      await until(orderNo, { name: 'settled', text: settled, values: [messageId] });
      const { rows } = await database.query<{ readonly because: string | null }>(settled, [messageId]);
      return rows[0]?.because ?? undefined;
    },
    close: async () => {
      await ear.end();
      await database.end();
    },
  };
}
