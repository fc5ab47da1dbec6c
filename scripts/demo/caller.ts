import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { Trouble } from '../servers/trouble';

/** One user at the API: reads, creates, and sends messages. */
export interface Caller {
  get<T>(path: string, answer: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: object, answer: z.ZodType<T>, key?: string): Promise<T>;
  /** A message to an order: returns when the order has applied it. */
  send(path: string, body: object, key?: string): Promise<Applied>;
  remove(path: string): Promise<void>;
}

/** Where an order stands after a message was applied; unknown when the answer took longer than the API waits. */
export interface Applied {
  readonly order: z.output<typeof orderAfter> | undefined;
}

/** The API said no, and why: a problem with its stable code. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${status} ${code}: ${detail}`);
    this.name = 'Refusal';
  }
}

const orderAfter = z.object({
  no: z.string(),
  status: z.string(),
  tasks: z.array(z.object({ id: z.string(), kind: z.string() })).optional(),
});
const applied = z.object({ state: z.literal('applied'), order: orderAfter });
const pending = z.object({ state: z.literal('pending'), id: z.string() });
const settled = z.object({ state: z.enum(['pending', 'applied', 'ignored']), because: z.string().nullable() });
const problem = z.object({ code: z.string(), detail: z.string() });

/** A caller with a token of the API at `apiUrl`. */
export function callerWith(apiUrl: string, token: string): Caller {
  const ask = async <T>(request: Request, answer: z.ZodType<T>): Promise<T> =>
    answer.parse(await exchange(apiUrl, token, request));
  const caller: Caller = {
    get: (path, answer) => ask({ method: 'GET', path }, answer),
    post: (path, body, answer, key = randomUUID()) => ask({ method: 'POST', path, body, key }, answer),
    send: async (path, body, key = randomUUID()) => {
      const answer = await ask({ method: 'POST', path, body, key }, z.union([applied, pending]));
      if (answer.state === 'applied') return { order: answer.order };
      await untilSettled(caller, answer.id);
      return { order: undefined };
    },
    remove: async (path) => void (await exchange(apiUrl, token, { method: 'DELETE', path })),
  };
  return caller;
}

interface Request {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: object;
  readonly key?: string;
}

/** A restarted product is back within a minute; longer is trouble that a person must look at. */
const patienceMs = 60_000;

/** One request, repeated under the same key while the product is busy or away: a repetition is answered the same again. */
async function exchange(apiUrl: string, token: string, request: Request): Promise<unknown> {
  const until = Date.now() + patienceMs;
  for (let pauseMs = 100; ; pauseMs = Math.min(pauseMs * 2, 5000)) {
    const answer = await attempt(apiUrl, token, request);
    if ('body' in answer) return answer.body;
    if (Date.now() > until) throw new Trouble(`The product at ${apiUrl} does not answer any more: ${answer.because}.`);
    await sleep(Math.max(pauseMs, answer.waitMs));
  }
}

type Answer = { readonly body: unknown } | { readonly because: string; readonly waitMs: number };

async function attempt(apiUrl: string, token: string, { method, path, body, key }: Request): Promise<Answer> {
  const response = await fetch(`${apiUrl}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((error: unknown) => (error instanceof TypeError ? undefined : Promise.reject(error)));
  if (response === undefined) return { because: 'no connection', waitMs: 0 };
  const text = await response.text();
  if (response.ok) return { body: text === '' ? null : JSON.parse(text) };
  if (response.status === 429 || response.status >= 502)
    return { because: String(response.status), waitMs: 1000 * Number(response.headers.get('retry-after') ?? 0) };
  if (response.status === 401)
    throw new Trouble(
      `The product at ${apiUrl} does not know this demo's tokens: they are another product's, or too old.`,
    );
  const said = problem.safeParse(parsed(text)).data ?? { code: 'unknown', detail: text.slice(0, 200) };
  throw new Refusal(response.status, said.code, `${method} ${path}: ${said.detail}`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An accepted message is filed soon after Temporal is back; the sweep sees to it. */
async function untilSettled(caller: Caller, id: string): Promise<void> {
  const until = Date.now() + patienceMs;
  for (let pauseMs = 250; Date.now() < until; pauseMs = Math.min(pauseMs * 2, 2000)) {
    const { state, because } = await caller.get(`/messages/${encodeURIComponent(id)}`, settled);
    if (state === 'applied') return;
    if (state === 'ignored') throw new Refusal(409, because ?? 'ignored', `message ${id} changed nothing`);
    await sleep(pauseMs);
  }
  throw new Trouble(`The order does not take its messages: ${id} is still pending. Does the worker run?`);
}
