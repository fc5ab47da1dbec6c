import { SearchAttributeType, defineSearchAttributeKey } from '@temporalio/common';
import { createDatabase } from '../harness/databases';
import { onDatabase } from '../../scripts/servers/on-database';
import { connectToTemporal, startTimeSkipping } from '../harness/temporal';

test('each test file gets a migrated database that is its own', async () => {
  const [one, other] = await Promise.all([createDatabase(), createDatabase()]);
  await onDatabase(one.ownerUrl, (client) => client.query('create table only_here (id int)'));
  const tables = (url: string) =>
    onDatabase(url, async (client) => {
      const { rows } = await client.query<{ tablename: string }>(
        `select tablename from pg_tables where schemaname = 'public'`,
      );
      return rows.map(({ tablename }) => tablename);
    });
  expect(await tables(one.url)).toContain('only_here');
  expect(await tables(other.url)).toContain('_prisma_migrations');
  expect(await tables(other.url)).not.toContain('only_here');
  await Promise.all([one.drop(), other.drop()]);
});

test('pg_trgm finds trigrams in Chinese words', async () => {
  const database = await createDatabase();
  const trigrams = await onDatabase(database.ownerUrl, async (client) => {
    await client.query('create extension if not exists pg_trgm');
    const { rows } = await client.query<{ found: readonly string[] }>(`select show_trgm('东海机械厂') as found`);
    return rows[0]?.found;
  });
  expect(trigrams).toHaveLength(6);
  await database.drop();
});

test('the Temporal server keeps closed workflows for 90 days', async () => {
  const environment = await connectToTemporal();
  const { config } = await environment.connection.workflowService.describeNamespace({ namespace: 'default' });
  expect(Number(config?.workflowExecutionRetentionTtl?.seconds)).toBe(90 * 24 * 3600);
  await environment.teardown();
});

test('the time-skipping server knows the search attributes', async () => {
  const environment = await startTimeSkipping();
  const stage = defineSearchAttributeKey('OrderStage', SearchAttributeType.KEYWORD);
  const start = (key: typeof stage, workflowId: string) =>
    environment.client.workflow.start('nobody-works-on-it', {
      workflowId,
      taskQueue: 'empty',
      typedSearchAttributes: [{ key, value: 'review' }],
    });
  await start(stage, 'known');
  const unknown = defineSearchAttributeKey('NotRegistered', SearchAttributeType.KEYWORD);
  await expect(start(unknown, 'unknown')).rejects.toThrow();
  await environment.teardown();
});
