import fc from 'fast-check';
import type { EveryFact } from '../../../domain/inside/every-fact';
import { personsBehind } from '../../../domain/inside/kernel/actor';
import { nextStatuses } from '../../../domain/inside/kernel/vocabulary';
import { responsibleRoles } from '../../../domain/inside/kernel/worklist/responsible';
import { activeSlots, type Task } from '../../../domain/inside/kernel/worklist/task';
import { openTasks, taskOf } from '../../../domain/inside/kernel/worklist/worklist';
import { approvalsOf, levelsHaveApproved } from '../../../domain/inside/review/review';
import type { Organisation, Person } from '../../../domain/outside/people/organisation';
import { findCandidates, verdictFor } from '../../../domain/outside/people/verdict';
import { historyRows } from '../../../domain/outside/worklist/task-history';
import { batch } from '../../filings';
import { onceFound } from './human-tasks-found';
import { asked, ReviewMachine, reviewStories, type ReviewStory } from '../review/review-machine';

/**
 * Reviews of every setup, with every verb by anybody in any order, while people leave and stand in for each other. After each
 * deed every invariant is asked; all tests play the same stories, so each is played once.
 */
const runs = {
  numRuns: 1_000,
  examples: onceFound.map((story): [ReviewStory] => [story]),
};

type Invariant = keyof typeof checks;
const played = new Map<string, ReadonlyMap<Invariant, string>>();

function broken(story: ReviewStory): ReadonlyMap<Invariant, string> {
  const key = JSON.stringify(story);
  const known = played.get(key);
  if (known !== undefined) return known;
  const found = new Map<Invariant, string>();
  const review = new ReviewMachine(story.setup);
  for (const [index, deed] of story.deeds.entries()) {
    review.act(deed);
    for (const [invariant, ask] of Object.entries(checks) as [
      Invariant,
      (review: ReviewMachine) => string | undefined,
    ][]) {
      const why = found.has(invariant) ? undefined : ask(review);
      if (why !== undefined) found.set(invariant, `${why}, after deed ${index} ${deed.do}`);
    }
  }
  played.set(key, found);
  return found;
}

const levelsOf = ({ dossier }: ReviewMachine): readonly Task[] =>
  dossier.worklist.tasks.filter(({ level }) => level !== undefined);
const signers = (task: Task): readonly string[] =>
  task.slots.flatMap(({ signature }) => (signature === undefined ? [] : personsBehind(signature.by)));
/** The published table, for any status. */
const follow: Readonly<Record<string, readonly string[]>> = nextStatuses;
type Office = Pick<ReviewMachine, 'organisation' | 'machine'>;
const somebodyMayAct = ({ organisation, machine: { now } }: Office, task: Task): boolean =>
  findCandidates(organisation, asked(task), now).length > 0 ||
  [...organisation.people.keys()].some((id) => 'by' in verdictFor(organisation, id, asked(task), now));
const allAreKeptOut = ({ people }: Organisation, task: Task): boolean => {
  const keptOut = new Set([...task.excluded.map(({ userId }) => userId), ...signers(task)]);
  const fallback = [...people.values()].filter(
    ({ active, roles }) => active && roles.some((one) => task.fallback.includes(one)),
  );
  return fallback.every(({ userId }) => keptOut.has(userId));
};
const afterHiring = ({ organisation, machine }: Office, task: Task): Office => {
  const hired: Person = { userId: 'hired', active: true, roles: task.fallback, superior: null };
  return { organisation: { ...organisation, people: new Map([...organisation.people, ['hired', hired]]) }, machine };
};
const repeated = (values: readonly string[]): string | undefined =>
  values.find((value, index) => values.indexOf(value) !== index);

const checks = {
  /** One effective decision per level of a revision, and per slot of a task. */
  V2: (review: ReviewMachine) => {
    const decided = levelsOf(review).filter(({ state }) => state === 'decided');
    const twice = repeated(decided.map(({ revision, level }) => `${revision}/${level}`));
    const kept = repeated(approvalsOf(review.dossier).map(({ level }) => String(level)));
    return (twice ?? kept) && `level ${twice ?? kept} was decided twice`;
  },
  /** Nobody on both sides: taker and editors, other levels, other slots, for himself or for another. */
  V3: ({ dossier }: ReviewMachine) => {
    const { intake, worklist } = dossier;
    const takers = [intake.takenBy, ...intake.edits.flatMap(({ by }) => by)];
    const stand = approvalsOf(dossier)
      .filter(({ how }) => how === 'signed')
      .map(({ by }) => [...new Set(by)]);
    const same = repeated(stand.flat());
    const taker = stand.flat().find((userId) => intake.takenBy === userId);
    const inTask = worklist.tasks.filter(({ state }) => state !== 'void').map((task) => repeated(signers(task)));
    const moved = worklist.tasks.some((task) =>
      task.slots.some(({ state, candidates }) =>
        state === 'open' && task.state === 'open'
          ? candidates.some((one) => 'user' in one && task.excluded.some(({ userId }) => userId === one.user))
          : false,
      ),
    );
    const who = same ?? taker ?? inTask.find((one) => one !== undefined);
    return who === undefined ? (moved ? 'a task went to somebody kept out' : undefined) : `${who} of ${String(takers)}`;
  },
  /**
   * Somebody can act on every open task: a candidate, who it falls back to, or who may remove the added signer that it waits
   * for. Where four eyes keep out all of them, the admins are told, and whoever is hired for the fallback can act.
   */
  'HT-2': (review: ReviewMachine) => {
    const { dossier } = review;
    const lost = openTasks(dossier.worklist)
      .filter(({ level }) => level !== undefined)
      .filter((task) => activeSlots(task).every(({ addedBy }) => addedBy === undefined))
      .filter((task) => !somebodyMayAct(review, task))
      .find((task) => !allAreKeptOut(review.organisation, task) || !somebodyMayAct(afterHiring(review, task), task));
    return lost && `nobody can act on ${lost.id}`;
  },
  /** Whatever is moved, every open task has a role that answers for it, and the order is found by it. */
  'RV-8': ({ dossier }: ReviewMachine) => {
    const nobodys = openTasks(dossier.worklist).find((task) => {
      const roles = responsibleRoles(task, dossier.intake.terms);
      return roles.length === 0 || !roles.every((role) => dossier.waitingFor.includes(role));
    });
    return nobodys && `no role answers for ${nobodys.id}`;
  },
  /** An order under review has exactly one level open, or is done with it. */
  S5: ({ dossier }: ReviewMachine) => {
    const open = openTasks(dossier.worklist).filter(({ level }) => level !== undefined);
    if (dossier.status === 'pending_review') return open.length === 1 ? undefined : `${open.length} levels are open`;
    return open.length === 0 ? undefined : `a level is open in ${dossier.status}`;
  },
  /** An order that is approved has an approval of every level, on the inputs as they are. */
  'HT-12': ({ dossier }: ReviewMachine) => {
    if (!levelsHaveApproved(dossier)) return undefined;
    const missing = dossier.intake.terms.reviews.find(
      ({ level, fingerprint }) =>
        !approvalsOf(dossier).some((one) => one.level === level && one.fingerprint === fingerprint),
    );
    return missing && `level ${missing.level} was not approved as it is`;
  },
  /** Time never approves. */
  'HT-9': (review: ReviewMachine) => {
    const passed = review.filed.find(
      ({ fact, before, after }) =>
        fact.fact.kind === 'rungReached' && !levelsHaveApproved(before) && levelsHaveApproved(after),
    );
    return passed && 'a rung approved';
  },
  /** A status changes only as the state table says. */
  S1: (review: ReviewMachine) => {
    const wrong = review.filed.find(
      ({ before, after }) => before.status !== after.status && !follow[before.status]?.includes(after.status),
    );
    return wrong && `${wrong.before.status} became ${wrong.after.status} by ${wrong.fact.fact.kind}`;
  },
  /** Each offer, signature, refusal, move and pause of a task is a line of its history. */
  'HT-18': (review: ReviewMachine) => {
    const missing = review.filed.find(({ fact, after }) => {
      const said = fact.fact as EveryFact;
      // That a level was passed over is told of the order, not of the task whose answer passes for it.
      if (said.kind === 'levelSkipped') return false;
      const taskId = 'taskId' in said ? said.taskId : said.kind === 'taskOpened' ? said.task.id : undefined;
      if (taskId === undefined || taskOf(after.worklist, taskId) === undefined || fact.because === 'duplicate')
        return false;
      if (fact.filed === 'ignored' && said.kind !== 'decisionMade') return false;
      return !historyRows(batch({ facts: [fact] })).some((line) => line.taskId === taskId);
    });
    return missing && `no line for ${missing.fact.fact.kind}`;
  },
  /** Nothing that the order says by itself is refused, and nothing is done again after its answer. */
  X4: ({ spun }: ReviewMachine) => spun[0],
} satisfies Record<string, (review: ReviewMachine) => string | undefined>;

const holds = (invariant: Invariant): void =>
  fc.assert(
    fc.property(reviewStories, (story) => {
      const why = broken(story).get(invariant);
      if (why !== undefined) throw new Error(why);
    }),
    runs,
  );

it('V2 a level of a revision has one effective decision, whatever is taken back, sent back or moved', () =>
  holds('V2'));
it('V3 HT-10 nobody is on both sides of four eyes, through substitutes and moves neither', () => holds('V3'));
it('HT-2 no task is without somebody who can act', () => holds('HT-2'));
it('RV-8 an order with an open task has a role that answers for it', () => holds('RV-8'));
it('S5 an order under review has one level open, and no other order has', () => holds('S5'));
it('HT-12 V6 what was approved is what the order says now', () => holds('HT-12'));
it('HT-9 time running out never approves', () => holds('HT-9'));
it('S1 reviews move as the state table says', () => holds('S1'));
it('HT-18 the history of every task is complete', () => holds('HT-18'));
it('X4 a review does nothing twice, and refuses no rung of its own', () => holds('X4'));
