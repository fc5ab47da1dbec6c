import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { Client, Pool } from 'pg';
import type { Desk } from './play-order';
import type { Product } from './product';
import { taker } from './found-company';

/** The driver of the product: the people's end of the HTTP API, and an ear on what the filings notify. */
export interface ProductDesk extends Desk {
  /** Since the last call. */
  takeLatencies(): Latencies;
  close(): Promise<void>;
}

/** How long people waited for their answers. */
export interface Latencies {
  /** From each message's POST to its 200. */
  readonly latenciesMs: readonly number[];
  /** How many were answered 202, which is: later. */
  readonly late: number;
}

/** Opens a desk. What a child workflow opens is not part of any answer: the notice of its filing says when to look. */
export async function openDesk({ apiUrl, databaseUrl, tokens }: Product): Promise<ProductDesk> {
  const agent = new Agent({ keepAlive: true });
  // Signing in anew after the other side's round would count as the product's.
  const database = new Pool({ connectionString: databaseUrl, max: 4, idleTimeoutMillis: 0 });
  const ear = new Client({ connectionString: databaseUrl });
  await ear.connect();
  const notices = new Map<string, () => void>();
  ear.on('notification', ({ payload = '' }) => notices.get(payload)?.());
  await ear.query('listen orders');
  let latencies: number[] = [];
  let late = 0;
  let taken = 0;

  const post = (user: string, path: string, body: object): Promise<Answer> => {
    const own = tokens[user] ?? [];
    const token = own[(user === taker ? taken++ : 0) % own.length] ?? '';
    return exchange(agent, { url: `${apiUrl}/api/v1${path}`, token, body: JSON.stringify(body) });
  };
  /** A notice that comes while the question is under way asks it once more. */
  const until = async (orderNo: string, isSo: () => Promise<boolean>): Promise<void> => {
    for (;;) {
      const noticed = new Promise<void>((resolve) => void notices.set(orderNo, resolve));
      if (await isSo()) break;
      await noticed;
    }
    notices.delete(orderNo);
  };
  const has = async (name: string, text: string, values: readonly string[]): Promise<boolean> =>
    (await database.query({ name, text, values: [...values] })).rowCount === 1;

  /** Nobody got an answer within the two seconds that the API waits: it counts with all the time that it took. */
  const untilFiled = async (path: string, answer: string): Promise<void> => {
    late++;
    const { id } = JSON.parse(answer) as { readonly id: string };
    const [orderNo = ''] = /\d{8}-\d{4,}/.exec(path) ?? [];
    await until(orderNo, () => has('filed', `select from inbox where id = $1 and standing = 'applied'`, [id]));
  };

  return {
    take: async (order) => {
      const { status, text } = await post(taker, '/orders', order);
      if (status !== 201) throw new Error(`An order was answered ${status}: ${text}`);
      return (JSON.parse(text) as { readonly no: string }).no;
    },
    send: async (user, path, body) => {
      const since = performance.now();
      const { status, text } = await post(user, path, body);
      if (status === 202) await untilFiled(path, text);
      else if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`);
      latencies.push(performance.now() - since);
    },
    untilTask: (orderNo, taskId) =>
      until(orderNo, () => has('task', `select from tasks where id = $1 and state = 'open'`, [taskId])),
    untilStatus: (orderNo, status) =>
      until(orderNo, () => has('status', `select from orders where no = $1 and status = $2`, [orderNo, status])),
    takeLatencies: () => {
      const those = { latenciesMs: latencies, late };
      latencies = [];
      late = 0;
      return those;
    },
    close: async () => {
      agent.destroy();
      await ear.end();
      await database.end();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

function exchange(
  agent: Agent,
  { url, token, body }: { readonly url: string; readonly token: string; readonly body: string },
): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'idempotency-key': randomUUID(),
  };
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
      );
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
