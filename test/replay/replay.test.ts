import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, type InjectedSinks, Runtime, Worker } from '@temporalio/worker';
import type { WorkflowInfo } from '@temporalio/workflow';
import { workflowBundle } from '../harness/workflow-bundle';
import { testCodec } from '../harness/seal';
import { isAtRest } from '../../scripts/record/at-rest';
import type { FilingSinks } from '../../workflows/activity-types';
import { workflowIdOf } from '../../workflows/ids';
import { noIn } from './recorded-facts';
import { historyIn, recordedIn } from './recording';
import { scenarios } from './scenarios';

jest.setTimeout(180_000);

const folder = join(__dirname, 'histories');
const files = readdirSync(folder).sort();
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** The longest time that a payload may take on its way (W2). */
const maximumPayloadBytes = 64 * 1024;

/** Signals are addressed: a history is replayed under the id that it ran under. */
const workflowIdIn = (file: string): string =>
  workflowIdOf({ of: file.split('.')[1]?.split('-')[0] ?? '', no: noIn(file) });

it('W1 S3 every recorded history replays without a difference, and files again what it filed', async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const histories = files.map((file) => ({
    workflowId: workflowIdIn(file),
    history: historyIn(file),
  }));
  // Every scenario was recorded with the same order number: the run tells them apart.
  const fileOf = new Map(files.map((file) => [recordedIn(file).runId, file]));
  const replayed: string[] = [];
  const different: string[] = [];
  const filings = new Map<string, unknown[]>(files.map((file) => [recordedIn(file).runId, []]));
  const filed = ({ runId }: WorkflowInfo, filing: unknown) => void filings.get(runId)?.push(filing);
  const options = {
    workflowBundle: await workflowBundle(),
    dataConverter: { payloadCodecs: [testCodec] },
    sinks: { filings: { filed: { fn: filed, callDuringReplay: true } } } satisfies InjectedSinks<FilingSinks>,
  };
  for await (const { runId, error } of Worker.runReplayHistories(options, histories)) {
    replayed.push(fileOf.get(runId) ?? runId);
    if (error !== undefined) different.push(`${fileOf.get(runId)}: ${error.message}`);
  }
  expect(different).toEqual([]);
  expect(replayed.sort()).toEqual(files);
  for (const file of files) {
    const { runId, filings: recorded } = recordedIn(file);
    expect(withoutEpochs(JSON.parse(JSON.stringify(filings.get(runId))))).toEqual(withoutEpochs(recorded));
  }
});

/** A query may end a workflow task while its filing is under way; on replay the filing stands in the next task. */
const withoutEpochs = (filings: readonly object[]) => filings.map((filing) => ({ ...filing, epoch: undefined }));

it('W1 every scenario has its recording, of the order and of the children that it had', () => {
  const recorded = new Set(files.map((file) => file.replace(/\..*$/, '')));
  expect([...recorded].sort()).toEqual(Object.keys(scenarios).sort());
  for (const child of ['order', 'shipment-S1', 'shipment-S2', 'collection-B1'])
    expect(files.filter((file) => file.endsWith(`.${child}.json`)).length).toBeGreaterThan(0);
});

it('W1 every recording shows what came of the last message, not only that it was heard', () => {
  expect(files.filter((file) => !isAtRest(historyIn(file)))).toEqual([]);
});

it('W2 no payload in a history is larger than 64 KiB', () => {
  const tooLarge = files.flatMap((file) =>
    [...read(file).matchAll(/"data":\s*"([^"]*)"/g)]
      .map(([, data = '']) => Buffer.byteLength(data, 'base64'))
      .filter((bytes) => bytes > maximumPayloadBytes)
      .map((bytes) => `${file}: ${bytes}`),
  );
  expect(tooLarge).toEqual([]);
});

it('W3 no file of the workflows, or of what they call, keeps anything that can change', () => {
  const root = join(__dirname, '../..');
  const sources = ['workflows', 'domain/inside'].flatMap((place) =>
    readdirSync(join(root, place), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(place, file)),
  );
  expect(sources.length).toBeGreaterThan(80);
  const changeable = sources.flatMap((source) =>
    mutableStateIn(readFileSync(join(root, source), 'utf8')).map((found) => `${source}: ${found}`),
  );
  expect(changeable).toEqual([]);
});

it('W3 the check finds a counter, a cache and a list at the top of a module', () => {
  const planted =
    'let count = 0;\nexport const cache = new Map<string, number>();\nconst list: string[] = [];\nconst found = {};\n';
  expect(mutableStateIn(planted)).toHaveLength(4);
});

/** Top-level declarations stand at the first column; what cannot change is `readonly`, `as const`, or no collection. */
function mutableStateIn(source: string): readonly string[] {
  const lines = source.split('\n');
  return lines.filter(
    (text) =>
      /^(export )?(let|var) /.test(text) ||
      /^(export )?const \w+(: [^=]*)? = new (Map|Set|WeakMap|WeakSet|Array)\b/.test(text) ||
      /^(export )?const \w+: (?!readonly )[\w<>, ]*\[\] =/.test(text) ||
      /^(export )?const \w+ = (\[\]|\{\});?$/.test(text),
  );
}
