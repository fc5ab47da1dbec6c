import { remembered } from './remembered';
import type { Instant } from './vocabulary';

/**
 * What a fact says, stated once: its type, its check inside the workflow and the schema of its route all come from its shape.
 * Everything in a shape has a bound, so nothing of unknown size enters a workflow.
 */
export type Shape = Readonly<Record<string, Part<unknown>>>;

/** The facts of one organ, by kind. */
export type Shapes = Readonly<Record<string, Shape>>;

/** No facts at all. */
export type NoShapes = { readonly [K in never]: Shape };

/** One field of a fact: whether a value is one, and what a reader outside can make a schema of. */
export interface Part<T> {
  readonly is: (value: unknown) => value is T;
  readonly schema: PartSchema;
  readonly mayLack?: boolean;
}

/** A part as data: the door makes the schema of a route from it, and the documentation its table. */
export type PartSchema =
  | { readonly type: 'text'; readonly most: number }
  | { readonly type: 'whole'; readonly least: number; readonly most: number }
  | { readonly type: 'flag' }
  | { readonly type: 'instant' }
  | { readonly type: 'date' }
  | { readonly type: 'one_of'; readonly words: readonly string[] }
  | { readonly type: 'list'; readonly of: PartSchema; readonly most: number }
  | {
      readonly type: 'object';
      readonly fields: Readonly<Record<string, { readonly schema: PartSchema; readonly mayLack: boolean }>>;
    }
  | { readonly type: 'either'; readonly of: readonly PartSchema[] }
  /** Made by the process itself; it never comes through the door. */
  | { readonly type: 'own' };

type Lacking<S extends Shape> = { [K in keyof S]: S[K] extends { readonly mayLack: true } ? K : never }[keyof S];
type Value<P> = P extends Part<infer T> ? T : never;

/** The type that a shape describes. */
export type Said<S extends Shape> = { readonly [K in Exclude<keyof S, Lacking<S>>]: Value<S[K]> } & {
  readonly [K in Lacking<S>]?: Value<S[K]>;
};

const part = <T>(schema: PartSchema, is: (value: unknown) => boolean): Part<T> => ({
  schema,
  is: (value): value is T => is(value),
});

/** A text that is not empty and has at most so many characters. */
export const text = (most = 200): Part<string> =>
  part({ type: 'text', most }, (value) => typeof value === 'string' && value.length > 0 && value.length <= most);

/** A whole number between two bounds, both included. */
export const whole = (least: number, most = 1_000_000_000_000): Part<number> =>
  part(
    { type: 'whole', least, most },
    (value) => Number.isSafeInteger(value) && isBetween(value as number, least, most),
  );

const isBetween = (value: number, least: number, most: number): boolean => value >= least && value <= most;

/** An amount in whole fen, none below zero; at most ten thousand million yuan. */
export const fen = whole(0, 1_000_000_000_000);
/** Pieces: at least one, in the item's smallest unit. */
export const quantity = whole(1, 1_000_000_000);
/** A line's number within its order. */
export const lineNo = whole(1, 999);
export const flag: Part<boolean> = part({ type: 'flag' }, (value) => typeof value === 'boolean');

/** Instants are compared as text, so all of them have one length, one zone, and years that people mean. */
export const instant: Part<Instant> = part({ type: 'instant' }, isInstant);

function isInstant(value: unknown): value is Instant {
  return (
    typeof value === 'string' &&
    /^(19|2[01])\d\d-/.test(value) &&
    !Number.isNaN(Date.parse(value)) &&
    new Date(value).toISOString() === value
  );
}

/** A civil date, `2026-11-21`. */
export const date: Part<string> = part(
  { type: 'date' },
  (value) => typeof value === 'string' && isInstant(`${value}T00:00:00.000Z`),
);

/** One of a closed list of words. */
export const oneOf = <const W extends readonly string[]>(...words: W): Part<W[number]> =>
  part({ type: 'one_of', words }, (value) => words.some((word) => word === value));

/** A list of values of one kind, at most so many. */
export const listOf = <T>(of: Part<T>, most: number): Part<readonly T[]> =>
  part(
    { type: 'list', of: of.schema, most },
    (value) => Array.isArray(value) && value.length <= most && value.every((one) => of.is(one)),
  );

/** An object of a shape. */
export const object = <S extends Shape>(shape: S): Part<Said<S>> =>
  part({ type: 'object', fields: fieldsOf(shape) }, (value) => fits(shape, value));

/** A value of the one or of the other kind. */
export const either = <A, B>(one: Part<A>, other: Part<B>): Part<A | B> =>
  part({ type: 'either', of: [one.schema, other.schema] }, (value) => one.is(value) || other.is(value));

/** What may be left out. */
export const optional = <T>({ is, schema }: Part<T>) => ({ is, schema, mayLack: true }) as const;

/** What the process says of itself, or was sealed at the door with a check of its own: `check` looks at what rules rely on. */
export const own = <T>(check: (value: unknown) => boolean = () => true): Part<T> => part({ type: 'own' }, check);

/** The fields of a shape as data. */
const fieldsOf = (shape: Shape): Readonly<Record<string, { readonly schema: PartSchema; readonly mayLack: boolean }>> =>
  Object.fromEntries(
    Object.entries(shape).map(([name, { schema, mayLack = false }]) => [name, { schema, mayLack }] as const),
  );

/** Whether a value has the shape: each field is there or may lack, and is what it should be. Other fields are not looked at. */
export function fits<S extends Shape>(shape: S, value: unknown): value is Said<S> {
  if (!isRecord(value)) return false;
  for (const [name, { is, mayLack }] of partsOf(shape)) {
    // Senders choose names: `constructor` is a field like any other, so only own fields count.
    const field = Object.hasOwn(value, name) ? value[name] : undefined;
    if (field === undefined ? mayLack !== true : !is(field)) return false;
  }
  return true;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Every fact is held against its shape, and there are few shapes. */
const partsOf = remembered((shape: Shape): readonly (readonly [string, Part<unknown>])[] => Object.entries(shape));
