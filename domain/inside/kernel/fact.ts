import type { Actor } from './actor';
import type { RefusalCode } from './refusal';
import type { Said, Shapes } from './shape';
import type { Instant } from './vocabulary';

/** What every fact carries. */
export interface FactHead {
  /** A message's id, or `<workflow id>#<sequence>` for what the process itself noted. Applies at most once (X2). */
  readonly id: string;
  /** When it was entered. */
  readonly at: Instant;
  /** When it happened in the world, where that differs (HG-4). */
  readonly happenedAt?: Instant;
  readonly by: Actor;
}

/** A fact of any kind, as it crosses from one place to another; rules see the fields of their own shape. */
export type Fact = FactHead & { readonly kind: string };

/** A fact without its head, of any of these kinds. */
export type Body<S extends Shapes> = {
  [K in keyof S & string]: { readonly kind: K } & Said<S[K]>;
}[keyof S & string];

/** A fact without its head, of whatever kind. */
export type AnyBody = { readonly kind: string };

/** A fact of one of these kinds, with its head. */
export type FactOf<S extends Shapes> = FactHead & Body<S>;

/** How a fact was filed: it counts, or it is kept as ignored with the reason. Nothing is dropped (S1). */
export interface FiledFact {
  readonly seq: number;
  readonly fact: Fact;
  readonly filed: 'applied' | 'ignored';
  readonly because?: RefusalCode;
}

/** When it happened in the world: a message may say that this was before it was entered (HG-4). */
export const happenedAt = (fact: FactHead): Instant => fact.happenedAt ?? fact.at;

/** Whether it happened before an instant, by more than the clocks of those who tell of it differ. */
export const happenedBefore = (fact: FactHead, instant: Instant): boolean =>
  Date.parse(instant) - Date.parse(happenedAt(fact)) > fiveMinutes;

/** Facts that came from outside the workflow carry an id that may come again; the process's own are `<workflow id>#<seq>`. */
export const isMessage = (fact: FactHead): boolean => !fact.id.includes('#');

const carrierEvents = 'webhook/';

/** The id of a carrier's event. No key that a person sends has a slash, so neither meets the other or forestalls it. */
export const idOfCarrierEvent = (provider: string, eventId: string): string => `${carrierEvents}${provider}/${eventId}`;

/**
 * What one process tells another has the key of its effect as its id, with `:` in it. No message of the door may look like one: it
 * would be filed first, and what was told would count as a repeat (X7).
 */
export const looksTold = (id: string): boolean => id.includes(':') && !id.startsWith(carrierEvents);

/** HG-4: a message may say that it happened earlier than it was entered, within what policy allows. */
export function judgeTime(fact: FactHead, backdatingSeconds: number): RefusalCode | undefined {
  if (fact.happenedAt === undefined || fact.happenedAt === fact.at) return undefined;
  const lead = Date.parse(fact.at) - Date.parse(fact.happenedAt);
  if (lead < -fiveMinutes) return 'in_the_future';
  return lead > backdatingSeconds * 1000 ? 'too_far_back' : undefined;
}

/** Clocks of senders differ a little; more than this is a mistake. */
const fiveMinutes = 5 * 60 * 1000;
