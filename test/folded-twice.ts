import type { Base } from '../domain/inside/kernel/dossier';
import type { AnyBody, Fact, FactHead } from '../domain/inside/kernel/fact';
import type { Process } from '../domain/inside/kernel/process';

// What a rule remembers is kept beside the objects that it was asked about. A copy of a dossier is of other objects, so nothing is
// remembered of it; what must never change is frozen.

/** A fact as a test states it. */
type Told = FactHead & AnyBody & Readonly<Record<string, unknown>>;

/** A value of the same content of which nothing is remembered, frozen through and through. */
export const copyOf = <T>(value: T): T => frozen(JSON.parse(JSON.stringify(value)) as T);

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

/**
 * Facts after which a dossier that was folded so far differs from a copy of it, to which they are told likewise; each by its place
 * and kind. A rule that changed what was handed out would throw.
 */
export function foldedOtherwise<D extends Base>(
  process: Process<D>,
  no: string,
  facts: readonly (Fact | Told)[],
): readonly string[] {
  const [first, ...rest] = facts.map(frozen);
  if (first === undefined) return ['no fact opens it'];
  let dossier = process.open(no, first).dossier;
  return rest.flatMap((fact) => {
    const [gone, copied] = [process.reduce(frozen(dossier), fact), process.reduce(copyOf(dossier), fact)];
    dossier = gone.dossier;
    const isSame =
      saidOf(process, gone.dossier) === saidOf(process, copied.dossier) &&
      JSON.stringify(gone) === JSON.stringify(copied);
    return isSame ? [] : [`${gone.filed.seq} ${fact.kind}`];
  });
}

/** Everything that a process says of a dossier, as text: keys in their order too, since one run hands it to the next. */
const saidOf = <D extends Base>(process: Process<D>, dossier: D): string =>
  JSON.stringify([
    dossier,
    process.requires(dossier),
    process.missing(dossier, dossier.at),
    process.due(dossier),
    process.dueRung(dossier, '2099-01-01T00:00:00.000Z'),
  ]);
