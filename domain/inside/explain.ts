import { openTasks, type Desk } from './desk';
import type { Dossier } from './dossier';
import { balanceFen } from './leave';
import type { Clock, RungAction } from './ladder';
import { stages } from './stage';
import type { Fen, Instant, OrderStatus, Role } from './vocabulary';

/** EX-1, "Why is it here?": one answer for the API, the page and the Temporal UI, from the dossier alone. */
export interface Explanation {
  readonly orderNo: string;
  readonly status: OrderStatus;
  readonly since: Instant;
  readonly waitsFor: string;
  readonly holders: readonly Role[];
  readonly waiting: readonly Waiting[];
  readonly unpaidFen: Fen;
  readonly missing: readonly string[];
  readonly promisedOn: string | null;
  readonly closedBecause: string | null;
}

export interface Waiting {
  readonly what: string;
  readonly taskId: string | null;
  readonly roles: readonly Role[];
  readonly users: readonly string[];
  readonly notAllowed: readonly { readonly userId: string; readonly because: string }[];
  readonly since: Instant;
  readonly dueAt: Instant | null;
  readonly rule: string | null;
  readonly saw: Readonly<Record<string, string | number | boolean>>;
  /** What the clock does next, soonest first. */
  readonly next: readonly { readonly at: Instant; readonly do: RungAction; readonly to: readonly Role[] }[];
}

export function explain(dossier: Dossier): Explanation {
  return {
    orderNo: dossier.orderNo,
    status: dossier.status,
    since: dossier.statusSince,
    waitsFor: stages[dossier.status].waitsFor,
    holders: dossier.waitingFor,
    waiting: waitingOf(dossier),
    unpaidFen: balanceFen(dossier),
    missing: dossier.terms.missing,
    promisedOn: dossier.promisedOn ?? null,
    closedBecause: dossier.closure?.reasonCode ?? null,
  };
}

/** What is open on any desk, an order's, a shipment's or a collection's: tasks first, then waits. */
export function waitingOf(desk: Desk): readonly Waiting[] {
  return [
    ...openTasks(desk).map((task) => ({
      what: task.kind,
      taskId: task.id,
      roles: task.roles,
      users: task.users,
      notAllowed: task.excluded,
      since: task.openedAt,
      dueAt: task.dueAt,
      rule: task.because.rule,
      saw: task.because.saw,
      next: ahead(task.clock),
    })),
    ...Object.values(desk.waits).map((wait) => ({
      what: wait.name,
      taskId: null,
      roles: wait.roles,
      users: [],
      notAllowed: [],
      since: wait.clock.startedAt,
      dueAt: null,
      rule: null,
      saw: {},
      next: ahead(wait.clock),
    })),
  ];
}

/** The same answer as Markdown, for the current details in the Temporal UI. */
export function explainInMarkdown({
  status,
  since,
  waitsFor,
  holders,
  waiting,
  unpaidFen,
  missing,
  promisedOn,
  closedBecause,
}: Explanation): string {
  const lines = [
    `**${status}** since ${since}: waits for ${waitsFor}.`,
    holders.length > 0 ? `With: **${holders.join(', ')}**.` : 'With nobody: only time has to pass.',
    ...(missing.length > 0 ? [`Missing: ${missing.join(', ')}.`] : []),
    ...(unpaidFen > 0 ? [`Unpaid: ${(unpaidFen / 100).toFixed(2)} yuan.`] : []),
    ...(promisedOn === null ? [] : [`Promised on ${promisedOn}.`]),
    ...(closedBecause === null ? [] : [`Closed because: ${closedBecause}.`]),
  ];
  const rows = waiting.map((row) => {
    const next = row.next[0];
    const why = row.rule === null ? '' : ` · because ${row.rule} (${facts(row.saw)})`;
    const what =
      next === undefined
        ? 'nothing more happens by itself'
        : `${next.do} at ${next.at}${next.to.length > 0 ? ` → ${next.to.join(', ')}` : ''}`;
    return `- **${row.what}**${row.taskId === null ? '' : ` \`${row.taskId}\``} since ${row.since}${row.dueAt === null ? '' : `, due ${row.dueAt}`}${why} · next: ${what}`;
  });
  return [...lines, '', ...rows].join('\n');
}

const facts = (saw: Waiting['saw']): string =>
  Object.entries(saw)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

const ahead = (clock: Clock): Waiting['next'] =>
  clock.rungs.slice(clock.rung).map(({ at, do: action, to }) => ({ at, do: action, to }));
