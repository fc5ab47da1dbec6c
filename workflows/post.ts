import { ApplicationFailure, CancellationScope, log, workflowInfo } from '@temporalio/workflow';
import { isUnsealed } from '../domain/inside/unsealed';
import { openIncident } from './effects';

/** What the post has to know of the run that it is for. */
interface Addressee {
  readonly orderNo: string;
  readonly desk: { readonly seq: number };
  dropped: number;
}

/** Why a signal was not heard. */
type Distrust = 'unsealed' | 'addressed elsewhere' | 'not well-formed';

/**
 * The handler of every signal (X7): what none of our processes sealed, what is for another workflow and what does not fit
 * is counted and dropped; anything else is told. It never throws, so that nothing that comes jams the workflow.
 *
 * There is no handler for names that nobody knows: the SDK keeps such signals aside and goes on. With one, a name that is
 * reserved for Temporal would be an error of the workflow task (`signalWorkflow` of the SDK), and so jam it.
 */
export function heard<Told>(run: Addressee, fits: (told: unknown) => told is Told, tell: (told: Told) => void) {
  return (letter: unknown): void => {
    const opened = open(letter, workflowInfo().workflowId);
    if (typeof opened === 'string') drop(run, opened);
    else if (fits(opened.told)) tell(opened.told);
    else drop(run, 'not well-formed');
  };
}

/** What a letter to this workflow tells, or why it is not believed. */
function open(letter: unknown, workflowId: string): { readonly told: unknown } | Distrust {
  if (isUnsealed(letter)) return 'unsealed';
  if (typeof letter !== 'object' || letter === null || !('to' in letter && 'told' in letter)) return 'not well-formed';
  return letter.to === workflowId ? { told: letter.told } : 'addressed elsewhere';
}

/**
 * A workflow that somebody started by hand, or with what was sealed for another, ends at once as failed: it files nothing
 * and does nothing, so it is no order (S6). Its id stays free for the true one.
 */
export function mustBeOurs<Input>(input: Input, idOf: (input: Input) => string): void {
  const { workflowId } = workflowInfo();
  if (isUnsealed(input)) throw notOurs('what it starts with was not sealed by a process of Dingdan');
  const isFor = typeof input === 'object' && input !== null ? idOf(input) : 'no workflow';
  if (isFor !== workflowId) throw notOurs(`what it starts with is for ${isFor}`);
}

const notOurs = (why: string): ApplicationFailure => ApplicationFailure.nonRetryable(why, 'not_ours');

/** One incident for a run, with the first: how many more there are is in the log. */
function drop(run: Addressee, why: Distrust): void {
  run.dropped++;
  log.warn('A signal was dropped', { why, dropped: run.dropped });
  if (run.dropped > 1) return;
  const incident = { key: `${workflowInfo().workflowId}:signal_dropped:${run.desk.seq}`, kind: 'signal_dropped' };
  // On its own: neither the order nor whoever cancels it waits for this.
  void CancellationScope.nonCancellable(() => openIncident(run.orderNo, { ...incident, detail: why }));
}
