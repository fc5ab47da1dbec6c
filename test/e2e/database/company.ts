import { Client, type QueryResultRow } from 'pg';
import { createActivities } from '../../../activities';
import { createPrismaClient } from '../../../prisma/client';
import type { PrismaClient } from '../../../prisma/generated/client';
import type { Activities, AnsweredActivities } from '../../../workflows/activity-types';
import { createDatabase } from '../../harness/databases';

/** A database of one's own with the real activities on it, as the application connects, and a plain connection of the owner to look and to misbehave with. */
export interface Company {
  readonly url: string;
  readonly ownerUrl: string;
  readonly prisma: PrismaClient;
  readonly activities: Activities;
  query<Row extends QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  close(): Promise<void>;
}

export async function openCompany(): Promise<Company> {
  const database = await createDatabase();
  const prisma = createPrismaClient(database.url, { poolSize: 20 });
  const client = new Client({ connectionString: database.ownerUrl });
  await client.connect();
  return {
    url: database.url,
    ownerUrl: database.ownerUrl,
    prisma,
    activities: answersOf(createActivities({ prisma, log: { warn: () => undefined } })),
    query: async <Row extends QueryResultRow>(sql: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(sql, [...values])).rows,
    close: async () => {
      await prisma.$disconnect();
      await client.end();
      await database.drop();
    },
  };
}

/** What the activities answer, without the instant at which they ended. */
const answersOf = (activities: AnsweredActivities): Activities =>
  Object.fromEntries(
    Object.entries(activities).map(([name, activity]) => [
      name,
      // Each is called with its own request: the names and types are those of the activities.
      async (request: never) => (await activity(request)).answer,
    ]),
  ) as unknown as Activities;

/** The order as the door leaves it: accepted, not started. */
export async function acceptOrder(company: Company, no: string): Promise<void> {
  await company.query(
    `insert into orders (no, "customerId", channel, "takenBy", "salespersonId", grade, "policyName", "policyVersion", status, terms)
     values ($1, 'C-1', 'phone', 'u-sales', 'u-sales', 'B', 'default', 1, 'pending_review',
             '{"lines":[{"line":1,"itemId":"I-terms"}]}')`,
    [no],
  );
}

/** A message as the door writes it down before it rings. */
export async function writeInbox(
  company: Company,
  message: { readonly id: string; readonly orderNo: string },
): Promise<void> {
  await company.query(
    `insert into inbox (id, "workflowId", "orderNo", kind, payload, sender, digest) values ($1, $2, $3, 'decisionMade', '{}', 'u-sales', '')`,
    [message.id, `order-${message.orderNo}`, message.orderNo],
  );
}

/** All rows of a table as text, in a fixed order, without the columns that only say when the row was written. */
export async function rowsIn(
  company: Company,
  table: string,
  leaving: readonly string[] = [],
): Promise<readonly object[]> {
  const rows = await company.query<{ row: object }>(
    `select to_jsonb(t) - $1::text[] as row from ${table} t order by (to_jsonb(t) - $1::text[])::text`,
    [leaving],
  );
  return rows.map(({ row }) => row);
}
