import type { Base } from '../domain/inside/kernel/dossier';
import type { Fact, FiledFact } from '../domain/inside/kernel/fact';
import { isWorklistFact } from '../domain/inside/kernel/worklist/facts';
import type { Outcome } from '../domain/inside/kernel/worklist/terms';
import { taskOf } from '../domain/inside/kernel/worklist/worklist';
import type { OutwardEffect, Run } from './run-state';

/** The server takes 400 bytes of summary; a line of the UI shows fewer. */
const mostCharacters = 180;

/** What happened, for somebody who reads the order in the Temporal UI: "technical review approved, management asked". */
export const toldInWords = <D extends Base>(run: Run<D>, facts: readonly FiledFact[]): string =>
  facts
    .map(({ fact, filed, because }) => {
      const words = wordsOf(run, fact);
      return filed === 'applied' ? words : `${words}: ignored (${because ?? 'no reason'})`;
    })
    .join(', ')
    .slice(0, mostCharacters);

/** What is done in the world, and about what. */
export function effectInWords(effect: OutwardEffect): string {
  switch (effect.do) {
    case 'act':
      return `${spaced(effect.call)}: ${effect.about ?? effect.key}`;
    case 'start':
      return `start ${effect.child} ${effect.no}`;
    case 'tell':
      return `tell ${effect.whom.of} ${effect.whom.no}: ${spaced(effect.fact.kind)}`;
  }
}

function wordsOf<D extends Base>({ process, dossier }: Run<D>, fact: Fact): string {
  // Senders choose the text of a task's id: `constructor` is one like any other.
  const task = (kind: string): string =>
    Object.hasOwn(process.asks, kind) ? (process.asks[kind]?.words.en ?? kind) : kind;
  if (!isWorklistFact(fact)) return spaced(fact.kind);
  switch (fact.kind) {
    case 'taskOpened':
      return `${task(fact.task.kind)} asked`;
    case 'decisionMade':
      return `${task(taskOf(dossier.worklist, fact.taskId)?.kind ?? fact.taskId)} ${answers[fact.outcome]}`;
    case 'clockStarted':
      return `clock of ${fact.name} started`;
    case 'rungReached':
      return `${spaced(fact.do)}: ${task(taskOf(dossier.worklist, fact.of)?.kind ?? fact.of)}`;
    case 'decisionWithdrawn':
    case 'taskReassigned':
    case 'taskPaused':
    case 'taskResumed':
    case 'calendarPublished':
      return spaced(fact.kind);
  }
}

const answers: Readonly<Record<Outcome, string>> = {
  approve: 'approved',
  approve_with_conditions: 'approved with conditions',
  return: 'returned',
  reject: 'rejected',
  ask: 'asked back',
  done: 'done',
  wrong: 'found wrong',
};

/** `paymentReceived` as "payment received", `take_over` as "take over". */
const spaced = (name: string): string =>
  name.replaceAll('_', ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
