import type { EveryFact, FactKind, FactNamed } from '../../domain/inside/every-fact';
import type { Actor } from '../../domain/inside/kernel/actor';
import type { Dossier } from '../../domain/inside/order';
import type { Shipment } from '../../domain/inside/shipping/shipping';
import type { Posting } from '../../domain/inside/kernel/posting';
import type { Transition } from './machine';

/** What a check may remember of an order beside its dossier: counted from the facts alone. */
export interface Memory {
  readonly applied: EveryFact[];
  readonly postings: Posting[];
  readonly balances: Map<string, number>;
  readonly rung: Set<string>;
  editors: readonly string[];
  readonly pickers: Set<string>;
  /** Every step of the status that was walked. */
  readonly steps: Set<string>;
}

export const remember = (): Memory => ({
  applied: [],
  postings: [],
  balances: new Map(),
  rung: new Set(),
  editors: ['u0'],
  pickers: new Set(),
  steps: new Set(),
});

/** Counts what a fact adds, before the checks look. */
export function count({ before, after, filed: { fact, filed }, postings }: Transition, memory: Memory): void {
  if (filed === 'ignored') return;
  memory.applied.push(fact as EveryFact);
  memory.postings.push(...postings);
  if (before.status !== after.status) memory.steps.add(`${before.status} ${after.status}`);
  for (const { legs } of postings)
    for (const { account, amountFen } of legs) memory.balances.set(account, onAccount(memory, account) + amountFen);
  const { by } = fact;
  if (fact.kind === 'orderRevised' && by.kind === 'user')
    memory.editors = by.onBehalfOf === undefined ? [by.userId] : [by.userId, by.onBehalfOf];
  // A clock that is started anew rings all its rungs anew.
  if (fact.kind === 'clockStarted') forget(memory, (fact as FactNamed<'clockStarted'>).name);
}

function forget({ rung }: Memory, clock: string): void {
  for (const key of rung) if (key.startsWith(`${clock}/`)) rung.delete(key);
}

export const summed = <Kind extends FactKind>(
  { applied }: Pick<Memory, 'applied'>,
  kind: Kind,
  of: (fact: FactNamed<Kind>) => number,
): number => applied.reduce((sum, fact) => sum + (fact.kind === kind ? of(fact as FactNamed<Kind>) : 0), 0);
export const onAccount = ({ balances }: Memory, account: string): number => balances.get(account) ?? 0;

/** Counted here anew: four eyes are not to be checked with their own glasses. */
export const behind = (actor: Actor): readonly string[] =>
  actor.kind === 'user' ? [actor.userId, ...(actor.onBehalfOf === undefined ? [] : [actor.onBehalfOf])] : [];

export const received = ({ money }: Dossier): number =>
  money.payments.reduce((sum, { amountFen, isReversed }) => sum + (isReversed ? 0 : amountFen), 0);
export const shipments = ({ shipping }: Dossier): readonly Shipment[] => Object.values(shipping.shipments);
