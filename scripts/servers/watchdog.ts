import { spawn } from 'node:child_process';

/**
 * Ends a server that outlives us: when this process is killed before it could stop it, the watchdog asks the server to end
 * and kills it after ten seconds. Answers a function that calls the watchdog off.
 */
export function watchOverServer(pid: number): () => void {
  return watch(endServer, String(pid));
}

/** Removes a temporary folder that outlives us, after the servers that work in it have had time to end. */
export function watchOverFolder(folder: string): () => void {
  return watch(removeFolder, folder);
}

function watch(whenGone: string, argument: string): () => void {
  const script = `while kill -0 "$1" 2>/dev/null; do sleep 1; done; ${whenGone}`;
  const watchdog = spawn('sh', ['-c', script, 'watchdog', String(process.pid), argument], {
    detached: true,
    stdio: 'ignore',
  });
  watchdog.unref();
  return () => watchdog.kill('SIGKILL');
}

const endServer = `
kill -INT "$2" 2>/dev/null
for second in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$2" 2>/dev/null || exit; sleep 1; done
kill -KILL "$2" 2>/dev/null`;

const removeFolder = 'sleep 12; rm -rf "$2"';
