import { type SpawnOptions, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { allDead, killTree, signal, withDescendants } from './processes';
import { Trouble } from './trouble';
import { watchOverServer } from './watchdog';

/** A server we started as a process of our own. */
export interface ServerProcess {
  readonly pid: number;
  /** Settles when the process has ended, whoever ended it. */
  readonly exited: Promise<void>;
  /** Whether the process has ended. */
  readonly hasExited: () => boolean;
  /** Asks the server to end, and returns when it and all its children are gone. */
  readonly stop: () => Promise<void>;
  /** The power cut: SIGKILL to the server and all its children; returns when none is left. */
  readonly kill: () => Promise<void>;
}

export interface Launch {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly logFile: string;
  readonly stopSignal: NodeJS.Signals;
  readonly options?: Pick<SpawnOptions, 'cwd' | 'env' | 'uid' | 'gid'>;
}

/** How long a server may take to end by itself before it is killed. PostgreSQL writes a checkpoint in this time. */
const patienceMs = 15_000;

/**
 * Starts the server in a session of its own, so that Ctrl-C in the terminal reaches us and not the server: we decide the
 * order in which things end. Its output goes to the log file.
 */
export async function launch({ name, command, args, logFile, stopSignal, options }: Launch): Promise<ServerProcess> {
  const log = openSync(logFile, 'a');
  const child = spawn(command, args, { ...options, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await Promise.race([
    once(child, 'spawn'),
    once(child, 'error').then(([error]) => Promise.reject(new Trouble(`${name} cannot be started: ${String(error)}`))),
  ]);
  const pid = child.pid;
  if (pid === undefined) throw new Trouble(`${name} cannot be started: it has no process`);
  child.unref(); // a running server alone does not keep us alive; waiting for its end does, below
  child.once('exit', watchOverServer(pid));
  const hasExited = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    exited,
    hasExited,
    kill: async () => {
      if (hasExited()) return;
      child.ref();
      await killTree(pid);
      await exited;
    },
    stop: async () => {
      if (hasExited()) return; // its number may belong to another process by now
      child.ref();
      const pids = withDescendants(pid);
      signal(pid, stopSignal);
      if (!(await allDead(pids, patienceMs))) await killTree(pid);
      await exited;
    },
  };
}

/** The end of a log file, for the message that says why a server did not start. */
export function lastLines(logFile: string, count = 5): string {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
}
