import { type Answer, type DecidedTask, organ } from '../kernel/organ';
import type { worklistFacts, WorklistFactOf } from '../kernel/worklist/facts';
import type { Requirement } from '../kernel/worklist/requirement';
import { toCollection } from './between';
import { type Ladder, type LadderView, never, notYetOpened } from './ladder-state';
import { suspensionEffects, suspensionFacts } from './suspension';

export const ladderFacts = { ...toCollection, ...suspensionFacts } as const;

const asks = {
  'collection.call': { words: { zh: '电话催款', en: 'call about the overdue bill' } },
  'collection.legal': { words: { zh: '法务追收', en: 'collect by law' }, outcomes: [] },
} as const;

/** The clock of the policy's ladder; of it only the highest rung that is due tells anybody (DN-1). */
export const collectionClock = 'collection';

/** 催收: policy's ladder from before the due date up to legal, stopped by payment at once (AR-2, DN-10). */
export const ladder = organ('ladder', ladderFacts, asks).of<Ladder, unknown, typeof worklistFacts>({
  begins: notYetOpened,
  facts: {
    collectionOpened: {
      source: 'told',
      from: 'anywhere',
      judge: ({ ladder: { chargeNo } }) => (chargeNo === '' ? undefined : 'wrong_state'),
      apply: ({ ladder: before }, { chargeNo, orderNo, owedFen, dueAt, terms }) => ({
        ...before,
        chargeNo,
        orderNo,
        owedFen,
        dueAt,
        terms,
      }),
    },
    owedChanged: {
      source: 'told',
      from: 'anywhere',
      apply: ({ ladder: before }, { owedFen }) =>
        owedFen === 0 ? { ...before, owedFen, call: never, legal: never, suspends: false } : { ...before, owedFen },
    },
    customerSuspended: {
      source: 'own',
      from: 'anywhere',
      apply: ({ ladder: before }) => ({ ...before, suspended: true, suspensions: before.suspensions + 1 }),
    },
    suspensionLifted: {
      source: 'own',
      from: 'anywhere',
      apply: ({ ladder: before }) => ({ ...before, suspended: false }),
    },
  },
  hears: {
    rungReached: {
      apply: ({ ladder: before }, rung) => (rung.of === collectionClock ? climbed(before, rung) : before),
    },
    calendarPublished: {
      apply: ({ ladder: before }, { calendar }) => ({ ...before, terms: { ...before.terms, calendar } }),
    },
  },
  answers: {
    'collection.call': answerOf('call', {
      // A call is only said to be made: until another is asked for, or the charge is paid, it can be asked for anew (HT-5).
      cameAfter: ({ worklist: { tasks } }, task) =>
        tasks.findLast(({ kind }) => kind === 'collection.call')?.id === task.id ? undefined : 'rungReached',
    }),
    'collection.legal': answerOf('legal', { cameAfter: () => 'rungReached' }),
  },
  requires: ({ ladder: now }) =>
    now.owedFen === 0 ? [] : [climbing(now), ...asked(now, 'call'), ...asked(now, 'legal')],
  effects: suspensionEffects,
  status: ({ ladder: { owedFen } }) => (owedFen === 0 ? undefined : 'collecting'),
});

/** Nothing is owed, and a suspension that it had set is lifted. */
export const collectionIsOver = ({ ladder: { chargeNo, owedFen, suspended } }: LadderView): boolean =>
  chargeNo !== '' && owedFen === 0 && !suspended;

/** A rung that was passed over told nobody. If it suspends the customer, he is suspended all the same (DN-12). */
function climbed(
  before: Ladder,
  { do: action, notice, passedOver }: Pick<WorklistFactOf<'rungReached'>, 'do' | 'notice' | 'passedOver'>,
): Ladder {
  const after: Ladder = { ...before, suspends: before.suspends || action === 'suspend' };
  if (passedOver === true) return after;
  const level = notice ?? action;
  return action === 'call' || action === 'legal'
    ? { ...after, level, [action]: { ...before[action], times: before[action].times + 1 } }
    : { ...after, level };
}

type Required = Requirement<keyof typeof asks>;

function climbing({ chargeNo, owedFen, dueAt, level, suspends, terms }: Ladder): Required {
  return {
    what: 'clock',
    name: collectionClock,
    roles: ['finance'],
    ladder: terms.collectionLadder,
    from: dueAt,
    rule: 'what is billed is collected',
    evidence: { chargeNo, owedFen, dueAt, level, suspended: suspends },
  };
}

/** A rung that asks for a person opens its task once; legal's stays open until the charge is paid. */
function asked(now: Ladder, of: 'call' | 'legal'): readonly Required[] {
  const { owedFen } = now;
  const { times, answered } = now[of];
  if (times <= answered) return [];
  const rule = `collection: ${of}`;
  return [{ what: 'task', kind: `collection.${of}`, rule, evidence: { owedFen }, amountFen: owedFen }];
}

/** What an answer counts for, and no longer counts for where it is taken back. */
function answerOf(
  of: 'call' | 'legal',
  { cameAfter }: { readonly cameAfter: (view: LadderView, task: DecidedTask) => string | undefined },
): Answer<LadderView, Ladder> {
  const counted = ({ ladder: before }: LadderView, more: 1 | -1): Ladder => ({
    ...before,
    [of]: { ...before[of], answered: before[of].answered + more },
  });
  return {
    decided: (view) => counted(view, 1),
    undo: {
      cameAfter: (view, task) => (view.ladder.owedFen === 0 ? 'owedChanged' : cameAfter(view, task)),
      restored: (view) => counted(view, -1),
    },
  };
}
