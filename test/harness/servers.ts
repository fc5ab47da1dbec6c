import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultLogger, bundleWorkflowCode } from '@temporalio/worker';
import { bundled, unversionedWorkflows } from '../../worker/workflow-bundle';
import { migrate } from '../../prisma/migrate';
import { ensureDatabase } from '../../scripts/servers/ensure-database';
import { freePorts } from '../../scripts/servers/ports';
import { type PostgresServer, settingsForTests, startPostgres } from '../../scripts/servers/postgres-server';
import { type TemporalServer, startTemporal } from '../../scripts/servers/temporal-server';
import { temporaryFolder } from '../../scripts/servers/temporary-folder';
import { temporalTestServer } from '../../scripts/servers/temporal-binary';
import { StopList } from '../../scripts/servers/stop-list';
import { startTogether } from '../../scripts/servers/together';
import { searchAttributes } from '../../workflows/search-attributes';
import { type Surroundings, templateDatabase } from './surroundings';

export interface TestServers {
  readonly surroundings: Surroundings;
  stop(): Promise<void>;
}

/** One PostgreSQL with a migrated template database, one Temporal server in memory, the time-skipping server at hand. */
export async function startTestServers(): Promise<TestServers> {
  const { folder, ...temporary } = temporaryFolder('test');
  const running = new StopList();
  running.add(temporary);
  try {
    // Made while the servers come up; a failure is told when it is waited for.
    const bundled = bundleInto(join(folder, 'workflows.js'));
    bundled.catch(() => undefined);
    const [postgres, temporal] = await startServers(folder);
    running.add(postgres, temporal);
    const administration = postgres.url('postgres');
    await ensureDatabase(administration, templateDatabase);
    await migrate(postgres.url(templateDatabase), { applicationUrl: postgres.applicationUrl(templateDatabase) });
    const surroundings = {
      postgresUrl: administration,
      applicationUrl: postgres.applicationUrl('postgres'),
      temporalAddress: temporal.address,
      temporalUiUrl: temporal.uiUrl ?? '',
      timeSkippingServer: await temporalTestServer(),
      workflowBundle: await bundled,
    };
    return { surroundings, stop: () => running.stop() };
  } catch (error) {
    await running.stop();
    throw error;
  }
}

async function bundleInto(file: string): Promise<string> {
  const { code } = await bundleWorkflowCode({ ...bundled(unversionedWorkflows), logger: new DefaultLogger('WARN') });
  writeFileSync(file, code);
  return file;
}

async function startServers(folder: string): Promise<readonly [PostgresServer, TemporalServer]> {
  const [postgresPort = 0, temporalPort = 0, uiPort = 0] = await freePorts(3);
  const log = (name: string) => join(folder, `${name}.log`);
  return startTogether(
    startPostgres({
      dataFolder: join(folder, 'postgres'),
      port: postgresPort,
      logFile: log('postgres'),
      settings: settingsForTests,
    }),
    startTemporal({ port: temporalPort, uiPort, logFile: log('temporal'), searchAttributes }),
  );
}
