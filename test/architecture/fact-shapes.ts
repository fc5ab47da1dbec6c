import type { Part, PartSchema, Shapes } from '../../domain/inside/kernel/shape';

/** A process as far as this looks at it. */
export interface Spoken {
  readonly shapes: Shapes;
  readonly sources: ReadonlyMap<string, 'door' | 'told' | 'own'>;
}

/**
 * The parts of facts that may be as large as they like. What a process says itself has its size from its rules; but of what comes
 * through the door each text, list and number has a bound, and what has a check of its own refuses what is none of it.
 */
export const unboundedParts = (processes: Readonly<Record<string, Spoken>>): readonly string[] => [
  ...new Set(
    Object.values(processes).flatMap(({ shapes, sources }) =>
      Object.entries(shapes).flatMap(([kind, shape]) =>
        Object.entries(shape).flatMap(([name, part]) => [
          ...unbounded(part.schema, `${kind}.${name}`),
          ...(sources.get(kind) === 'door' && takesAnything(part) ? [`${kind}.${name}`] : []),
        ]),
      ),
    ),
  ),
];

function unbounded(schema: PartSchema, at: string): readonly string[] {
  switch (schema.type) {
    case 'text':
      return isBound(schema.most) ? [] : [at];
    case 'whole':
      return isBound(schema.least) && isBound(schema.most) ? [] : [at];
    case 'list':
      return [...(isBound(schema.most) ? [] : [at]), ...unbounded(schema.of, `${at}.*`)];
    case 'object':
      return Object.entries(schema.fields).flatMap(([name, field]) => unbounded(field.schema, `${at}.${name}`));
    case 'either':
      return schema.of.flatMap((one) => unbounded(one, at));
    case 'flag':
    case 'instant':
    case 'date':
    case 'one_of':
    case 'own':
      return [];
  }
}

const isBound = (size: number | undefined): boolean => Number.isSafeInteger(size);

/** Nothing that a fact says is a text as long as a book, or a list of as many things. */
const junk: readonly unknown[] = ['x'.repeat(1_000_000), Array.from({ length: 100_000 }, () => 'x'), 1e300];

const takesAnything = ({ is }: Part<unknown>): boolean => junk.some((each) => is(each));
