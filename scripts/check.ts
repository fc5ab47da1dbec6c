import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { endAllBelow, signal } from './servers/processes';
import { projectFolder } from './servers/project';
import type { StopList } from './servers/stop-list';
import { withServers } from './servers/with-servers';

/** Commands of package.json: the tests first, because they take longest. */
const checks = ['check:tests', 'types', 'lint', 'format:check'] as const;

/** `npm run check`: all that can be checked without a server, side by side. What a check says is shown when it is done. */
async function main(running: StopList): Promise<void> {
  const since = Date.now();
  const failed: string[] = [];
  const checkOne = async (name: string): Promise<void> => {
    const { code, said } = await outcomeOf(running, name);
    const seconds = ((Date.now() - since) / 1000).toFixed(0);
    console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds} s)${said === '' ? '' : `\n${said}`}`);
    if (code !== 0) failed.push(name);
  };
  await Promise.all(checks.map(checkOne));
  console.log(failed.length === 0 ? 'All is well.' : `Failed: ${failed.join(', ')}.`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}

async function outcomeOf(
  running: StopList,
  name: string,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn('npm', ['run', '--silent', name], { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'] });
  // At the end of all nothing is left to stop; its number may be another process by then.
  running.add({ stop: async () => (child.exitCode === null ? end(child.pid) : undefined) });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  await once(child, 'close');
  return { code: child.exitCode, said: said.trim() };
}

async function end(pid: number | undefined): Promise<void> {
  if (pid === undefined) return;
  await endAllBelow(pid);
  signal(pid, 'SIGTERM');
}

withServers(main, { code: 1 });
