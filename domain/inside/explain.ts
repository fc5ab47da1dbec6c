import { openTasks, type Desk } from './desk';
import type { CreditRefusal } from './credit';
import type { Dossier } from './dossier';
import type { Gate } from './gate';
import { balanceFen } from './leave';
import type { Clock, RungAction } from './ladder';
import { isClosed, stages } from './stage';
import { rolesOf, usersOf } from './task';
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
  /** What its gates are shut by, and which (HG-1). */
  readonly holds: readonly { readonly reason: string; readonly gates: readonly Gate[] }[];
  /** Why no credit was to be had (AR-4). */
  readonly credit: CreditRefusal | null;
}

export interface Waiting {
  readonly what: string;
  readonly taskId: string | null;
  readonly roles: readonly Role[];
  readonly users: readonly string[];
  readonly notAllowed: readonly { readonly userId: string; readonly because: string }[];
  readonly since: Instant;
  readonly dueAt: Instant | null;
  /** Since when its clock stands, because the customer is waited for: then nothing is due and nothing rings (HT-8). */
  readonly pausedAt: Instant | null;
  readonly rule: string | null;
  readonly saw: Readonly<Record<string, string | number | boolean>>;
  /** What the clock does next, soonest first. */
  readonly next: readonly { readonly at: Instant; readonly do: RungAction; readonly to: readonly Role[] }[];
}

export function explain(dossier: Dossier): Explanation {
  const isOver = isClosed(dossier.status) || dossier.endedAt !== undefined;
  return {
    orderNo: dossier.orderNo,
    status: dossier.status,
    since: dossier.statusSince,
    waitsFor: dossier.endedAt === undefined ? stages[dossier.status].waitsFor : 'nothing: it has ended',
    holders: dossier.waitingFor,
    waiting: waitingOf(dossier),
    unpaidFen: isOver ? 0 : balanceFen(dossier),
    missing: dossier.terms.missing,
    promisedOn: isOver ? null : (dossier.promisedOn ?? null),
    closedBecause: dossier.closure?.reasonCode ?? null,
    holds: isOver ? [] : [...dossier.holds, ...dossier.customer.holds].map(({ reason, gates }) => ({ reason, gates })),
    credit: dossier.credit?.state === 'refused' ? dossier.credit : null,
  };
}

/** What is open on any desk, an order's, a shipment's or a collection's: what the clock does next comes first. */
export function waitingOf(desk: Desk): readonly Waiting[] {
  const waiting = [
    ...openTasks(desk).map((task) => ({
      what: task.kind,
      taskId: task.id,
      roles: rolesOf(task),
      users: usersOf(task),
      notAllowed: task.excluded,
      since: task.openedAt,
      dueAt: task.pausedAt === undefined ? task.dueAt : null,
      pausedAt: task.pausedAt ?? null,
      rule: task.because.rule,
      saw: task.because.saw,
      next: task.pausedAt === undefined ? ahead(task.clock) : [],
    })),
    ...Object.values(desk.waits).map((wait) => ({
      what: wait.name,
      taskId: null,
      roles: wait.roles,
      users: [],
      notAllowed: [],
      since: wait.clock.startedAt,
      dueAt: null,
      pausedAt: null,
      rule: null,
      saw: {},
      next: ahead(wait.clock),
    })),
  ];
  const soonest = ({ next }: Waiting): Instant => next[0]?.at ?? '9999';
  return waiting.toSorted((one, other) => (soonest(one) < soonest(other) ? -1 : soonest(one) > soonest(other) ? 1 : 0));
}

const ahead = (clock: Clock): Waiting['next'] =>
  clock.rungs.slice(clock.rung).map(({ at, do: action, to }) => ({ at, do: action, to }));
