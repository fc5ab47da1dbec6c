/** What the servers project finds running; handed from Jest's global set-up to the test files by environment variables. */
export interface Surroundings {
  /** The `postgres` database of the test server, as its superuser. */
  readonly postgresUrl: string;
  /** The same as the role of API and worker. */
  readonly applicationUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string;
  /** The executable of the time-skipping server. */
  readonly timeSkippingServer: string;
  /** The file that holds the workflows, bundled once for all test files: webpack takes seconds. */
  readonly workflowBundle: string;
}

export const templateDatabase = 'dingdan_template';

const variables = {
  postgresUrl: 'DINGDAN_TEST_POSTGRES_URL',
  applicationUrl: 'DINGDAN_TEST_APPLICATION_URL',
  temporalAddress: 'DINGDAN_TEST_TEMPORAL_ADDRESS',
  temporalUiUrl: 'DINGDAN_TEST_TEMPORAL_UI_URL',
  timeSkippingServer: 'DINGDAN_TEST_TIME_SKIPPING_SERVER',
  workflowBundle: 'DINGDAN_TEST_WORKFLOW_BUNDLE',
} as const satisfies Record<keyof Surroundings, string>;

/** Called once, before Jest makes its workers: they inherit the environment. */
export function announce(surroundings: Surroundings): void {
  const names = Object.keys(variables) as (keyof Surroundings)[];
  for (const name of names) process.env[variables[name]] = surroundings[name];
}

/** As `surrounding`, undefined where there are none: in tests that need no servers. */
export function surroundingIfAny(name: keyof Surroundings): string | undefined {
  return process.env[variables[name]];
}

/** One of the surroundings, in a test file. */
export function surrounding(name: keyof Surroundings): string {
  const value = surroundingIfAny(name);
  if (value === undefined)
    throw new Error(`This test needs servers: it belongs to the Jest project "servers" (missing ${name})`);
  return value;
}
