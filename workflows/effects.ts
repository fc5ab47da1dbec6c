import { addElapsed } from '../domain/inside/kernel/calendar';
import type { Base } from '../domain/inside/kernel/dossier';
import type { DueEffect } from '../domain/inside/kernel/effect';
import type { AnyBody, Fact } from '../domain/inside/kernel/fact';
import type { Instant } from '../domain/inside/kernel/vocabulary';
import {
  noteOwn,
  openIncident,
  ownFact,
  type EffectAnswer,
  type OutwardEffect,
  type Run,
  type UnderWay,
} from './run-state';
import { effectInWords } from './told-in-words';
import type { Outcome } from './world';

/**
 * Effects that may be begun now, of each thing one: their gates are open, nothing about the same thing is under way, no
 * lasting fault keeps them back, and they were not named again after their answer.
 */
export function performable<D extends Base>(run: Run<D>): readonly OutwardEffect[] {
  const things = new Set([...run.underWay.values()].map(({ thing }) => thing));
  const chosen: OutwardEffect[] = [];
  for (const effect of mayHappen(run)) {
    const thing = thingOf(effect.key);
    if (effect.do === 'note' || things.has(thing) || run.broken.has(effect.key)) continue;
    things.add(thing);
    chosen.push(effect);
  }
  return chosen;
}

type NoteEffect = Extract<DueEffect, { readonly do: 'note' }>;

/**
 * The first fact of its own that the process is to note now. Its last one waits while an effect is under way: the answer
 * of that would count no more, and what it did in the world would never be undone.
 */
export const noteDue = <D extends Base>(run: Run<D>): NoteEffect | undefined =>
  mayHappen(run).find((effect): effect is NoteEffect & DueEffect => effect.do === 'note' && !endsTooEarly(run, effect));

const endsTooEarly = <D extends Base>(run: Run<D>, { fact }: NoteEffect): boolean =>
  run.underWay.size > 0 && run.process.isOver(run.process.reduce(run.dossier, ownFact(run, fact)).dossier);

const mayHappen = <D extends Base>(run: Run<D>): readonly DueEffect[] =>
  run.process.due(run.dossier).filter(({ key, shutBy }) => shutBy.length === 0 && run.namedAgain.get(key) !== run.told);

/** `order : organ : about`: what an effect is about. Effects about one thing are done one after the other. */
const thingOf = (key: string): string => key.slice(0, key.lastIndexOf(':'));

/** Whether an effect holds the queue: its answer is judged before whatever is told meanwhile. */
export const isHeld = <D extends Base>({ underWay }: Run<D>): boolean =>
  [...underWay.values()].some(({ state }) => state === 'holds');

/** Begins an effect. Nothing is awaited between the look at its gate and this. */
export function begin<D extends Base>(run: Run<D>, effect: OutwardEffect): void {
  const serial = (run.begun += 1);
  const underWay: UnderWay = { thing: thingOf(effect.key), state: 'holds' };
  run.underWay.set(effect.key, underWay);
  const giveWay = (): void => {
    underWay.state = 'away';
    run.answersAreInputs = true;
  };
  const hear = async (): Promise<void> => {
    const answer: EffectAnswer = { effect, serial, outcome: await outcomeOf(run, effect, giveWay) };
    if (underWay.state === 'away') run.queue.push({ what: 'answer', answer });
    else run.answers.push(answer);
    underWay.state = 'answered';
  };
  void hear();
}

/** Tried for ten seconds; after that the queue is no longer held, and it is tried until it answers. */
async function outcomeOf<D extends Base>(
  run: Run<D>,
  effect: OutwardEffect,
  giveWay: () => void,
): Promise<EffectAnswer['outcome']> {
  const first = await attempt(run, effect, 'ten_seconds');
  if (first.is !== 'away') return first;
  giveWay();
  for (;;) {
    const later = await attempt(run, effect, 'as_long_as_it_takes');
    if (later.is !== 'away') return later;
  }
}

function attempt<D extends Base>(
  { world, dossier }: Run<D>,
  effect: OutwardEffect,
  patience: 'ten_seconds' | 'as_long_as_it_takes',
): Promise<Outcome> {
  const summary = effectInWords(effect);
  switch (effect.do) {
    case 'act':
      return world.perform({ call: effect.call, request: effect.request, summary }, patience);
    case 'start':
      return world.start({
        process: effect.child,
        no: effect.no,
        first: toldFact(effect.opening, effect.key, dossier.at),
        summary,
      });
    case 'tell':
      return world.tell(effect.whom, toldFact(effect.fact, effect.key, dossier.at));
  }
}

/** What goes over to another workflow carries the effect's key as its id, so that it counts there at most once. */
const toldFact = (body: AnyBody, id: string, at: Instant): Fact => ({ ...body, id, at, by: { kind: 'process' } });

/**
 * Takes an answer: what it brings is noted at the instant at which the activity ended. A lasting fault opens an incident;
 * the effect waits until it is called resolved, or for an hour, and happens then if it is still asked for.
 */
export function takeAnswer<D extends Base>(run: Run<D>, { effect, outcome }: EffectAnswer): void {
  const { world } = run;
  run.underWay.delete(effect.key);
  if (outcome.is === 'broken') {
    const of = `${effect.key}:${run.dossier.seq}:${run.resolved}`;
    openIncident(run, { of, kind: kindOf(effect), detail: outcome.fault });
    run.broken.set(effect.key, addElapsed(world.now(), 3600));
    return;
  }
  for (const body of broughtBy(effect, outcome.answered?.answer)) noteOwn(run, body, outcome.answered?.at);
  guardAgainstSpinning(run, effect.key);
}

/** Of which kind the incident is that a lasting fault of the effect opens; its key says of which effect. */
function kindOf(effect: OutwardEffect): string {
  switch (effect.do) {
    case 'act':
      return effect.call;
    case 'start':
      return `start ${effect.child}`;
    case 'tell':
      return `tell ${effect.whom.of}`;
  }
}

function broughtBy(effect: OutwardEffect, answer: unknown): readonly AnyBody[] {
  if (effect.do !== 'act') return [effect.brings];
  // The organ's own interface types what its activity answers; here an effect of any organ is held.
  const brought = effect.brings(answer as never);
  return isList(brought) ? brought : [brought];
}

const isList = <T>(value: T | readonly T[]): value is readonly T[] => Array.isArray(value);

/** An effect that is done must be gone. One that is named again waits until something else was told, and an operator hears of it. */
export function guardAgainstSpinning<D extends Base>(run: Run<D>, key: string): void {
  if (!run.process.due(run.dossier).some((effect) => effect.key === key)) {
    run.namedAgain.delete(key);
    return;
  }
  if (!run.namedAgain.has(key))
    openIncident(run, {
      of: `${key}:named_again`,
      kind: 'effect_named_again',
      detail: `${key} was done, and is asked for again`,
    });
  run.namedAgain.set(key, run.told);
}

/** Effects whose hour is over may be tried again; whether there were any. */
export function releaseBroken<D extends Base>({ broken }: Run<D>, now: Instant): boolean {
  const over = [...broken].filter(([, until]) => until <= now);
  for (const [key] of over) broken.delete(key);
  return over.length > 0;
}
