import { Client } from 'pg';
import { deliverOnce } from './deliver';
import type { DeliverySettings } from './settings';
import { advisoryLocks } from '../../prisma/advisory-locks';

export interface LoopSettings extends DeliverySettings {
  readonly databaseUrl: string;
  readonly now?: () => Date;
  /** How long it sleeps at most; tests sleep shorter. */
  readonly slowlyMs?: number;
}

/** The loop, until it is stopped. */
export interface Loop {
  stop(): Promise<void>;
}

/** What a notification that got lost is found after, and how soon another worker takes over. */
const slowlyMs = 60_000;
const againAfterMs = 1_000;

/**
 * Delivers notices, one worker at a time: its lock lives and dies with the connection that also hears of new ones. It sleeps
 * until it hears of one, or until the next is due.
 */
export function startNotices(settings: LoopSettings): Loop {
  const stopping = new AbortController();
  const alarm = new Alarm(stopping.signal);
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        await whileConnected(settings, stopping.signal, alarm);
      } catch (error) {
        settings.log.warn({ err: error }, 'the delivery of notices was cut short and tries again');
        alarm.quieten();
        await alarm.within(againAfterMs);
      }
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** One life of the connection: ends when the loop is stopped, throws when the connection does. */
async function whileConnected(settings: LoopSettings, stopping: AbortSignal, alarm: Alarm): Promise<void> {
  const client = new Client({
    connectionString: settings.databaseUrl,
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
    application_name: 'dingdan notices',
  });
  let lost: Error | undefined;
  client.on('error', (error) => {
    lost = error;
    alarm.ring();
  });
  client.on('notification', () => alarm.ring());
  try {
    await client.connect();
    await client.query('listen notices');
    let isMine = false;
    while (!stopping.aborted) {
      if (lost !== undefined) throw lost;
      isMine ||= await lockFor(client);
      await alarm.within(isMine ? await oneTurn({ ...settings, stopping }) : longestOf(settings));
    }
  } finally {
    // A connection that is lost already has nothing left to say.
    await client.end().catch(() => undefined);
  }
}

async function lockFor(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [
    advisoryLocks.notices,
  ]);
  return rows[0]?.mine === true;
}

/** A pass; answers how long it may sleep. */
async function oneTurn(settings: LoopSettings): Promise<number> {
  const { now = () => new Date() } = settings;
  const due = await deliverOnce(settings, now());
  const longest = longestOf(settings);
  return due === undefined ? longest : Math.min(longest, Math.max(0, due.getTime() - now().getTime()));
}

const longestOf = ({ slowlyMs: longest = slowlyMs }: LoopSettings): number => longest;

/** Sleep that a ring ends; one that comes before the sleep is not lost. */
class Alarm {
  private rung = false;
  private wake: () => void = () => undefined;

  constructor(private readonly stopping: AbortSignal) {
    stopping.addEventListener('abort', () => this.ring(), { once: true });
  }

  ring(): void {
    this.rung = true;
    this.wake();
  }

  quieten(): void {
    this.rung = false;
  }

  async within(ms: number): Promise<void> {
    if (!this.rung && !this.stopping.aborted)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.rung = false;
  }
}
