/**
 * A rule that works out its answer once for the objects that it is asked about. A dossier and all that stands in it are never
 * changed, only replaced, so the answer about the same objects is always the same: nobody, a replay neither, can see whether it was
 * remembered. It is forgotten with the objects; so the first of several is one of the order's own, and not what every order begins
 * with. This, and what is `noted`, is all of the workflows that is kept beside a dossier (W3).
 */
export function remembered<Of extends readonly [object, ...object[]], Answer>(
  workOut: (...of: Of) => Answer,
): (...of: Of) => Answer {
  const start: Known<Answer> = {};
  return (...of) => {
    const first = knownOf(start, of[0]);
    // Rules ask the same of one dossier again and again: the other objects are sooner compared than looked up.
    if (first.last !== undefined && areTheSame(first.last.of, of)) return first.last.is;
    let known = first;
    for (const one of of.slice(1)) known = knownOf(known, one);
    known.answer ??= { is: workOut(...of) };
    first.last = { of, is: known.answer.is };
    return known.answer.is;
  };
}

function areTheSame(one: readonly object[], other: readonly object[]): boolean {
  for (let place = 1; place < one.length; place++) if (one[place] !== other[place]) return false;
  return true;
}

/** What is known of an object, or of several one after the other; of the first also what was asked of it last. */
interface Known<Answer> {
  answer?: { readonly is: Answer };
  with?: WeakMap<object, Known<Answer>>;
  last?: { readonly of: readonly object[]; readonly is: Answer };
}

function knownOf<Answer>(known: Known<Answer>, one: object): Known<Answer> {
  known.with ??= new WeakMap();
  const before = known.with.get(one);
  if (before !== undefined) return before;
  const next: Known<Answer> = {};
  known.with.set(one, next);
  return next;
}

/**
 * What was found of an object, beside it and forgotten with it, so that what grows out of the object is not looked through again.
 * Whoever takes a note shows that the answer is the same without it.
 */
export function noted<Of extends object, Note>() {
  const notes = new WeakMap<Of, Note>();
  return {
    of: (one: Of): Note | undefined => notes.get(one),
    take: (one: Of, note: Note): void => {
      notes.set(one, note);
    },
  } as const;
}

const values = remembered((record: Readonly<Record<string, unknown>>): readonly unknown[] => Object.values(record));

/** A list with each of its members changed; where none is another, it is the same list, and what is remembered of it stays true. */
export function eachAs<T>(list: readonly T[], change: (one: T, place: number) => T): readonly T[] {
  const changed = list.map(change);
  return changed.every((one, place) => one === list[place]) ? list : changed;
}

/** The members of a list for which something holds; where it holds for all, the same list. */
export function those<T>(list: readonly T[], holds: (one: T) => boolean): readonly T[] {
  const left = list.filter(holds);
  return left.length === list.length ? list : left;
}

/** The values of a record in their order: an order has many of some, and every rule walks through them. */
export const valuesOf = <T>(record: Readonly<Record<string, T>>): readonly T[] => values(record) as readonly T[];
