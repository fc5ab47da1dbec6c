import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** The name in a watchdog's command line (see watchdog.ts). */
export const watchdogName = 'dingdan-watchdog';

/** Whether the process runs. A zombie (dead, not yet collected by its parent) does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return stateOf(pid) !== 'Z';
}

/**
 * The process and everything below it. Process groups do not do: PostgreSQL puts each of its backends in one of its own.
 */
export function withDescendants(pid: number): readonly number[] {
  const parents = processTable();
  const found = [pid];
  for (const parent of found) {
    found.push(...parents.filter((row) => row.parent === parent).map((row) => row.pid));
  }
  return found;
}

/** Sends the signal; a process that is gone already is fine. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Waits until all are dead; answers false if some still live after `withinMs`. */
export async function allDead(pids: readonly number[], withinMs: number): Promise<boolean> {
  const until = Date.now() + withinMs;
  while (pids.some(isAlive)) {
    if (Date.now() > until) return false;
    await pause(20);
  }
  return true;
}

/** SIGKILL to the process and all below it; returns when none is left. */
export async function killTree(pid: number): Promise<void> {
  const pids = withDescendants(pid);
  for (const each of pids) signal(each, 'SIGKILL');
  // SIGKILL cannot be refused: ten seconds only cover a machine that is very busy.
  if (!(await allDead(pids, 10_000))) throw new Error(`Process ${pid} or one of its children survived SIGKILL`);
}

/**
 * Ends whatever the process has started and not stopped, servers on their way up included, and returns when nothing is
 * left. SIGINT is what PostgreSQL, Temporal and our programs end in good order on. The watchdogs come last: theirs is to
 * remove the folders that the servers worked in.
 */
export async function endAllBelow(pid: number): Promise<void> {
  await endThose(() => belowOf(pid).filter((each) => !isOfWatchdog(each)), 'SIGINT');
  await endThose(() => belowOf(pid), 'SIGTERM');
}

/** When the process began, as the system counts: with its number it names one process, even when the number is given again. */
export function beginningOf(pid: number): string {
  if (existsSync('/proc/self/stat')) return statFields(pid)[19] ?? '';
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return '';
  }
}

/** The command line of a running process, or '' when there is none. */
export function commandOf(pid: number): string {
  try {
    if (existsSync(`/proc/${pid}`)) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}

/** Something may be started while the others end: so it looks again until there is nothing. */
async function endThose(those: () => readonly number[], name: NodeJS.Signals): Promise<void> {
  for (let asked = name, left = those(); left.length > 0; left = those()) {
    for (const each of left) signal(each, asked);
    if (!(await allDead(left, patienceMs))) asked = 'SIGKILL';
  }
}

/** PostgreSQL writes a checkpoint in this time, and API and worker finish what they are at. */
const patienceMs = 15_000;

function belowOf(pid: number): readonly number[] {
  return withDescendants(pid).filter((each) => each !== pid && isAlive(each));
}

function isOfWatchdog(pid: number): boolean {
  const isOne = (each: number): boolean => commandOf(each).includes(` ${watchdogName} `);
  return isOne(pid) || isOne(Number(statFields(pid)[1] ?? 0));
}

interface Row {
  readonly pid: number;
  readonly parent: number;
}

function processTable(): readonly Row[] {
  if (existsSync('/proc/self/stat')) {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map((name) => ({ pid: Number(name), parent: Number(statFields(Number(name))[1] ?? -1) }));
  }
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = -1, parent = -1]) => ({ pid, parent }));
}

function stateOf(pid: number): string {
  if (existsSync('/proc/self/stat')) return statFields(pid)[0] ?? 'Z';
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', 'state='], { encoding: 'utf8', stdio: 'pipe' })
      .trim()
      .charAt(0);
  } catch {
    return 'Z';
  }
}

/** State, parent and so on: what follows the command name, which stands in brackets and may hold spaces. */
function statFields(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}
