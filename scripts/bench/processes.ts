import { readFileSync } from 'node:fs';
import { withDescendants } from '../servers/processes';

/** The kernel counts CPU time in hundredths of a second (USER_HZ is 100 on every Linux that Node runs on). */
const ticksPerSecond = 100;

/**
 * CPU seconds that a process and everything below it have used so far, children that have ended included: PostgreSQL's
 * backends come and go, and what they used is then their parent's.
 */
export function cpuSecondsOfTree(pid: number): number {
  return withDescendants(pid)
    .map(statOf)
    .reduce((sum, { own, ended }) => sum + own + ended, 0);
}

/** CPU seconds of this process alone: the servers are its children. */
export const cpuSecondsOfDriver = (): number => statOf(process.pid).own;

/** Resident memory of a process and everything below it, in KiB. */
export function rssKiBOfTree(pid: number): number {
  return sumOver(pid, (each) => /^VmRSS:\s+(\d+) kB/m.exec(read(each, 'status'))?.[1]);
}

/** The same with shared pages counted once: each of PostgreSQL's backends maps the same buffers. */
export function pssKiBOfTree(pid: number): number {
  return sumOver(pid, (each) => /^Pss:\s+(\d+) kB/m.exec(read(each, 'smaps_rollup'))?.[1]);
}

function sumOver(pid: number, kiB: (pid: number) => string | undefined): number {
  return withDescendants(pid).reduce((sum, each) => sum + Number(kiB(each) ?? 0), 0);
}

function statOf(pid: number): { readonly own: number; readonly ended: number } {
  const stat = read(pid, 'stat');
  // The command's name stands in brackets and may hold spaces; field 14 of the manual is the twelfth after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const seconds = (at: number): number => Number(fields[at] ?? 0) / ticksPerSecond;
  return { own: seconds(11) + seconds(12), ended: seconds(13) + seconds(14) };
}

/** Nothing for a process that has just ended. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
