import { setTimeout as pause } from 'node:timers/promises';
import type { Dice } from './dice';
import type { Journal } from './journal';
import type { Tokens } from './found-company';

/** Something to be posted, under a key that makes a repetition the same thing. */
export interface Posted {
  readonly who: string;
  /** Below `/api/v1`. */
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
  /** Sent a second time on purpose, while the first is on its way. */
  readonly twice?: boolean;
}

/** How it ended, for certain. */
export interface Outcome {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The clients' side of the API: whatever is not known is sent again with the same key, until it is. */
export interface Sender {
  post(posted: Posted): Promise<Outcome>;
  get(who: string, path: string): Promise<Readonly<Record<string, unknown>>>;
  /** Duplicates that are still on their way. */
  drained(): Promise<void>;
}

interface SenderSettings {
  readonly apiUrl: string;
  readonly tokens: Tokens;
  readonly journal: Journal;
  readonly dice: Dice;
  /** Ends all sending; what was not known then stays unknown. */
  readonly signal: AbortSignal;
}

const answerWithinMs = 10_000;
/** Between two tries; servers take seconds to come back. */
const [shortestPauseMs, longestPauseMs] = [150, 900];
/** So many requests at once: two cores serve no more. */
const mostAtOnce = 16;

export function createSender(settings: SenderSettings): Sender {
  const { journal, dice, signal } = settings;
  const underWay = new Set<Promise<unknown>>();
  const places = turnstile(mostAtOnce);
  const attempt = (posted: Posted): Promise<Outcome | undefined> => places(() => tryOnce(settings, posted));

  const untilKnown = async (posted: Posted): Promise<Outcome> => {
    for (;;) {
      const outcome = await attempt(posted);
      if (outcome !== undefined) return outcome;
      await pause(dice.between(shortestPauseMs, longestPauseMs), undefined, { signal });
    }
  };
  const untilSettled = async (posted: Posted, first: Outcome): Promise<Outcome> => {
    for (let waitMs = 300; ; waitMs = Math.min(2000, waitMs * 2)) {
      await pause(waitMs, undefined, { signal });
      const found = await get(settings, posted.who, `/messages/${posted.key}`).catch(() => undefined);
      const state = found?.['state'];
      if (state !== 'applied' && state !== 'ignored') continue;
      const because = typeof found?.['because'] === 'string' ? found['because'] : null;
      journal.write({ what: 'settled', key: posted.key, state, because });
      return state === 'applied' ? { ...first, status: 200 } : { status: 409, body: { code: because } };
    }
  };
  return {
    post: async (posted) => {
      if (posted.twice === true) {
        const echo = pause(dice.between(0, 200)).then(() => attempt(posted));
        underWay.add(echo);
        void echo.finally(() => underWay.delete(echo));
      }
      const outcome = await untilKnown(posted);
      return outcome.status === 202 ? untilSettled(posted, outcome) : outcome;
    },
    get: (who, path) => get(settings, who, path),
    drained: async () => void (await Promise.all(underWay)),
  };
}

/** Undefined: unknown. 5xx, 408 and 429 say no more about what was done than silence does. */
async function tryOnce(settings: SenderSettings, { who, path, key, body }: Posted): Promise<Outcome | undefined> {
  const { journal } = settings;
  journal.write({ what: 'sent', key, who, path, body: body instanceof FormData ? 'a file' : body });
  try {
    const response = await fetch(`${settings.apiUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { ...authorization(settings, who), 'idempotency-key': key, ...jsonUnlessForm(body) },
      body: body instanceof FormData ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(answerWithinMs),
    });
    const answer = (await response.json()) as Outcome['body'];
    const { status } = response;
    journal.write({
      what: 'answered',
      key,
      path,
      status,
      body: answer,
      retryAfter: response.headers.get('retry-after'),
    });
    return status >= 500 || status === 408 || status === 429 ? undefined : { status, body: answer };
  } catch (error) {
    journal.write({ what: 'unknown', key, path, because: wordsOf(error) });
    return undefined;
  }
}

async function get(settings: SenderSettings, who: string, path: string): Promise<Outcome['body']> {
  const response = await fetch(`${settings.apiUrl}/api/v1${path}`, {
    headers: authorization(settings, who),
    signal: AbortSignal.timeout(answerWithinMs),
  });
  if (!response.ok) throw new Error(`GET ${path} was answered ${response.status}`);
  return (await response.json()) as Outcome['body'];
}

const authorization = ({ tokens }: SenderSettings, who: string) => ({
  authorization: `Bearer ${tokens.get(who) ?? ''}`,
});

const jsonUnlessForm = (body: unknown): Record<string, string> =>
  body instanceof FormData ? {} : { 'content-type': 'application/json' };

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

/** Lets so many through at once; the others queue. */
function turnstile(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  let free = places;
  const queue: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => queue.push(resolve));
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next === undefined) free++;
      else next();
    }
  };
}
