import { ApplicationFailure, WorkflowClient } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@temporalio/worker';
import { answered } from '../../activities/answered';
import { openTasks } from '../../domain/inside/kernel/worklist/worklist';
import { type AnySummary, type Filing, filingAfter } from '../../domain/inside/filing';
import { type Job, job as jobs } from '../loop/job';
import { connectToTemporal, startTimeSkipping } from '../harness/temporal';

const taskQueue = 'jobs';
const quality = { kind: 'user', userId: 'qian', roles: ['quality'] } as const;

/** Kinds of events, as the server numbers them. */
const [taskScheduled, taskStarted, timerStarted, timerFired, signalled] = [5, 6, 17, 18, 26];

/** A server, its clock, and how far behind it everybody says that it is: what is timed by a message is then due soon. */
interface Place {
  readonly environment: TestWorkflowEnvironment;
  readonly millisBehind: number;
}

let environment: TestWorkflowEnvironment;
let bundle: WorkflowBundle;
let worker: Worker;
let running: Promise<void>;
const filings: Filing<AnySummary>[] = [];
const incidents: { readonly kind: string; readonly detail: string }[] = [];
/** What happens before an activity does its work. */
const before = new Map<string, () => Promise<void> | void>();

const company = {
  // As the books do: what another attempt at the same task files again is there already.
  fileFacts: async (filing: Filing<AnySummary>) => {
    const filedSeq = factsOf(filing.workflowId).at(-1)?.seq ?? 0;
    if ((filing.facts.at(-1)?.seq ?? 0) > filedSeq) filings.push(filingAfter(filing, filedSeq));
  },
  openIncident: async (incident: (typeof incidents)[number]) => void incidents.push(incident),
  reserve: async ({ pieces }: { pieces: number }) => ({ reserved: pieces }),
  pack: async ({ pieces }: { pieces: number }) => ({ packed: pieces }),
};

const timeAt = async ({ environment: server, millisBehind }: Place): Promise<Date> =>
  new Date((await server.currentTimeMs()) - millisBehind);

/** Every activity tells when it ended, by the clock of its place. */
function activities(place: Place): Record<string, (request: never) => Promise<unknown>> {
  const now = (): Promise<Date> => timeAt(place);
  const wrap = (name: string, activity: (request: never) => Promise<unknown>) => async (request: never) => {
    await before.get(name)?.();
    const ended = await now();
    return answered(activity, () => ended)(request);
  };
  return Object.fromEntries(Object.entries(company).map(([name, activity]) => [name, wrap(name, activity)]));
}

beforeAll(async () => {
  environment = await startTimeSkipping();
  bundle = await bundleWorkflowCode({ workflowsPath: require.resolve('../loop/workflows/index') });
  worker = await newWorker(skipping());
  running = worker.run();
});

afterAll(async () => {
  worker.shutdown();
  await running;
  await environment.teardown();
});

const newWorker = (place: Place): Promise<Worker> =>
  Worker.create({
    connection: place.environment.nativeConnection,
    namespace: place.environment.namespace ?? 'default',
    taskQueue,
    activities: activities(place),
    workflowBundle: bundle,
  });

const skipping = (): Place => ({ environment, millisBehind: 0 });
let serial = 0;

async function startJob(place = skipping()) {
  serial += 1;
  const no = `${process.pid}-${serial}`;
  const at = async () => (await timeAt(place)).toISOString();
  const workflowId = `job-${no}`;
  const first = { kind: 'jobOpened', id: `${workflowId}#1`, at: await at(), by: { kind: 'process' } };
  const client = new WorkflowClient({ connection: place.environment.connection });
  const handle = await client.start('job', { workflowId, taskQueue, args: [{ no, first }] });
  let said = 0;
  const job = {
    no,
    handle,
    async say(kind: string, body: object = {}) {
      said += 1;
      const told = { kind, id: `m${said}`, at: await at(), by: quality, ...body };
      await handle.signal(kind, { to: workflowId, told });
    },
    until: (met: (dossier: Job) => boolean) => untilFiled(workflowId, met),
    async approve() {
      const { worklist } = await job.until((dossier) => openTasks(dossier.worklist).length > 0);
      await job.say('decisionMade', { taskId: openTasks(worklist)[0]?.id, outcome: 'approve' });
    },
    facts: () => factsOf(workflowId),
    kinds: () => job.facts().map(({ fact }) => fact.kind),
    async replays() {
      const history = await eventually(() => handle.fetchHistory(), isAtRest);
      await Worker.runReplayHistory({ workflowBundle: bundle }, history, workflowId);
    },
  };
  return job;
}

/** Asks until the answer is as it should be; a test's own time limit ends it. */
async function eventually<T>(ask: () => Promise<T>, met: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (met(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const factsOf = (workflowId: string) =>
  filings.filter(({ workflowId: of }) => of === workflowId).flatMap(({ facts }) => facts);

/** The dossier, as its filed facts make it. */
function filedDossier(workflowId: string): Job | undefined {
  const [first, ...rest] = factsOf(workflowId);
  if (first === undefined) return undefined;
  const opened = jobs.open(workflowId.replace('job-', ''), first.fact).dossier;
  return rest.reduce((dossier, { fact }) => jobs.reduce(dossier, fact).dossier, opened);
}

async function untilFiled(workflowId: string, met: (dossier: Job) => boolean): Promise<Job> {
  const filed = await eventually(
    async () => filedDossier(workflowId),
    (dossier) => dossier !== undefined && met(dossier),
  );
  if (filed === undefined) throw new Error(`${workflowId} has filed nothing`);
  return filed;
}

/** No workflow task is under way: what a history that stops in the middle of one leads to is not in it. */
const isAtRest = ({ events }: { readonly events?: readonly { readonly eventType?: unknown }[] | null }): boolean =>
  ![taskScheduled, taskStarted].includes(Number(events?.at(-1)?.eventType));

const resolved = (no: string) => ({ to: `job-${no}`, told: 'resolved' });

it('W1 a job goes its way with activities, a child and signals, is cancelled in the Temporal UI, and its history replays', async () => {
  const job = await startJob();
  await job.say('piecesWanted', { pieces: 3 });
  await job.approve();
  await job.until(({ sister }) => sister.told === 4);
  await untilFiled(`job-${job.no}-S1`, ({ sister }) => sister.heard === 4);
  await job.handle.cancel();
  expect(await job.handle.result()).toBe('cancelled');
  expect(job.kinds()).toEqual([
    'jobOpened',
    'piecesWanted',
    'piecesRounded',
    'stockReserved',
    'boxPacked',
    'boxPacked',
    'taskOpened',
    'decisionMade',
    'sisterStarted',
    'sisterTold',
    'cancellationRequested',
    'stockReserved',
    'jobEnded',
  ]);
  expect(job.facts().map(({ seq }) => seq)).toEqual(job.facts().map((_, index) => index + 1));
  await job.replays();
});

it.each(['message', 'timer'])(
  'HT-9 of a message and a timer that meet in one task, the %s first, the message counts, no rung rings, and the history replays',
  async (first) => {
    const real: Place = { environment: await connectToTemporal(), millisBehind: 24 * 3_600_000 - 5_000 };
    const firstWorker = await newWorker(real);
    const firstRuns = firstWorker.run();
    const job = await startJob(real);
    await job.say('piecesWanted', { pieces: 2 });
    const { worklist } = await job.until((dossier) => openTasks(dossier.worklist).length > 0);
    const rings = Date.parse(openTasks(worklist)[0]?.clock.rungs[0]?.at ?? '');
    const kindsOfEvents = async (): Promise<readonly number[]> =>
      ((await job.handle.fetchHistory()).events ?? []).map(({ eventType }) => Number(eventType));
    await eventually(kindsOfEvents, (kinds) => kinds.includes(timerStarted));
    // Without a worker nothing is heard: what comes now meets in one task when there is one again.
    firstWorker.shutdown();
    await firstRuns;
    const decide = (): Promise<void> => job.say('decisionMade', { taskId: `${job.no}/1`, outcome: 'approve' });
    if (first === 'message') await decide();
    await eventually(kindsOfEvents, (kinds) => kinds.includes(timerFired));
    if (first === 'timer') await decide();
    const kinds = await kindsOfEvents();
    const met = kinds.slice(kinds.lastIndexOf(taskStarted)).filter((kind) => [timerFired, signalled].includes(kind));
    expect(met).toEqual(first === 'message' ? [signalled, timerFired] : [timerFired, signalled]);
    expect(Date.now()).toBeGreaterThan(rings);
    const secondWorker = await newWorker(real);
    await secondWorker.runUntil(job.until(({ sister }) => sister.told === 2));
    expect(job.kinds().slice(job.kinds().indexOf('taskOpened') + 1)).toEqual([
      'decisionMade',
      'sisterStarted',
      'sisterTold',
    ]);
    await job.replays();
    await job.handle.terminate();
    await real.environment.teardown();
  },
);

it('X1 an activity that is away holds nobody: a cancellation is filed meanwhile, and what it did after all is undone', async () => {
  const job = await startJob();
  let isAway = true;
  before.set('reserve', () => {
    if (isAway) throw new Error('the database is away');
  });
  await job.say('piecesWanted', { pieces: 2 });
  await job.say('cancellationRequested');
  await environment.sleep('15 seconds');
  await job.until(({ status }) => status === 'cancelled');
  await eventually(
    async () => job.kinds(),
    (kinds) => kinds.includes('cancellationRequested'),
  );
  expect(job.kinds()).toEqual(['jobOpened', 'piecesWanted', 'cancellationRequested']);
  isAway = false;
  while ((await job.handle.describe()).status.name === 'RUNNING') await environment.sleep('10 seconds');
  expect(await job.handle.result()).toBe('cancelled');
  expect(job.kinds().slice(-3)).toEqual(['stockReserved', 'stockReserved', 'jobEnded']);
  before.clear();
  await job.replays();
});

it('W5 a lasting fault opens an incident, and the effect is done when an operator has resolved it', async () => {
  const job = await startJob();
  let isBroken = true;
  before.set('reserve', () => {
    if (isBroken) throw ApplicationFailure.create({ message: 'no', type: 'rows_refused', nonRetryable: true });
  });
  await job.say('piecesWanted', { pieces: 2 });
  await eventually(
    async () => incidents,
    (opened) => opened.some(({ detail }) => detail === 'rows_refused'),
  );
  isBroken = false;
  await job.handle.signal('incidentResolved', resolved(job.no));
  const { version } = await job.until(({ stock }) => stock.reserved === 2);
  expect(version).toBeGreaterThan(2);
  before.clear();
  await job.replays();
});

it('W5 a filing that the books refuse opens an incident, and is filed when an operator has resolved it', async () => {
  const job = await startJob();
  await job.until(({ seq }) => seq === 1);
  let isBroken = true;
  before.set('fileFacts', () => {
    if (isBroken) throw ApplicationFailure.create({ message: 'no', type: 'value_refused', nonRetryable: true });
  });
  await job.say('piecesWanted', { pieces: 2 });
  await eventually(
    async () => incidents,
    (opened) => opened.some(({ kind, detail }) => kind === 'fileFacts' && detail === 'value_refused'),
  );
  isBroken = false;
  await job.handle.signal('incidentResolved', resolved(job.no));
  await job.until(({ stock }) => stock.reserved === 2);
  expect(job.kinds().slice(0, 3)).toEqual(['jobOpened', 'piecesWanted', 'stockReserved']);
  before.clear();
  await job.replays();
});

it('X1 a filing that two tries at once could not make is made by the ordinary activity', async () => {
  const job = await startJob();
  await job.until(({ seq }) => seq === 1);
  let tries = 0;
  before.set('fileFacts', () => {
    tries += 1;
    if (tries <= 3) throw new Error('the database is away');
  });
  await job.say('piecesWanted', { pieces: 2 });
  await job.until(({ stock }) => stock.reserved === 2);
  expect(tries).toBeGreaterThan(3);
  expect(job.kinds().slice(0, 3)).toEqual(['jobOpened', 'piecesWanted', 'stockReserved']);
  before.clear();
  await job.replays();
});

it('X7 forged signals change nothing and jam nothing', async () => {
  const job = await startJob();
  for (const junk of [[], ['words'], [{ to: 'another', told: {} }], [{ to: `job-${job.no}`, told: null }], [1, 2, 3]])
    await job.handle.signal('piecesWanted', ...junk);
  await job.handle.signal('incidentResolved');
  await job.handle.signal('nobodyKnowsThis', 7);
  await job.say('piecesWanted', { pieces: 2 });
  await job.until(({ stock }) => stock.reserved === 2);
  expect(job.facts().filter(({ fact }) => fact.kind === 'piecesWanted')).toHaveLength(1);
  await job.replays();
});
