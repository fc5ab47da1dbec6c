import { chmodSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { beginningOf, isAlive } from './processes';
import { usualDataFolder } from './project';
import type { Stoppable } from './together';

/** Where the parts of a product are that `npm start` runs. */
export type RunningProduct = Omit<z.infer<typeof stateFile>, 'pid' | 'began'>;

const stateFile = z.object({
  pid: z.number().int().positive(),
  /** Tells the process from a later one that was given the same number. */
  began: z.string(),
  /** Without /api/v1. */
  apiUrl: z.string(),
  temporalAddress: z.string(),
  temporalNamespace: z.string(),
  /** Null where the Temporal server is not ours. */
  temporalUiUrl: z.string().nullable(),
  databaseUrl: z.string(),
  tokensFile: z.string(),
});

/** The state file of the product that runs on this data folder. */
const fileIn = (dataFolder: string): string => join(dataFolder, 'running.json');

/** Writes where this process's product is; stopping takes the word back. The address of the database is a secret. */
export function announceProduct(dataFolder: string, product: RunningProduct): Stoppable {
  const file = fileIn(dataFolder);
  const state = { pid: process.pid, began: beginningOf(process.pid), ...product };
  // Whoever reads it meanwhile finds the whole of it or nothing.
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  chmodSync(unfinished, 0o600);
  renameSync(unfinished, file);
  return { stop: async () => rmSync(file, { force: true }) };
}

/** The product that runs on the data folder, by DATA_FOLDER or the usual one; undefined when there is none, or not any more. */
export function findRunningProduct(
  dataFolder = resolve(process.env['DATA_FOLDER'] || usualDataFolder),
): RunningProduct | undefined {
  const state = stateIn(fileIn(dataFolder));
  if (state === undefined) return undefined;
  const { pid, began, ...product } = state;
  return isAlive(pid) && beginningOf(pid) === began ? product : undefined;
}

function stateIn(file: string): z.infer<typeof stateFile> | undefined {
  try {
    return stateFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
