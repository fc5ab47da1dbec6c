import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { Canary } from '../canary';
import type { Evidence, Place, Tables } from '../check/evidence';
import type { Company } from '../company';
import type { Journal } from '../journal';
import type { Ending } from '../stories/live';
import { type Recorded, readWorkflows, temporalPlaces } from './histories';
import { rebuild } from './rebuild';
import { replays } from './replay';
import { onDatabase } from '../../servers/on-database';
import { codecWith } from '../../servers/seal-keys';
import { readTables } from './tables';

export interface Reading {
  readonly seed: number;
  readonly canary: Canary;
  readonly journal: Journal;
  readonly endings: readonly Ending[];
  readonly say: (line: string) => void;
}

/** When nothing moves any more: reads journal, database, histories and logs, rebuilds the read model and replays. */
export async function readEvidence(company: Company, reading: Reading): Promise<Evidence> {
  const { seed, canary, journal, endings, say } = reading;
  const connection = await Connection.connect({ address: company.temporalAddress });
  const codec = codecWith(company.sealKeys);
  const client = new Client({ connection, dataConverter: { payloadCodecs: [codec] } });
  try {
    const { readAt, recorded, tables } = await readAtRest(company, say, () => readWorkflows(client, codec));
    say(`Replaying ${recorded.length} histories …`);
    const replayed = await replays(recorded, codec);
    const runs = recorded.map(({ histories: _histories, ...run }) => {
      const { filings = [], failure } = replayed.get(run.workflowId) ?? {};
      return { ...run, filings, replayFailure: failure };
    });
    say('Filing again what they filed, in an empty database …');
    const name = 'rebuilt';
    const urls = { name, administration: company.databaseUrl('postgres'), rebuilt: company.databaseUrl(name) };
    const rebuilt = await rebuild(urls, tables, runs);
    const places = [...(await temporalPlaces(client, codec, recorded)), ...filesOf(company)];
    return {
      seed,
      readAt,
      journal: journal.entries(),
      endings,
      tables,
      rebuilt,
      runs,
      places,
      canaries: canary.strings,
      deaths: company.deaths,
      sample: {
        workflowId: recorded[0]?.workflowId ?? '',
        histories: recorded[0]?.histories ?? [],
        sealKeys: company.sealKeys,
      },
    };
  } finally {
    await connection.close();
  }
}

interface Read {
  readonly readAt: string;
  readonly recorded: readonly Recorded[];
  readonly tables: Tables;
}

/** A clock may ring while histories are read, which takes a while: what was filed meanwhile would be missing in them. */
const mostReadings = 5;

/** Histories and tables of one and the same moment. */
async function readAtRest(
  company: Company,
  say: Reading['say'],
  readHistories: () => Promise<readonly Recorded[]>,
): Promise<Read> {
  for (let reading = 1; ; reading++) {
    const { filed } = await untilQuiet(company, say);
    say('Reading histories and asking every workflow for its dossier …');
    const readAt = new Date().toISOString();
    const recorded = await readHistories();
    const tables = await readTables(company.databaseUrl());
    const isAtRest = filed === undefined || String(tables['facts']?.length ?? 0) === filed;
    if (isAtRest || reading === mostReadings) return { readAt, recorded, tables };
    say('Something was filed meanwhile: reading again.');
  }
}

/** Two sweeps and some: what is pending after so long is pending for good, and the checker says so. */
const quietWithinMs = 60_000;
/** Nothing was filed for so long: no timer rings, no message is on its way. */
const quietForMs = 5_000;

/** Answers how many facts are filed by then; undefined where it never became quiet, and would not later. */
async function untilQuiet(company: Company, say: Reading['say']): Promise<{ readonly filed: string | undefined }> {
  const until = Date.now() + quietWithinMs;
  for (let before = '', since = Date.now(); Date.now() < until; await pause(500)) {
    const { pending, filed } = await onDatabase(company.databaseUrl(), async (client) => {
      const { rows } = await client.query<{ pending: number; filed: string }>(
        `select (select count(*) from inbox where state = 'pending')::int as pending, (select count(*) from facts)::text as filed`,
      );
      return rows[0] ?? { pending: 0, filed: '' };
    });
    if (filed !== before || pending > 0) [before, since] = [filed, Date.now()];
    else if (Date.now() - since > quietForMs) return { filed };
  }
  say('It did not become quiet; reading all the same.');
  return { filed: undefined };
}

/** The logs of worker and API, and Temporal's own file: whatever it keeps, it keeps there. */
function filesOf(company: Company): readonly Place[] {
  const files = [
    ...(['worker', 'api'] as const).map((part) => ({ name: `log of the ${part}`, file: company.logFile(part) })),
    ...['temporal.db', 'temporal.db-wal'].map((name) => ({ name, file: join(company.folder, name) })),
  ];
  return files.filter(({ file }) => existsSync(file)).map(({ name, file }) => ({ name, bytes: readFileSync(file) }));
}
