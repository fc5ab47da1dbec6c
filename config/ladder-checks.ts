import { parseDuration } from '../domain/outside/policy/duration';
import type { ClockName } from '../domain/inside/intake/terms';
import { addElapsed, type Calendar } from '../domain/inside/kernel/calendar';
import { after, type RungAction } from '../domain/inside/kernel/ladder';
import { processOfTask, type TaskKind, taskKinds } from '../domain/inside/processes';
import { smallOrderPaths } from '../domain/outside/intake/order-intake';
import { clockNames } from '../domain/inside/intake/terms';
import { type LadderRow, type Policy, reviewTasks } from '../domain/outside/policy/policy';
import type { PolicyProblem } from './policy-problem';

/** Every task reminds before it is due and escalates, no earlier than that, to someone who could not act before (RV-8, HT-9). */
export function taskProblems(policy: Policy, calendar: Calendar): readonly PolicyProblem[] {
  const order = comparer(calendar);
  return taskKinds.flatMap((kind) => {
    const { ladder, roles, due } = policy.tasks[kind];
    const path = `tasks.${kind}.ladder`;
    const escalations = ladder.filter((row) => row.do === 'escalate' || row.do === 'take_over');
    const firstEscalation = escalations[0];
    const firstReminder = ladder.find((row) => row.do === 'remind');
    return [
      ...ladderProblems(path, ladder, {
        order,
        allowed: [
          'remind',
          'escalate',
          'take_over',
          'notify',
          ...(isReview(kind) ? (['send_back'] as const) : []),
          ...(endsNothing(kind) ? [] : (['lapse'] as const)),
        ],
        mayPrecede: false,
      }),
      ...(firstReminder === undefined ? [{ path, reason: 'never reminds' }] : []),
      ...(firstEscalation === undefined ? [{ path, reason: 'never escalates' }] : []),
      ...(escalations.length > 0 && escalations.every((row) => row.to.every((role) => roles.includes(role)))
        ? [{ path, reason: 'escalates only to those who have the task already' }]
        : []),
      ...(firstReminder !== undefined && order(firstReminder.after, due) === 'later'
        ? [{ path, reason: 'reminds after the task is due' }]
        : []),
      ...(firstEscalation !== undefined && order(firstEscalation.after, due) === 'earlier'
        ? [{ path, reason: 'escalates before the task is due' }]
        : []),
    ];
  });
}

/** What a rung does to each wait beside telling people; none may act against the customer. */
export const waitActions: Readonly<Record<ClockName, readonly RungAction[]>> = {
  credit: ['lapse'],
  customer_hold: ['lapse'],
  returned: ['lapse'],
  confirmation: ['lapse'],
  // Asks whether the order is still wanted (CF-4).
  deposit: ['call', 'lapse'],
  balance: ['lapse'],
  dispatch: ['lapse'],
  // Asks the carrier where the goods are (SH-5); goods that have gone are not cancelled.
  transit: ['call'],
};

/** Every wait tells somebody; what else its rungs say must mean something there. */
export function waitProblems(policy: Policy, calendar: Calendar): readonly PolicyProblem[] {
  const order = comparer(calendar);
  const waits = clockNames.map((name) => ({ name, path: `clocks.${name}`, ladder: policy.clocks[name] }));
  const small = smallOrderPaths.map((path) => ({
    name: 'dispatch' as const,
    path: `smallOrders.paths.${path}.dispatch`,
    ladder: policy.smallOrders.paths[path].dispatch ?? [],
  }));
  return [
    ...[...waits, ...small].flatMap(({ name, path, ladder }) =>
      ladderProblems(path, ladder, {
        order,
        allowed: ['remind', 'escalate', 'notify', ...waitActions[name]],
        mayPrecede: false,
      }),
    ),
    ...policy.clocks.customer_hold.flatMap(({ to }, index) =>
      to.length === 0
        ? [{ path: `clocks.customer_hold.${index}.to`, reason: 'must say to whom: else the customer would be told' }]
        : [],
    ),
  ];
}

/** Dunning may begin before the due date, and never lapses: a debt ends by payment or by decision (AR-2, HT-9). */
export function collectionProblems({ collection: { ladder } }: Policy, calendar: Calendar): readonly PolicyProblem[] {
  const allowed: readonly RungAction[] = ['remind', 'escalate', 'notify', 'call', 'suspend', 'legal'];
  return ladderProblems('collection.ladder', ladder, { order: comparer(calendar), allowed, mayPrecede: true });
}

interface LadderRules {
  readonly order: Comparer;
  readonly allowed: readonly RungAction[];
  /** Whether rungs may lie before the start. */
  readonly mayPrecede: boolean;
}

function ladderProblems(path: string, ladder: readonly LadderRow[], rules: LadderRules): readonly PolicyProblem[] {
  return ladder.flatMap((row, index) => {
    const at = `${path}.${index}`;
    const next = ladder[index + 1];
    const following = next === undefined ? 'later' : rules.order(next.after, row.after);
    return [
      ...(rules.allowed.includes(row.do) ? [] : [{ path: at, reason: `"${row.do}" has no meaning here` }]),
      ...(!rules.mayPrecede && isNegative(row.after) ? [{ path: at, reason: 'lies before the start' }] : []),
      ...(following === 'earlier' ? [{ path: `${path}.${index + 1}`, reason: 'comes before the row above it' }] : []),
      ...(following === 'depends'
        ? [
            {
              path: `${path}.${index + 1}`,
              reason: 'whether it comes before the row above depends on the day; state both in the same time',
            },
          ]
        : []),
      ...((row.do === 'lapse' || row.do === 'send_back') && next !== undefined
        ? [{ path: at, reason: 'nothing can follow once the wait has lapsed' }]
        : []),
      ...(needsTarget.includes(row.do) && row.to.length === 0
        ? [{ path: at, reason: `"${row.do}" must say to whom` }]
        : []),
    ];
  });
}

const isReview = (kind: TaskKind): boolean => reviewTasks.some((task) => task === kind);

/** Of the order's own tasks, those that are open where silence cancels nothing any more (CF-6). */
const afterTheGoods: readonly TaskKind[] = ['bill.review', 'refund.pay', 'customer.grade_review'];

/** A lapse would only end their reminders; a shipment's and a collection's tasks are of goods that have gone, too. */
const endsNothing = (kind: TaskKind): boolean => processOfTask(kind) !== 'order' || afterTheGoods.includes(kind);

const needsTarget: readonly RungAction[] = ['escalate', 'take_over', 'call', 'legal'];

type Comparer = (one: string, other: string) => 'earlier' | 'same' | 'later' | 'depends';

/** Compares durations on the calendar itself, from several starts: eight working hours are less than a day on no Friday. */
function comparer(calendar: Calendar): Comparer {
  // Every six hours through a week without holidays, so that it is the week itself that speaks.
  const starts = Array.from({ length: 28 }, (_, index) => addElapsed('2026-11-02T00:00:00.000Z', index * 6 * 3600));
  // Ladders state the same few times over and over.
  const counted = new Map<string, readonly string[]>();
  const ends = (text: string): readonly string[] => {
    const known = counted.get(text) ?? starts.map((start) => after(start, parseDuration(text), calendar));
    counted.set(text, known);
    return known;
  };
  return (one, other) => {
    const others = ends(other);
    const seen = new Set(ends(one).map((end, index) => compared(end, others[index] ?? end)));
    seen.delete('same');
    if (seen.size > 1) return 'depends';
    return [...seen][0] ?? 'same';
  };
}

const compared = (one: string, other: string): 'earlier' | 'same' | 'later' =>
  one < other ? 'earlier' : one > other ? 'later' : 'same';

function isNegative(text: string): boolean {
  const duration = parseDuration(text);
  return (duration.kind === 'workingDays' ? duration.days : duration.seconds) < 0;
}
