import type { Base } from '../domain/inside/kernel/dossier';
import { type Fact, looksTold } from '../domain/inside/kernel/fact';
import { either, fits, instant, listOf, object, oneOf, optional, own, text } from '../domain/inside/kernel/shape';
import { isHeld, takeAnswer } from './effects';
import { openIncident, reduce, type Run } from './run-state';

/**
 * The most inputs that wait in one run. A message beyond it is dropped: its row in the inbox stays unanswered, and the
 * sweep rings again when there is room. What another workflow tells is never dropped: nobody would tell it again.
 */
const longestQueue = 2_000;

/** Why a signal was not heard. */
type Dropped = 'unsealed' | 'addressed elsewhere' | 'not well-formed' | 'the queue is full';

/**
 * What a signal of one kind told, put into the queue. Nothing is judged here but whether it can be filed at all: it has a
 * usable head and is of the signal's own kind. What does not fit its shape the reducer files as ignored, `malformed`.
 */
export function hear<D extends Base>(run: Run<D>, kind: string, told: unknown): void {
  const fact = factOf(run, kind, told);
  if (fact === undefined) return drop(run, 'not well-formed');
  if (run.queue.length >= longestQueue && run.process.sources.get(kind) === 'door')
    return drop(run, 'the queue is full');
  run.queue.push({ what: 'fact', fact });
}

/** An operator says that a lasting fault is cured: what waits for that is tried again. */
export function hearResolved<D extends Base>(run: Run<D>): void {
  run.resolved += 1;
  run.queue.push({ what: 'incidentResolved' });
}

/** Counts what was not heard; one incident for each reason in a run. */
export function drop<D extends Base>(run: Run<D>, why: Dropped): void {
  const before = run.dropped.get(why) ?? 0;
  run.dropped.set(why, before + 1);
  if (before > 0) return;
  openIncident(run, {
    of: `signal_dropped:${why.replaceAll(' ', '_')}:${run.dossier.seq}`,
    kind: 'signal_dropped',
    detail: why,
  });
}

/** Whether the queue has something that may be taken now. */
export const mayTakeInput = <D extends Base>(run: Run<D>): boolean => run.queue.length > 0 && !isHeld(run);

/** Takes the oldest input of the queue, unless an effect holds it. */
export function takeInput<D extends Base>(run: Run<D>): boolean {
  if (isHeld(run)) return false;
  const input = run.queue.shift();
  if (input === undefined) return false;
  run.justRang = false;
  run.steps = 0;
  switch (input.what) {
    case 'fact':
      run.told += 1;
      reduce(run, input.fact);
      break;
    case 'answer':
      takeAnswer(run, input.answer);
      break;
    case 'incidentResolved':
      run.told += 1;
      run.broken.clear();
      break;
  }
  return true;
}

/** Facts that the process itself makes carry a `#`; a message with one would not be known as a repeat. */
const messageId = own<string>((value) => typeof value === 'string' && text().is(value) && !value.includes('#'));
const names = listOf(text(), 40);
const user = object({ kind: oneOf('user'), userId: text(), roles: names, onBehalfOf: optional(text()) });
const head = {
  id: messageId,
  at: instant,
  happenedAt: optional(instant),
  by: either(user, object({ kind: oneOf('customer', 'carrier', 'process') })),
};
const headFields = ['kind', ...Object.keys(head)];

/** The fact, with the fields of its shape alone: whatever else it carries has no bound. */
function factOf<D extends Base>({ process }: Run<D>, kind: string, told: unknown): Fact | undefined {
  if (!fits(head, told) || !('kind' in told) || told.kind !== kind) return undefined;
  const source = process.sources.get(kind);
  if (source === undefined || source === 'own' || (source === 'door' && looksTold(told.id))) return undefined;
  const fields = new Set([...headFields, ...Object.keys(process.shapes[kind] ?? {})]);
  // `fits` has looked at each field of the head.
  return Object.fromEntries(Object.entries(told).filter(([name]) => fields.has(name))) as unknown as Fact;
}
