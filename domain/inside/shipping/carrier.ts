import { type FactHead, happenedAt, happenedBefore } from '../kernel/fact';
import type { RefusalCode } from '../kernel/refusal';
import { oneOf, text } from '../kernel/shape';
import type { Instant } from '../kernel/vocabulary';
import type { DecidedTask, Undo } from '../kernel/organ';
import { type Handling, type HandlingView, type Reached, way } from './handling-state';

/** What a carrier may say of a shipment. */
export const carrierEvents = [
  'collected',
  'in_transit',
  'out_for_delivery',
  'arrived',
  'delivered',
  'failed',
  'delayed',
] as const;
export type CarrierEvent = (typeof carrierEvents)[number];

export const carrierFacts = {
  waybillEntered: { carrier: text(), waybillNo: text() },
  carrierEventReceived: { event: oneOf(...carrierEvents) },
} as const;

type Word = FactHead & { readonly event: CarrierEvent };

const reachedBy: Readonly<Record<CarrierEvent, Reached | undefined>> = {
  collected: 'shipped_out',
  in_transit: 'in_transit',
  out_for_delivery: 'in_transit',
  arrived: 'arrived',
  delivered: 'delivered',
  failed: undefined,
  delayed: undefined,
};

/** A carrier says nothing of goods that had not left yet, and nothing new of goods that have ended their way (SH-4). */
export function judgeWord({ handling }: HandlingView, word: Word): RefusalCode | undefined {
  const { shippedAt, reached, unclaimed } = handling;
  if (shippedAt === null || happenedBefore(word, shippedAt)) return 'not_yet';
  const isOvertaken = unclaimed || (reached === 'delivered' && reachedBy[word.event] === undefined);
  return isOvertaken ? 'carrier_event_overtaken' : undefined;
}

/** The furthest event counts, and times keep the earliest word, so that any order of events ends in the same state (X3). */
export function heardWord({ handling: before }: HandlingView, word: Word): Handling {
  const { event } = word;
  // Any word ends the carrier's silence.
  const trouble = before.trouble === 'silent' ? null : before.trouble;
  const spoken: Handling = { ...before, words: before.words + 1, trouble };
  const to = reachedBy[event];
  if (to === undefined) return { ...spoken, trouble: event === 'failed' ? 'failed' : (trouble ?? 'delayed') };
  const reached = further(before.reached, to);
  return {
    ...spoken,
    reached,
    arrivedAt: event === 'arrived' ? earlier(before.arrivedAt, happenedAt(word)) : before.arrivedAt,
    deliveredAt: event === 'delivered' ? earlier(before.deliveredAt, happenedAt(word)) : before.deliveredAt,
    trouble: reached === 'delivered' ? null : trouble,
  };
}

/** Somebody has dealt with the trouble; until the carrier speaks again it can be opened anew (HT-5). */
export const troubleAnswered = ({ handling }: HandlingView, { id: taskId }: DecidedTask): Handling => ({
  ...handling,
  trouble: null,
  answered: { taskId, trouble: handling.trouble, words: handling.words },
});

export const undoTroubleAnswered: Undo<HandlingView, Handling> = {
  cameAfter: ({ handling: { answered, trouble, words, unclaimed } }, task) =>
    answered?.taskId === task.id && answered.words === words && trouble === null && !unclaimed
      ? undefined
      : 'carrierEventReceived',
  restored: ({ handling }) => ({ ...handling, trouble: handling.answered?.trouble ?? null }),
};

const further = (one: Reached, other: Reached): Reached => (way.indexOf(other) > way.indexOf(one) ? other : one);

const earlier = (one: Instant | null, other: Instant): Instant => (one !== null && one < other ? one : other);
