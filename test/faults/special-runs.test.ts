import { canaryOf } from '../../scripts/faults/canary';
import { violationsIn } from '../../scripts/faults/check/checks';
import type { Violation } from '../../scripts/faults/check/violation';
import { type Company, startCompany } from '../../scripts/faults/company';
import { readEvidence } from '../../scripts/faults/read/read-evidence';
import { playSpecial, specialRunNames } from '../../scripts/faults/special/special-runs';
import { type Clients, openClients } from '../../scripts/faults/storm';

jest.setTimeout(420_000);

const seed = 11;
const canary = canaryOf(seed);
const say = (): void => undefined;
const findings = new Map<string, readonly Violation[]>();
const stopping = new AbortController();
let company: Company;
let clients: Clients;

// One company for all of them: its servers take longer to start than the runs to play.
beforeAll(async () => {
  company = await startCompany(canary);
  clients = openClients(company, seed, stopping.signal);
  for (const name of specialRunNames)
    findings.set(name, await playSpecial(name, { company, clients, canary, seed, say, size: 'short' }));
  const evidence = await readEvidence(company, { seed, canary, journal: clients.journal, endings: [], say });
  findings.set('checker', violationsIn(evidence));
});

afterAll(async () => {
  stopping.abort();
  await clients.close();
  await company.stop();
});

test.each([
  ['X1 X2 a worker dies between a commit and its workflow task while a second message arrives', 'lostCompletion'],
  ['T1 messages arrive at the moment of a time-out', 'atTheTimeOut'],
  ['X1 PostgreSQL is away: 503 with Retry-After, nothing is lost, it recovers by itself', 'databaseAway'],
  ['X1 Temporal is away: 202, and done when it is back', 'temporalAway'],
  ['S3 T1 X1 afterwards book, inbox and workflows say the same', 'checker'],
] as const)('%s', (_sentence, name) => {
  expect(findings.get(name)).toEqual([]);
});
