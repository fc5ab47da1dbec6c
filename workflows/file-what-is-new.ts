import { addElapsed } from '../domain/inside/kernel/calendar';
import type { AnySummary, Filing } from '../domain/inside/filing';
import type { Base } from '../domain/inside/kernel/dossier';
import { isMessage } from '../domain/inside/kernel/fact';
import { taskOf } from '../domain/inside/kernel/worklist/worklist';
import { openIncident, type Run, type Unfiled } from './run-state';
import { toldInWords } from './told-in-words';

/**
 * The most facts of one filing. Shapes bound each fact, so their number bounds the payload: with their tasks and the
 * summary, sixteen stay below 64 KiB (W2).
 */
const mostFactsOfFiling = 16;

/**
 * With more than this still to be heard the filing is an ordinary activity, so that the workflow task ends soon: the server ends by
 * force a task during which very many messages come, and the worker does not bear that in the middle of a local activity.
 */
const mostQueuedAtOnce = 10;

/** Files everything that is unfiled, oldest first. */
export async function fileWhatIsNew<D extends Base>(run: Run<D>): Promise<void> {
  run.justRang = false;
  while (run.unfiled.length > 0) {
    const batch = nextBatch(run);
    run.unfiled = run.unfiled.slice(batch.length);
    await file(run, batch);
  }
}

/** The oldest facts; a message that may be filed at once does not wait, with its sender, for what the history is to hold first. */
function nextBatch<D extends Base>(run: Run<D>): readonly Unfiled<D>[] {
  const batch = run.unfiled.slice(0, mostFactsOfFiling);
  const firstHeld = batch.findIndex((one) => isHeldFirst(run, one));
  const atOnce = firstHeld === -1 ? batch : batch.slice(0, firstHeld);
  return atOnce.some(({ filed: { fact } }) => isMessage(fact)) ? atOnce : batch;
}

/**
 * Files one batch: within the workflow task that heard it, where its facts follow from the inputs alone, so that every
 * attempt at the task files the same. When the database is away for long, or refuses the rows until somebody has mended
 * them, then what was told meanwhile is heard before anything is done in the world: a cancellation is not passed over.
 */
async function file<D extends Base>(run: Run<D>, batch: readonly Unfiled<D>[]): Promise<void> {
  const { world } = run;
  const filing = filingOf(run, batch);
  const summary = toldInWords(run, filing.facts);
  const mayBeAtOnce = run.queue.length <= mostQueuedAtOnce && !batch.some((one) => isHeldFirst(run, one));
  if (mayBeAtOnce && (await world.file(filing, summary, 'at_once')).is === 'done') return;
  const allAnswersWereIn = !mayAnAnswerCome(run);
  let outcome = await world.file(filing, summary, 'ten_seconds');
  while (outcome.is !== 'done') {
    if (outcome.is === 'broken') await waitForOperator(run, filing, outcome.fault);
    outcome = await world.file(filing, summary, 'as_long_as_it_takes');
    run.hearsFirst = true;
  }
  if (allAnswersWereIn && !mayAnAnswerCome(run)) run.answersAreInputs = false;
}

/** An effect is away, or its answer waits in the queue like a message. */
const mayAnAnswerCome = <D extends Base>({ underWay }: Run<D>): boolean =>
  [...underWay.values()].some(({ state }) => state !== 'holds');

/** The history is to hold this fact first: the end, and what its rules say so of. */
const isHeldFirst = <D extends Base>(
  { process, answersAreInputs }: Run<D>,
  { filed: { fact }, after }: Unfiled<D>,
): boolean => answersAreInputs || process.heldFirst.has(fact.kind) || process.isOver(after);

/** One incident until it is called resolved; tried again every hour all the same. */
async function waitForOperator<D extends Base>(
  run: Run<D>,
  { firstSeq }: Filing<AnySummary>,
  fault: string,
): Promise<void> {
  const { resolved, world } = run;
  openIncident(run, { of: `fileFacts:${firstSeq}:${resolved}`, kind: 'fileFacts', detail: fault });
  const hour = world.timer(addElapsed(world.now(), 3600), 'filing waits for an operator, or an hour');
  await world.wait(() => run.resolved > resolved || hour.rang());
  hour.stop();
}

function filingOf<D extends Base>({ world, shown, dossier }: Run<D>, batch: readonly Unfiled<D>[]): Filing<AnySummary> {
  const after = batch.at(-1)?.after ?? dossier;
  const changed = new Set(batch.flatMap(({ tasks }) => tasks));
  return {
    workflowId: world.workflowId,
    orderNo: shown.orderNo(after),
    customerId: shown.customerOf(after),
    ...world.run(),
    firstSeq: batch[0]?.filed.seq ?? after.seq,
    facts: batch.map(({ filed }) => filed),
    postings: batch.flatMap(({ postings, filed: { seq } }) => postings.map((posting) => ({ ...posting, seq }))),
    tasks: [...changed].flatMap((id) => taskOf(after.worklist, id) ?? []),
    summary: shown.summary(after),
  };
}
