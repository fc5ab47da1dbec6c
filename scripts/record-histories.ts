import { DefaultLogger, makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import { differences, type Recording } from '../test/replay/compare/differences';
import { recordedFrom } from '../test/replay/recording';
import { scenarios, type Scenario } from '../test/replay/scenarios';
import { optionsFrom, type Options } from './record/options';
import { play } from './record/play';
import { keep, recordingOf } from './record/recordings';

/**
 * Records scenarios anew and says what became of each otherwise than in the recording before. A recording that comes to
 * the same replaces the one before; one that differs does so only with `--accept`, so that no difference goes unread.
 */
async function main(): Promise<void> {
  const options = optionsFrom(process.argv.slice(2));
  const logging = { filter: makeTelemetryFilterString({ core: 'ERROR' }) };
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging } });
  let refused = 0;
  for (const name of options.names) {
    const scenario = scenarios[name];
    if (scenario !== undefined && !(await recordAnew(name, scenario, options))) refused += 1;
  }
  if (refused === 0) return;
  console.log(`\n${refused} of ${options.names.length} differ. Meant: npm run record -- --accept <scenario>`);
  process.exitCode = 1;
}

/** Whether the new recording stands: it comes to the same as the one before, or what differs is accepted. */
async function recordAnew(name: string, scenario: Scenario, { check, accept }: Options): Promise<boolean> {
  const before = recordingOf(name);
  const after = await play(scenario);
  const found = before.size === 0 ? [] : differences(parsed(before), parsed(after));
  console.log(before.size === 0 ? `${name}: recorded for the first time` : `${name}: ${summaryOf(found)}`);
  for (const line of found) console.log(`  ${line}`);
  const stands = found.length === 0 || accept;
  if (stands && !check) keep(name, after);
  return stands;
}

const summaryOf = ({ length }: readonly string[]): string =>
  length === 0 ? 'same' : length === 1 ? '1 difference' : `${length} differences`;

const parsed = (recording: ReadonlyMap<string, string>): Recording =>
  Object.fromEntries([...recording].map(([workflow, history]) => [workflow, recordedFrom(history)]));

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
