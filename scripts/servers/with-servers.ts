import { endAllBelow } from './processes';
import { StopList } from './stop-list';
import { endWith } from './trouble';

interface Leaving {
  /** Told once, when a signal ends the work. */
  readonly say?: (line: string) => void;
  /** What the process answers then. */
  readonly code: number;
}

/**
 * Does work that starts servers, and leaves none of them behind: at its end they are stopped, and a signal at any moment
 * stops what stands, then ends what was still on its way up. The work hears of the signal by `signalled`.
 */
export function withServers(
  work: (running: StopList, signalled: AbortSignal) => Promise<void>,
  leaving: Leaving,
): void {
  const running = new StopList();
  const signalled = leaveOnSignal(running, leaving);
  const toTheEnd = async (): Promise<void> => {
    try {
      await work(running, signalled);
    } finally {
      if (!signalled.aborted) await running.stop();
    }
  };
  toTheEnd().catch((error: unknown) => {
    // After a signal the work fails because its servers go; whoever sent the signal knows why.
    if (!signalled.aborted) endWith(error);
  });
}

/** From now on a signal stops what is running and whatever else this process has started, then ends it. */
function leaveOnSignal(running: StopList, { say = () => undefined, code }: Leaving): AbortSignal {
  const signalled = new AbortController();
  const leave = async (): Promise<void> => {
    say('Stopping …');
    await running.stop();
    await endAllBelow(process.pid);
    say('Stopped.');
    process.exit(code);
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => {
      // Ctrl-C reaches npm and us, and npm passes it on: we hear of it twice.
      if (signalled.signal.aborted) return;
      signalled.abort();
      // Connections break as their servers go, wherever the work is at that moment: that is no reason to leave the rest behind.
      for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, () => undefined);
      leave().catch(endWith);
    });
  return signalled.signal;
}
