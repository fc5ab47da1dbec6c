import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { openEar } from './ear';
import type { Desk } from './play-order';
import type { Product } from './product';
import { taker } from './found-company';

/** The driver of the product: the people's end of the HTTP API, and an ear on what the filings notify. */
export interface ProductDesk extends Desk {
  /** Since the last call. */
  takeLatencies(): Latencies;
  /** Sends a message that may be refused; answers the code of the refusal. */
  tryToSend(user: string, path: string, body: object): Promise<string | undefined>;
  read(user: string, path: string): Promise<void>;
  close(): Promise<void>;
}

/** How long people waited for their answers. */
export interface Latencies {
  /** From each message's POST to its 200. */
  readonly latenciesMs: readonly number[];
  /** How many were answered 202, which is: later. */
  readonly late: number;
  /** Answered by the API in all, intakes included. */
  readonly requests: number;
  /** From the answer that a fact is filed until the next task that is waited for can be seen. */
  readonly nextTaskMs: readonly number[];
}

/** Opens a desk. What a child workflow opens is not part of any answer: the notice of its filing says when to look. */
export async function openDesk({ apiUrl, databaseUrl, tokens }: Product): Promise<ProductDesk> {
  const agent = new Agent({ keepAlive: true });
  const ear = await openEar(databaseUrl);
  let latencies: number[] = [];
  let late = 0;
  let taken = 0;
  let requests = 0;
  let nextTaskMs: number[] = [];
  /** When the last message of an order was answered. */
  const answeredAt = new Map<string, number>();

  const tokenOf = (user: string): string => {
    const own = tokens[user] ?? [];
    return own[(user === taker ? taken++ : 0) % own.length] ?? '';
  };
  const ask = (user: string, path: string, body?: object): Promise<Answer> => {
    requests++;
    const text = body === undefined ? undefined : JSON.stringify(body);
    return exchange(agent, { url: `${apiUrl}/api/v1${path}`, token: tokenOf(user), body: text });
  };
  /** Nobody got an answer within the two seconds that the API waits: it counts with all the time that it took. */
  const later = async (path: string, answer: string): Promise<string | undefined> => {
    late++;
    const { id } = JSON.parse(answer) as { readonly id: string };
    return ear.refusalOf(orderNoIn(path), id);
  };
  /** Sends a message and waits until it is filed; answers the refusal's code. */
  const sendTo = async (user: string, path: string, body: object): Promise<string | undefined> => {
    const { status, text } = await ask(user, path, body);
    const refusedWith = status === 202 ? await later(path, text) : status === 409 ? codeIn(text) : undefined;
    if (![200, 202, 409].includes(status)) throw new Error(`${path} was answered ${status}: ${text}`);
    answeredAt.set(orderNoIn(path), performance.now());
    return refusedWith;
  };
  return {
    take: async (order) => {
      const { status, text } = await ask(taker, '/orders', order);
      if (status !== 201) throw new Error(`An order was answered ${status}: ${text}`);
      const { no } = JSON.parse(text) as { readonly no: string };
      answeredAt.set(no, performance.now());
      return no;
    },
    send: async (user, path, body) => {
      const since = performance.now();
      const refusedWith = await sendTo(user, path, body);
      if (refusedWith !== undefined) throw new Error(`${path} was refused: ${refusedWith}`);
      latencies.push(performance.now() - since);
    },
    tryToSend: sendTo,
    read: async (user, path) => {
      const { status, text } = await ask(user, path);
      if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`);
    },
    untilTask: async (orderNo, taskId) => {
      await ear.until(orderNo, { ...openTask, values: [taskId] });
      nextTaskMs.push(performance.now() - (answeredAt.get(orderNo) ?? Number.NaN));
    },
    untilStatus: (orderNo, status) => ear.until(orderNo, { ...statusOfOrder, values: [orderNo, status] }),
    takeLatencies: () => {
      const those = { latenciesMs: latencies, late, requests, nextTaskMs };
      requests = 0;
      nextTaskMs = [];
      latencies = [];
      late = 0;
      return those;
    },
    close: async () => {
      agent.destroy();
      await ear.close();
    },
  };
}

/** The order that a path is about, or whose shipment. */
const orderNoIn = (path: string): string => /\d{8}-\d{4,}/.exec(path)?.[0] ?? '';

const codeIn = (problem: string): string => (JSON.parse(problem) as { readonly code: string }).code;

const openTask = { name: 'task', text: `select from tasks where id = $1 and state = 'open'` };
const statusOfOrder = { name: 'status', text: 'select from orders where no = $1 and status = $2' };

interface Answer {
  readonly status: number;
  readonly text: string;
}

function exchange(
  agent: Agent,
  { url, token, body }: { readonly url: string; readonly token: string; readonly body: string | undefined },
): Promise<Answer> {
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body === undefined
      ? {}
      : {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'idempotency-key': randomUUID(),
        }),
  };
  const method = body === undefined ? 'GET' : 'POST';
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (response) => {
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
