import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { endAllBelow, signal } from './servers/processes';
import { projectFolder } from './servers/project';
import type { StopList } from './servers/stop-list';
import { withServers } from './servers/with-servers';

/** `npm test`: runs all tests against real servers. The last line is `N passed, N failed`. */
async function main(running: StopList): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dingdan-counts-'));
  const countsFile = join(folder, 'counts.json');
  const code = await runJest(running, countsFile);
  const { passed, failed, skipped } = countsIn(countsFile);
  rmSync(folder, { recursive: true, force: true });
  // A set-up that failed, or a run that was interrupted, is a failure although no test says so.
  const reported = code === 0 ? failed : Math.max(failed, 1);
  console.log(`${passed} passed, ${reported} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = reported > 0 ? 1 : 0;
}

/** Runs Jest with our own arguments; answers its exit code, null when it was killed. */
async function runJest(running: StopList, countsFile: string): Promise<number | null> {
  const jest = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
  const reporters = ['default', join(projectFolder, 'scripts', 'count-reporter.cjs')];
  // The reporters come last: after them Jest would take a test file's name for one more.
  const args = [jest, ...process.argv.slice(2), ...reporters.map((reporter) => `--reporters=${reporter}`)];
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, DINGDAN_TEST_COUNTS: countsFile },
    // In a session of its own: Ctrl-C reaches us alone, and we end Jest with all that it has started.
    detached: true,
  });
  const exited = once(child, 'exit');
  const { pid } = child;
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null;
  if (pid !== undefined) running.add({ stop: async () => (hasExited() ? undefined : endJest(pid, exited)) });
  const [code] = await exited;
  return typeof code === 'number' ? code : null;
}

/** Jest knows no orderly end. It is stopped where it is, so that it starts nothing more while its servers end. */
async function endJest(pid: number, exited: Promise<unknown>): Promise<void> {
  signal(pid, 'SIGSTOP');
  await endAllBelow(pid);
  signal(pid, 'SIGKILL');
  await exited;
}

const counts = z.object({ passed: z.number(), failed: z.number(), skipped: z.number() });

function countsIn(file: string): z.infer<typeof counts> {
  try {
    return counts.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

withServers(main, { code: 1 });
