import { createActivities } from '../../../activities';
import { createPrismaClient } from '../../../prisma/client';
import { migrate } from '../../../prisma/migrate';
import type { Row, Run, Tables } from '../check/evidence';
import { onDatabase } from '../../servers/on-database';
import { readModel, readTables } from './tables';

/** What only says when a row was written, or who looks at it. */
const written = [
  'filedAt',
  'createdAt',
  'bookedAt',
  'settledAt',
  'startedAt',
  'acceptedAt',
  'receivedAt',
  'claimedBy',
  'claimedAt',
  'addressedAt',
  'priority',
  'followUpOn',
  // Whether somebody is there the worker judges by the organisation, which no history knows.
  'withoutCandidates',
  'candidatesAsOf',
];

/** Files every history again, by the product's own statement, in an empty database: the read model as it should be (S3). */
export async function rebuild(
  urls: { readonly administration: string; readonly rebuilt: string; readonly name: string },
  tables: Tables,
  runs: readonly Pick<Run, 'filings'>[],
): Promise<Tables> {
  await onDatabase(urls.administration, async (client) => {
    await client.query(`drop database if exists ${urls.name} with (force)`);
    await client.query(`create database ${urls.name}`);
  });
  await migrate(urls.rebuilt);
  await furnish(urls.rebuilt, tables);
  const prisma = createPrismaClient(urls.rebuilt, { poolSize: 8 });
  try {
    const activities = createActivities({ prisma, log: { warn: () => undefined } });
    // Orders do not share rows, so their order among each other does not matter; a workflow's filings go one by one.
    const left = [...runs];
    const file = async (): Promise<void> => {
      for (let run = left.pop(); run !== undefined; run = left.pop())
        for (const filing of run.filings) await activities.fileFacts(filing);
    };
    await Promise.all([file(), file(), file(), file()]);
  } finally {
    await prisma.$disconnect();
  }
  const read = await readTables(urls.rebuilt, readModel);
  return Object.fromEntries(Object.entries(read).map(([table, rows]) => [table, rows.map(withoutWritten)]));
}

/** What stood in the database before any workflow filed: master data, orders as they came in, messages not yet filed. */
async function furnish(url: string, tables: Tables): Promise<void> {
  const orders = (tables['orders'] ?? []).map((row) => ({ ...row, ...asAccepted }));
  // One reference may stand in several messages of which all but one were ignored; before any was filed, none holds it.
  const unfiled = { state: 'pending', because: null, settledAt: null, reference: null };
  const inbox = (tables['inbox'] ?? []).map((row) => ({ ...row, ...unfiled }));
  const customers = (tables['customers'] ?? []).map((row) => ({ ...row, suspendedAt: null, suspendedBy: null }));
  const pieces = {
    items: tables['items'],
    suppliers: tables['suppliers'],
    customers,
    orders,
    order_lines: tables['order_lines'],
    inbox,
  };
  await onDatabase(url, async (client) => {
    for (const [table, rows] of Object.entries(pieces))
      await client.query(`insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [
        JSON.stringify(rows ?? []),
      ]);
  });
}

const asAccepted = {
  filedSeq: 0,
  filedRun: '',
  filedEpoch: 0,
  version: 0,
  revision: 1,
  status: 'pending_review',
  waitingFor: [],
  waitingSince: null,
  dueAt: null,
  offeredOn: null,
  promisedOn: null,
  wishedOn: null,
  receivedFen: 0,
  billedFen: 0,
  outstandingFen: 0,
  shippedUnpaidFen: 0,
  usesCredit: true,
  shippedAt: null,
  deliveredAt: null,
  endedAt: null,
};

const withoutWritten = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !written.includes(name)));
