import type { upsertSearchAttributes } from '@temporalio/workflow';
import type { Attributes } from '../domain/inside/order-attributes';
import type { Instant } from '../domain/inside/kernel/vocabulary';

/** Search attributes that operators filter by in the Temporal UI; every server that runs orders has them registered. */
export const searchAttributes = {
  OrderStage: 'Keyword',
  Grade: 'Keyword',
  Salesperson: 'Keyword',
  AmountFen: 'Int',
  WaitingFor: 'KeywordList',
  WaitingSince: 'Datetime',
  PromisedDate: 'Datetime',
  OldestDue: 'Datetime',
} as const satisfies Record<keyof Attributes, string>;

type Value = string | number | readonly string[];

export type Pairs = Extract<Parameters<typeof upsertSearchAttributes>[0], readonly unknown[]>;

const wireTypes = { Keyword: 'KEYWORD', KeywordList: 'KEYWORD_LIST', Int: 'INT', Datetime: 'DATETIME' } as const;

/** Times that ride along with a change of the others: alone they are not worth an event (design rule 13). */
const ridingAlong: readonly string[] = ['WaitingSince', 'OldestDue'];

/** Whether operators should see the change: where the order stands, for whom it waits, what it is worth, by when. */
export const isWorthShowing = (pairs: Pairs): boolean => pairs.some(({ key }) => !ridingAlong.includes(key.name));

/** The pairs that differ between two sets of values, as the SDK takes them: instants as dates. */
export function changedAttributes(before: Attributes, after: Attributes): Pairs {
  const names = Object.keys(searchAttributes) as (keyof typeof searchAttributes)[];
  return names
    .filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null))
    .map((name) => ({
      key: { name, type: wireTypes[searchAttributes[name]] },
      value: onTheWire(name, after[name] ?? null),
    })) as unknown as Pairs;
}

/** The values that the server has, as they were given at the start or shown since. */
export function attributesIn(
  pairs: readonly { readonly key: { readonly name: string }; readonly value: unknown }[],
): Attributes {
  return Object.fromEntries(
    pairs.map(({ key, value }) => [key.name, value instanceof Date ? value.toISOString() : value]),
  );
}

function onTheWire(name: keyof typeof searchAttributes, value: Value | null): unknown {
  return searchAttributes[name] === 'Datetime' && typeof value === 'string' ? new Date(value satisfies Instant) : value;
}
