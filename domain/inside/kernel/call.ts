/**
 * The one place where a rule is called without its types: `InOrder` has checked that the dossier is what the organ sees, and a rule is
 * chosen by the kind of the fact that it is given.
 */
export const call = <R>(
  rule: ((...given: never[]) => R) | undefined,
  one: unknown,
  two?: unknown,
  three?: unknown,
  four?: unknown,
): R | undefined =>
  rule === undefined ? undefined : (rule as (...given: readonly unknown[]) => R)(one, two, three, four);

/** Puts what an organ made of its part into a dossier in the making; undefined: it made nothing of it. */
export function putPart(draft: object, name: string, part: unknown): void {
  if (part !== undefined) (draft as Record<string, unknown>)[name] = part;
}
