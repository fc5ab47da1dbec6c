import { ApplicationFailure, WorkflowClient } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { bundleWorkflowCode, Worker, type WorkflowBundle } from '@temporalio/worker';
import { answered } from '../../activities/answered';
import { openTasks } from '../../domain/inside/kernel/worklist/worklist';
import type { AnySummary, Filing } from '../../domain/inside/filing';
import type { Job } from '../loop/job';
import { startTimeSkipping } from '../harness/temporal';

const taskQueue = 'jobs';
const quality = { kind: 'user', userId: 'qian', roles: ['quality'] } as const;

/** Kinds of events, as the server numbers them. */
const [taskScheduled, timerStarted, timerFired, signalled] = [5, 17, 18, 26];

let environment: TestWorkflowEnvironment;
let bundle: WorkflowBundle;
let worker: Worker;
let running: Promise<void>;
const filings: Filing<AnySummary>[] = [];
const incidents: { readonly kind: string; readonly detail: string }[] = [];
/** What happens before an activity does its work. */
const before = new Map<string, () => Promise<void> | void>();

const company = {
  fileFacts: async (filing: Filing<AnySummary>) => void filings.push(filing),
  openIncident: async (incident: (typeof incidents)[number]) => void incidents.push(incident),
  reserve: async ({ pieces }: { pieces: number }) => ({ reserved: pieces }),
  pack: async ({ pieces }: { pieces: number }) => ({ packed: pieces }),
};

/** Every activity tells when it ended, by the clock of the server whose months pass in a second. */
function activities(): Record<string, (request: never) => Promise<unknown>> {
  const now = async (): Promise<Date> => new Date(await environment.currentTimeMs());
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
  worker = await newWorker();
  running = worker.run();
});

afterAll(async () => {
  worker.shutdown();
  await running;
  await environment.teardown();
});

/** Without a cache every task replays its job from the beginning, and none waits for a worker that is gone. */
const newWorker = (): Promise<Worker> =>
  Worker.create({
    connection: environment.nativeConnection,
    namespace: environment.namespace ?? 'default',
    taskQueue,
    activities: activities(),
    workflowBundle: bundle,
    maxCachedWorkflows: 0,
  });

let serial = 0;

async function startJob() {
  serial += 1;
  const no = `T${serial}`;
  const at = async () => new Date(await environment.currentTimeMs()).toISOString();
  const workflowId = `job-${no}`;
  const first = { kind: 'jobOpened', id: `${workflowId}#1`, at: await at(), by: { kind: 'process' } };
  const client = new WorkflowClient({ connection: environment.connection });
  const handle = await client.start('job', { workflowId, taskQueue, args: [{ no, first }] });
  let said = 0;
  const job = {
    no,
    handle,
    dossier: () => handle.query<Job>('dossier'),
    async say(kind: string, body: object = {}) {
      said += 1;
      const told = { kind, id: `m${said}`, at: await at(), by: quality, ...body };
      await handle.signal(kind, { to: workflowId, told });
    },
    until: (met: (dossier: Job) => boolean) => eventually(job.dossier, met),
    async approve() {
      const { worklist } = await job.until((dossier) => openTasks(dossier.worklist).length > 0);
      await job.say('decisionMade', { taskId: openTasks(worklist)[0]?.id, outcome: 'approve' });
    },
    facts: () => filings.filter(({ workflowId: of }) => of === workflowId).flatMap(({ facts }) => facts),
    kinds: () => job.facts().map(({ fact }) => fact.kind),
    async replays() {
      await Worker.runReplayHistory({ workflowBundle: bundle }, await handle.fetchHistory(), workflowId);
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

const resolved = (no: string) => ({ to: `job-${no}`, told: 'resolved' });

it('W1 a job goes its way with activities, a child and signals, is cancelled in the Temporal UI, and its history replays', async () => {
  const job = await startJob();
  await job.say('piecesWanted', { pieces: 3 });
  await job.approve();
  await job.until(({ sister }) => sister.told === 4);
  const child = new WorkflowClient({ connection: environment.connection }).getHandle(`job-${job.no}-S1`);
  await eventually(
    () => child.query<Job>('dossier'),
    ({ sister }) => sister.heard === 4,
  );
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
    const job = await startJob();
    await job.say('piecesWanted', { pieces: 2 });
    const { worklist } = await job.until((dossier) => openTasks(dossier.worklist).length > 0);
    const rings = Date.parse(openTasks(worklist)[0]?.clock.rungs[0]?.at ?? '');
    const isArmed = async (): Promise<boolean> =>
      ((await job.handle.fetchHistory()).events ?? []).some(({ eventType }) => Number(eventType) === timerStarted);
    await eventually(isArmed, (armed) => armed);
    // Without a worker nothing is heard: what comes now meets in one task when there is one again.
    worker.shutdown();
    await running;
    const sleepUntil = async (millis: number): Promise<void> =>
      environment.sleep(Math.max(1, millis - (await environment.currentTimeMs())));
    const decide = (): Promise<void> => job.say('decisionMade', { taskId: `${job.no}/1`, outcome: 'approve' });
    if (first === 'message') {
      await sleepUntil(rings - 2_000);
      await decide();
    }
    await sleepUntil(rings + 1_000);
    if (first === 'timer') await decide();
    const met = (await job.handle.fetchHistory()).events?.slice(-3).map(({ eventType }) => Number(eventType));
    expect(new Set(met)).toEqual(new Set([timerFired, signalled, taskScheduled]));
    worker = await newWorker();
    running = worker.run();
    await eventually(
      async () => job.kinds(),
      (kinds) => kinds.includes('sisterTold'),
    );
    const kinds = job.kinds().slice(job.kinds().indexOf('taskOpened') + 1);
    expect(kinds).toEqual(['decisionMade', 'sisterStarted', 'sisterTold']);
    await job.replays();
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
