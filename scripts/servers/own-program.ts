import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectFolder } from './project';
import { type ServerProcess, lastLines, launch } from './server-process';
import { Trouble } from './trouble';

export interface ProgramOptions {
  readonly name: keyof typeof programs;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** What each workflow's worker loads before anything else ([why](docs/decisions/no-stack-traces-of-promises.md)). */
export const beforeWorker: readonly string[] = ['--require', join(projectFolder, 'worker/without-promise-stacks.cjs')];

/** Our own programs by their names, and what Node is told before each. */
const programs = {
  api: { main: 'api/main.ts', before: [] },
  worker: { main: 'worker/main.ts', before: beforeWorker },
} as const;

/** Starts one of our own programs (worker, API) from its source, as a process of its own. */
export async function startProgram({ name, environment, logFile }: ProgramOptions): Promise<ServerProcess> {
  const { main, before } = programs[name];
  return launch({
    name,
    command: process.execPath,
    args: ['--import', 'tsx', ...before, join(projectFolder, main)],
    logFile,
    stopSignal: 'SIGTERM',
    options: { cwd: projectFolder, env: { ...process.env, ...environment } },
  });
}

/** The worker bundles the workflows at its start, which takes up to half a minute on a busy two-core machine. */
const readyWithinMs = 120_000;

/** Waits until the address answers 200. */
export async function untilAnswers(
  url: string,
  waiting: { readonly name: string; readonly logFile: string },
): Promise<void> {
  const until = Date.now() + readyWithinMs;
  while (!(await answers(url))) {
    if (Date.now() > until) {
      throw new Trouble(
        `${waiting.name} is not ready after ${readyWithinMs / 1000} s; see ${waiting.logFile}, which ends:\n${lastLines(waiting.logFile)}`,
      );
    }
    await pause(200);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3000) });
    return response.ok;
  } catch {
    return false;
  }
}
