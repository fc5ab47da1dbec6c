/**
 * A rule that works out its answer once for the objects that it is asked about. A dossier and all that stands in it are never
 * changed, only replaced, so the answer about the same objects is always the same: nobody, a replay neither, can see whether it was
 * remembered. It is forgotten with the objects. This is the one thing of the workflows that is kept beside a dossier (W3).
 */
export function remembered<Of extends readonly object[], Answer>(
  workOut: (...of: Of) => Answer,
): (...of: Of) => Answer {
  const start: Known<Answer> = {};
  return (...of) => {
    let known = start;
    for (const one of of) known = knownOf(known, one);
    known.answer ??= { is: workOut(...of) };
    return known.answer.is;
  };
}

/** What is known of an object, or of several one after the other. */
interface Known<Answer> {
  answer?: { readonly is: Answer };
  with?: WeakMap<object, Known<Answer>>;
}

function knownOf<Answer>(known: Known<Answer>, one: object): Known<Answer> {
  known.with ??= new WeakMap();
  const before = known.with.get(one);
  if (before !== undefined) return before;
  const next: Known<Answer> = {};
  known.with.set(one, next);
  return next;
}

const values = remembered((record: Readonly<Record<string, unknown>>): readonly unknown[] => Object.values(record));

/** The values of a record in their order: an order has many of some, and every rule walks through them. */
export const valuesOf = <T>(record: Readonly<Record<string, T>>): readonly T[] => values(record) as readonly T[];
