import { spawn } from 'node:child_process';

/**
 * Ends servers that outlive us: when this process is killed before it could stop them, the watchdog asks them to end,
 * kills what is left after ten seconds, and removes the given folder.
 */
export function watchOver({
  pids,
  folder,
}: {
  readonly pids: readonly number[];
  readonly folder?: string;
}): () => void {
  const watchdog = spawn('sh', ['-c', script, 'watchdog', String(process.pid), folder ?? '', ...pids.map(String)], {
    detached: true,
    stdio: 'ignore',
  });
  watchdog.unref();
  return () => watchdog.kill('SIGKILL');
}

const script = `
owner=$1; folder=$2; shift 2
while kill -0 "$owner" 2>/dev/null; do sleep 1; done
kill -INT "$@" 2>/dev/null
for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$@" 2>/dev/null || break; sleep 1; done
kill -KILL "$@" 2>/dev/null
[ -n "$folder" ] && rm -rf "$folder"
`;
