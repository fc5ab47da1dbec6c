import { Trouble } from './trouble';

/** Which addresses the environment gives, and where our own servers are to be when it gives none. */
export interface Wishes {
  readonly databaseUrl: string | undefined;
  readonly postgresPort: number;
  readonly temporalAddress: string | undefined;
  readonly temporalNamespace: string;
  readonly temporalPort: number;
  readonly temporalUiPort: number;
  readonly apiPort: number;
}

/** Reads the wishes from environment variables. */
export function wishesFrom(environment: NodeJS.ProcessEnv): Wishes {
  const given = (variable: string) => environment[variable] || undefined;
  const port = (variable: string, usual: number) => portFrom(variable, given(variable) ?? String(usual));
  return {
    databaseUrl: given('DATABASE_URL'),
    postgresPort: port('POSTGRES_PORT', 5434),
    temporalAddress: given('TEMPORAL_ADDRESS'),
    temporalNamespace: given('TEMPORAL_NAMESPACE') ?? 'default',
    temporalPort: port('TEMPORAL_PORT', 7233),
    temporalUiPort: port('TEMPORAL_UI_PORT', 8233),
    apiPort: port('API_PORT', 3400),
  };
}

function portFrom(variable: string, value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Trouble(`${variable}=${value} is not a port number.`);
  return port;
}
