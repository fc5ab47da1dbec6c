import { canaryOf } from '../../scripts/faults/canary';
import { violationsIn } from '../../scripts/faults/check/checks';
import { type Company, startCompany } from '../../scripts/faults/company';
import { readEvidence } from '../../scripts/faults/read/read-evidence';
import { playSpecial } from '../../scripts/faults/special/special-runs';
import { type Clients, openClients } from '../../scripts/faults/storm';

jest.setTimeout(180_000);

const seed = 11;
const canary = canaryOf(seed);
const silent = (): void => undefined;
const stopping = new AbortController();
let company: Company;
let clients: Clients;

beforeAll(async () => {
  company = await startCompany(canary);
  clients = openClients(company, seed, stopping.signal);
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
] as const)('%s', async (_sentence, name) => {
  expect(await playSpecial(name, { company, clients, canary, seed, say: silent, size: 'short' })).toEqual([]);
  const evidence = await readEvidence(company, { seed, canary, journal: clients.journal, endings: [], say: silent });
  expect(violationsIn(evidence)).toEqual([]);
});
