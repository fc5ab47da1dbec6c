import { setTimeout as pause } from 'node:timers/promises';
import type { ServerProcess } from './server-process';
import type { Stoppable } from './together';

/** A process that is started again when it ends by itself. */
export interface Kept<S extends ServerProcess> extends Stoppable {
  /** As it was started the first time. */
  readonly first: S;
}

interface Keeping<S extends ServerProcess> {
  readonly name: string;
  readonly start: () => Promise<S>;
  /** Tells a person. */
  readonly say: (line: string) => void;
}

/** Doubles with each death in a row, up to half a minute: a program with a lasting fault must not keep the machine busy. */
const [firstPauseMs, longestPauseMs] = [1000, 30_000];

/** Who has lived this long has recovered. */
const recoveredAfterMs = 60_000;

/** Starts the process and keeps it running until `stop()`. The first start must succeed, else its error is thrown. */
export async function keepRunning<S extends ServerProcess>({ name, start, say }: Keeping<S>): Promise<Kept<S>> {
  const stopping = new AbortController();
  const first = await start();
  let current = first;

  async function keep(): Promise<void> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      const since = Date.now();
      await current.exited;
      if (Date.now() - since > recoveredAfterMs) pauseMs = firstPauseMs;
      if (stopping.signal.aborted) return;
      say(`${name} has ended unexpectedly (see .data/logs); starting it again in ${pauseMs / 1000} s.`);
      await pause(pauseMs, undefined, { signal: stopping.signal });
      current = await start().catch((error: unknown) => {
        say(`${name} could not be started: ${error instanceof Error ? error.message : String(error)}`);
        return current;
      });
    }
  }

  // Servers do not keep our own process alive; watching over them does.
  const staysAlive = setInterval(() => undefined, 60_000);
  const kept = keep().catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  return {
    first,
    stop: async () => {
      stopping.abort();
      await current.stop();
      await kept;
      await current.stop(); // it may have been on its way up
      clearInterval(staysAlive);
    },
  };
}
