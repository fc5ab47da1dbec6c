/**
 * The one place where a rule is called without its types: `InOrder` has checked that the dossier is what the organ sees, and a rule is
 * chosen by the kind of the fact that it is given.
 */
export const call = <R>(rule: ((...given: never[]) => R) | undefined, ...given: readonly unknown[]): R | undefined =>
  rule === undefined ? undefined : (rule as (...given: readonly unknown[]) => R)(...given);
