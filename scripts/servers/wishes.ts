import { resolve } from 'node:path';
import { readEnvironment } from '../../config/environment';
import { usualDataFolder } from './project';
import { newSealKey } from './seal-keys';
import { Trouble } from './trouble';

/** Which addresses the environment gives, and where our own servers are to be when it gives none. */
export interface Wishes {
  /** Where the state is kept. */
  readonly dataFolder: string;
  readonly databaseUrl: string | undefined;
  /** The same database as the owner of its tables; undefined: one role does all, or the server is ours. */
  readonly databaseOwnerUrl: string | undefined;
  readonly postgresPort: number;
  readonly temporalAddress: string | undefined;
  readonly temporalNamespace: string;
  readonly temporalPort: number;
  readonly temporalUiPort: number;
  readonly apiPort: number;
  /** The policy of new orders. */
  readonly policy: string;
}

/** Reads the wishes from environment variables. */
export function wishesFrom(environment: NodeJS.ProcessEnv): Wishes {
  const given = (variable: string) => environment[variable] || undefined;
  const port = (variable: string, usual: number) => portFrom(variable, given(variable) ?? String(usual));
  const wishes = {
    dataFolder: resolve(given('DATA_FOLDER') ?? usualDataFolder),
    databaseUrl: given('DATABASE_URL'),
    databaseOwnerUrl: given('DATABASE_OWNER_URL'),
    postgresPort: port('POSTGRES_PORT', 5434),
    temporalAddress: given('TEMPORAL_ADDRESS'),
    temporalNamespace: given('TEMPORAL_NAMESPACE') ?? 'default',
    temporalPort: port('TEMPORAL_PORT', 7233),
    temporalUiPort: port('TEMPORAL_UI_PORT', 8233),
    apiPort: port('API_PORT', 3400),
    policy: given('DINGDAN_POLICY') ?? 'default',
  };
  requireDifferentPorts(wishes);
  requireReadable(environment, wishes);
  requireOwner(wishes);
  return wishes;
}

/** Two servers on one port would wait for each other for ever. */
function requireDifferentPorts(wishes: Wishes): void {
  const ours = [
    ['API_PORT', wishes.apiPort],
    ...(wishes.databaseUrl === undefined ? [['POSTGRES_PORT', wishes.postgresPort]] : []),
    ...(wishes.temporalAddress === undefined
      ? [
          ['TEMPORAL_PORT', wishes.temporalPort],
          ['TEMPORAL_UI_PORT', wishes.temporalUiPort],
        ]
      : []),
  ];
  for (const [index, [variable, port]] of ours.entries()) {
    const other = ours.slice(0, index).find(([, earlier]) => earlier === port);
    if (other === undefined) continue;
    throw new Trouble(`${other[0]} and ${variable} are both ${port}: choose another port for one of them.`);
  }
}

/** What worker and API would refuse is refused before anything starts: they end at once, and would be started again for ever. */
function requireReadable(environment: NodeJS.ProcessEnv, { databaseUrl, temporalAddress }: Wishes): void {
  const own = {
    DATABASE_URL: 'postgresql://127.0.0.1/dingdan',
    TEMPORAL_ADDRESS: '127.0.0.1:7233',
    DINGDAN_SEAL_KEYS: newSealKey(),
  };
  try {
    readEnvironment({
      ...environment,
      DINGDAN_SEAL_KEYS: environment['DINGDAN_SEAL_KEYS'] || own.DINGDAN_SEAL_KEYS,
      DATABASE_URL: databaseUrl ?? own.DATABASE_URL,
      TEMPORAL_ADDRESS: temporalAddress ?? own.TEMPORAL_ADDRESS,
    });
  } catch (error) {
    throw new Trouble(error instanceof Error ? error.message : String(error));
  }
}

function requireOwner({ databaseUrl, databaseOwnerUrl }: Wishes): void {
  if (databaseOwnerUrl === undefined) return;
  if (databaseUrl === undefined)
    throw new Trouble(
      'DATABASE_OWNER_URL is given without DATABASE_URL: set both, or neither to use our own PostgreSQL.',
    );
  if (!URL.canParse(databaseOwnerUrl) || !/^postgres(ql)?:$/.test(new URL(databaseOwnerUrl).protocol))
    throw new Trouble('DATABASE_OWNER_URL: must be a postgresql:// address');
}

function portFrom(variable: string, value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Trouble(`${variable}=${value} is not a port number.`);
  return port;
}
