import { isIP } from 'node:net';
import { z } from 'zod';
import { keysOf, sealKeysOf } from './payloads/keys';
import type { PayloadKeys } from './payloads/codec';
import { isSafe, type Robots, robotsIn } from './robots';

/** Everything that the program takes from its surroundings, read once and typed. */
export interface Environment {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalNamespace: string;
  /** For Temporal Cloud; undefined on a server of one's own. */
  readonly temporalApiKey: string | undefined;
  readonly apiHost: string;
  readonly apiPort: number;
  /** Addresses and networks of the proxies whose X-Forwarded-For is believed; none by default. */
  readonly trustedProxies: readonly string[];
  /** The build that this worker is, where workers are versioned (design rule 10); undefined: they are not. */
  readonly buildId: string | undefined;
  /** How many workflows a worker keeps awake. */
  readonly cachedWorkflows: number;
  readonly logLevel: z.infer<typeof logLevel>;
  /** The policy that new orders start under, a name in `config/policies`. */
  readonly policy: string;
  /** Secrets of signed webhooks, by the provider's name in small letters. */
  readonly webhookSecrets: ReadonlyMap<string, string>;
  /** Keys that seal payloads: the first seals, all of them open (X7). Never empty: a process without one is not believed. */
  readonly sealKeys: PayloadKeys['sealKeys'];
  /** Keys that encrypt payloads: the first encrypts, all of them read (design rule 5). Empty: payloads are not encrypted. */
  readonly payloadKeys: PayloadKeys['payloadKeys'];
  /** How people are told beside the app (GV-4). */
  readonly notices: NoticeChannels;
}

export interface NoticeChannels {
  /** Undefined: no mail is sent; the notices are in the app. */
  readonly mail: { readonly smtpUrl: string; readonly from: string; readonly publicUrl: string } | undefined;
  /** The group robot of a role. */
  readonly robots: Robots['robots'];
  /** What one person gets within so many minutes after the first is one mail. */
  readonly digestMinutes: number;
}

/** Reads the environment, or throws one error that lists every name that is wrong and why, and never a value (Y3). */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  // Compose files and shells hand in names without a value; that is the same as none.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
  const read = schema.safeParse(set);
  const { robots, problems: robotProblems } = robotsIn(set);
  const secrets = Object.entries(set).filter(([name]) => name.startsWith(secretPrefix));
  const problems = [
    ...(read.error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) ?? []),
    ...secrets.flatMap(([name, value = '']) => weaknessOf(value).map((weakness) => `${name}: ${weakness}`)),
    ...robotProblems,
    ...Object.keys(set)
      .filter(isUnknown)
      .map((name) => `${name}: is not a name that Dingdan knows`),
  ];
  if (!read.success || problems.length > 0) throw new Error(`the environment is refused:\n  ${problems.join('\n  ')}`);
  const known = read.data;
  return {
    databaseUrl: known.DATABASE_URL,
    temporalAddress: known.TEMPORAL_ADDRESS,
    temporalNamespace: known.TEMPORAL_NAMESPACE,
    temporalApiKey: known.TEMPORAL_API_KEY,
    apiHost: known.API_HOST,
    apiPort: known.API_PORT,
    trustedProxies: known.TRUSTED_PROXIES,
    buildId: known.DINGDAN_BUILD_ID,
    cachedWorkflows: known.CACHED_WORKFLOWS,
    logLevel: known.LOG_LEVEL,
    policy: known.DINGDAN_POLICY,
    webhookSecrets: new Map(
      secrets.map(([name, value = '']) => [name.slice(secretPrefix.length).toLowerCase(), value] as const),
    ),
    sealKeys: known.DINGDAN_SEAL_KEYS,
    payloadKeys: known.DINGDAN_PAYLOAD_KEYS,
    notices: { mail: mailOf(known), robots, digestMinutes: known.NOTICE_DIGEST_MINUTES },
  };
}

const secretPrefix = 'WEBHOOK_SECRET_';
const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);

const variables = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
  TEMPORAL_ADDRESS: z
    .string({ error: 'must be host:port' })
    .regex(/^[A-Za-z0-9.-]+:\d{1,5}$|^\[[0-9A-Fa-f:]+\]:\d{1,5}$/, 'must be host:port'),
  TEMPORAL_NAMESPACE: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
    .default('default'),
  TEMPORAL_API_KEY: z.string().min(16, 'is too short for a key').optional(),
  /** Loopback unless asked otherwise: nobody publishes an order book by accident. */
  API_HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/)
    .default('127.0.0.1'),
  API_PORT: z.coerce.number('must be a port').int().min(0).max(65_535).default(8080),
  TRUSTED_PROXIES: z.string().default('').transform(proxiesOf),
  CACHED_WORKFLOWS: z.coerce.number('must be a number').int().min(1).max(100_000).default(500),
  LOG_LEVEL: logLevel.default('info'),
  DINGDAN_BUILD_ID: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'must be letters, digits, dots, underscores and hyphens')
    .optional(),
  DINGDAN_POLICY: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be the name of a policy')
    .default('default'),
  DINGDAN_SEAL_KEYS: z
    .string({ error: 'must be set: id:key, the key 32 random bytes in base64' })
    .transform(sealKeysOf),
  DINGDAN_PAYLOAD_KEYS: z.string().default('').transform(keysOf),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// or smtps:// address' }).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>\r\n]{1,100} )?<?[^<>@\s]{1,64}@[A-Za-z0-9.-]{1,200}>?$/, 'must be an address, or: Name <address>')
    .optional(),
  PUBLIC_URL: z
    .string()
    .refine((value) => isSafe(value) && /^[^?#]*$/.test(value), 'must be the https:// address that people reach')
    .transform((value) => value.replace(/\/+$/, ''))
    .optional(),
  NOTICE_DIGEST_MINUTES: z.coerce.number('must be minutes').min(0).max(1440).default(10),
});

/** A mail without a sender, or with links to nowhere, is no mail. */
const schema = variables.superRefine(({ SMTP_URL, MAIL_FROM, PUBLIC_URL }, context) => {
  if (SMTP_URL === undefined) return;
  for (const [name, value] of Object.entries({ MAIL_FROM, PUBLIC_URL }))
    if (value === undefined) context.addIssue({ code: 'custom', path: [name], message: 'is needed beside SMTP_URL' });
});

function mailOf({ SMTP_URL, MAIL_FROM, PUBLIC_URL }: z.output<typeof variables>): NoticeChannels['mail'] {
  if (SMTP_URL === undefined || MAIL_FROM === undefined || PUBLIC_URL === undefined) return undefined;
  return { smtpUrl: SMTP_URL, from: MAIL_FROM, publicUrl: PUBLIC_URL };
}

/** What the program reads, and what only docker-compose.yml reads from the same shell. */
const ownNames = new Set([...Object.keys(variables.shape), 'DINGDAN_POSTGRES_PASSWORD', 'DINGDAN_APP_PASSWORD']);

/** A misspelt setting must not pass for a missing one; names of the tests are theirs. */
function isUnknown(name: string): boolean {
  return name.startsWith('DINGDAN_') && !name.startsWith('DINGDAN_TEST_') && !ownNames.has(name);
}

/** `10.0.0.7, 10.1.0.0/16`. A network of everybody would let everybody say who he is. */
function proxiesOf(text: string, context: z.RefinementCtx): readonly string[] {
  const proxies = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const proxy of proxies) {
    const [address = '', bits, ...more] = proxy.split('/');
    const most = { 4: 32, 6: 128 }[isIP(address)] ?? 0;
    const isNetwork = bits !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= most;
    if (most === 0 || more.length > 0 || !(bits === undefined || isNetwork))
      context.addIssue({ code: 'custom', message: 'must be addresses or networks, as in 10.0.0.7,10.1.0.0/16' });
  }
  return proxies;
}

/** Why a secret is too weak to start with (rule 7 of the invariants). */
function weaknessOf(secret: string): readonly string[] {
  const guessable = /change-?me|secret|password|example|qwerty|12345|abcdef/i.test(secret);
  return [
    ...(secret.length < 32 ? ['is weak: needs at least 32 characters'] : []),
    ...(new Set(secret).size < 12 ? ['is weak: repeats few characters'] : []),
    ...(guessable ? ['is weak: contains a word that everybody tries'] : []),
  ];
}
