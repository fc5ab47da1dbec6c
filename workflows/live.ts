import { ApplicationFailure, CancellationScope, setDefaultSignalHandler, setHandler } from '@temporalio/workflow';
import type { Base } from '../domain/inside/kernel/dossier';
import type { AnyBody } from '../domain/inside/kernel/fact';
import type { Process } from '../domain/inside/kernel/process';
import { drop, hear, hearResolved } from './inputs';
import { dossierQuery, incidentResolved } from './messages';
import type { Post } from './post';
import { end } from './run';
import { takeUp, type Run, type Shown, type TakenUp } from './run-state';
import { temporalWorld } from './temporal-world';

/** What a process needs beside its rules to live as a workflow. */
export interface Life<D extends Base> {
  readonly process: Process<D>;
  readonly shown: Shown<D>;
  readonly post: Post;
  /** "Request Cancellation" in the Temporal UI, as the fact that it is; absent: it changes nothing. */
  readonly cancellation?: AnyBody;
}

/** A workflow of one process: it tells the page's story, and ends with what the page answers. */
export async function live<D extends Base, Result>(
  { process, shown, post, cancellation }: Life<D>,
  input: TakenUp<D>,
  page: (run: Run<D>) => Promise<Result>,
): Promise<Result> {
  const world = temporalWorld(post, input);
  const doubt = post.doubt(input, process.name, world.workflowId);
  if (doubt !== undefined) throw notOurs(`what ${world.workflowId} starts with is ${doubt}`);
  const run = takeUp({ process, shown, world }, input);
  if (typeof run === 'string') throw notOurs(`${process.name} ${input.no} cannot be opened: ${run}`);
  listen(run, post);
  if (cancellation !== undefined)
    CancellationScope.current().cancelRequested.catch(() => hearOperator(run, cancellation));
  return CancellationScope.nonCancellable(async () => {
    const result = await page(run);
    await end(run);
    return result;
  });
}

/** A workflow that somebody started by hand ends at once as failed: it files nothing and does nothing (S6, X7). */
const notOurs = (why: string): ApplicationFailure => ApplicationFailure.nonRetryable(why, 'not_ours');

/**
 * One signal for each kind of fact that comes from outside the workflow, and one handler for all: with a handler for each, the
 * SDK would hand over what came with the first workflow task kind by kind, not in the order in which it came. The handler only
 * fills the queue.
 */
function listen<D extends Base>(run: Run<D>, { open }: Post): void {
  const { workflowId } = run.world;
  setDefaultSignalHandler((kind, letter) => {
    const opened = open(letter, workflowId);
    if (typeof opened === 'string') drop(run, opened);
    else if (kind === incidentResolved.name) hearResolved(run);
    else hear(run, kind, opened.told);
  });
  setHandler(dossierQuery, () => run.dossier);
}

/** It takes the queue like any message, under an id of its own, so that it counts once however often it is asked for. */
function hearOperator<D extends Base>(run: Run<D>, cancellation: AnyBody): void {
  const { workflowId, now } = run.world;
  const by = { kind: 'process' } as const;
  run.queue.push({ what: 'fact', fact: { ...cancellation, id: `${workflowId}/requested-by-operator`, at: now(), by } });
}
