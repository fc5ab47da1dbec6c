import type { Evidence } from './vocabulary';

/** What is not known, or does not apply, was not seen. */
export const seen = (facts: Readonly<Record<string, string | number | boolean | null | undefined>>): Evidence =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, value] as const],
    ),
  );
