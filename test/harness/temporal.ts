import { TestWorkflowEnvironment } from '@temporalio/testing';
import { addSearchAttributes } from '../../scripts/servers/search-attributes';
import { searchAttributes } from '../../workflows/search-attributes';
import { sealing } from './seal';
import { surrounding } from './surroundings';

/** host:port of the real Temporal server, namespace `default`. Tests share it: use task queues and workflow ids of your own. */
export function temporalAddress(): string {
  return surrounding('temporalAddress');
}

/** Where the Temporal UI of that server answers. */
export function temporalUiUrl(): string {
  return surrounding('temporalUiUrl');
}

/** Connections to the real server in the shape of the SDK's test environment; `teardown()` closes them and leaves the server running. */
export async function connectToTemporal(): Promise<TestWorkflowEnvironment> {
  return TestWorkflowEnvironment.createFromExistingServer({
    address: temporalAddress(),
    namespace: 'default',
    client: sealing,
  });
}

/**
 * A server of one's own where months pass in a second: for timers. It has no visibility lists and no schedules. Its clock
 * belongs to one test at a time. Call `teardown()` at the end.
 */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: surrounding('timeSkippingServer') } },
    client: sealing,
  });
  await addSearchAttributes(environment.connection, environment.namespace ?? 'default', searchAttributes);
  return environment;
}
