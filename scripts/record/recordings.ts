import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historiesFolder, recordings } from '../../test/replay/recording';

/** The recording of a scenario as it is kept, by workflow; empty where there is none. */
export const recordingOf = (scenario: string): ReadonlyMap<string, string> =>
  new Map(
    filesOf(scenario).map((file) => [
      file.slice(scenario.length + 1, -'.json'.length),
      readFileSync(join(historiesFolder, file), 'utf8'),
    ]),
  );

/** Keeps a recording in place of the one before; workflows that the scenario has no longer are gone. */
export function keep(scenario: string, recording: ReadonlyMap<string, string>): void {
  for (const file of filesOf(scenario)) rmSync(join(historiesFolder, file));
  for (const [workflow, history] of recording)
    writeFileSync(join(historiesFolder, `${scenario}.${workflow}.json`), history);
}

const filesOf = (scenario: string): readonly string[] =>
  recordings('.json').filter((file) => file.startsWith(`${scenario}.`));
