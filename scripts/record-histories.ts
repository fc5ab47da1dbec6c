import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { company } from '../test/fakes/company';
import { testCodec } from '../test/harness/seal';
import { scenarios, type Scenario } from '../test/replay/scenarios';
import { startOrder, workerFor } from '../test/workflows/order-under-test';
import { searchAttributes } from '../workflows/search-attributes';
import { addSearchAttributes } from './servers/search-attributes';
import { temporalTestServer } from './servers/temporal-binary';

/**
 * Plays the scenarios that have no recording yet and writes what the server kept of each of their workflows. A recording
 * is never overwritten: changed behaviour gets a scenario, and so a recording, of its own.
 */
const folder = join(__dirname, '../test/replay/histories');

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const recorded = new Set(readdirSync(folder).map((file) => file.replace(/\..*$/, '')));
  const missing = Object.entries(scenarios).filter(([name]) => !recorded.has(name));
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  for (const [name, scenario] of missing) {
    await record(name, scenario);
    console.log(`recorded ${name}`);
  }
}

/** Each scenario has a server of its own, so that its clock is its own. */
async function record(name: string, scenario: Scenario): Promise<void> {
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: await temporalTestServer() } },
    client: { dataConverter: { payloadCodecs: [testCodec] } },
  });
  try {
    await addSearchAttributes(environment.connection, environment.namespace ?? 'default', searchAttributes);
    const firm = company();
    const worker = await workerFor(environment, firm, 'recording');
    await worker.runUntil(async () => {
      const order = await startOrder(environment, 'recording', scenario.terms);
      await scenario.tell(order);
      for (const workflowId of new Set(firm.filings.map((filing) => filing.workflowId))) {
        const history = await environment.client.workflow.getHandle(workflowId).fetchHistory();
        const file = join(folder, `${name}.${workflowId.replace(/-\d{8}-\d+/, '')}.json`);
        if (!existsSync(file)) writeFileSync(file, `${withoutMachine(historyToJSON(history))}\n`);
      }
    });
  } finally {
    await environment.teardown();
  }
}

/** Who recorded it, and where, is nobody's business. */
const withoutMachine = (history: string): string =>
  history.replaceAll(/"identity": *"[^"]*"/g, '"identity": "recorder"');

void main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
