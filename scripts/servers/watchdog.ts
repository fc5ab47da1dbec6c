import { spawn } from 'node:child_process';
import { watchdogName } from './processes';

/**
 * Ends a server that outlives us: when this process is killed before it could stop it, the watchdog asks the server to end
 * and kills it after ten seconds. Answers a function that calls the watchdog off.
 */
export function watchOverServer(pid: number): () => void {
  return watch(endServer, String(pid));
}

/** Removes a temporary folder that outlives us: after the servers that work in it have had time to end, or at once on SIGTERM. */
export function watchOverFolder(folder: string): () => void {
  return watch(removeFolder, folder);
}

/** The watchdog waits for the end of its input, which comes when we are gone, however that happens: it needs no clock. */
function watch(whenGone: string, argument: string): () => void {
  const watchdog = spawn('sh', ['-c', whenGone, watchdogName, argument], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.unref();
  // The pipe alone would keep us alive.
  if ('unref' in watchdog.stdin && typeof watchdog.stdin.unref === 'function') watchdog.stdin.unref();
  return () => watchdog.kill('SIGKILL');
}

const endServer = `
read line
kill -INT "$1" 2>/dev/null
for second in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$1" 2>/dev/null || exit; sleep 1; done
kill -KILL "$1" 2>/dev/null`;

const removeFolder = `
trap 'rm -rf "$1"; exit' TERM
read line
for second in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 1; done
rm -rf "$1"`;
