import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectFolder } from './project';
import { type ServerProcess, lastLines, launch } from './server-process';
import { Trouble } from './trouble';

export interface ProgramOptions {
  readonly name: string;
  /** Path of its main file in the project, `worker/main.ts`. */
  readonly main: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** Starts one of our own programs (worker, API) from its source, as a process of its own. */
export async function startProgram({ name, main, environment, logFile }: ProgramOptions): Promise<ServerProcess> {
  return launch({
    name,
    command: process.execPath,
    args: ['--import', 'tsx', join(projectFolder, main)],
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
