import type { Evidence } from './vocabulary';

/** What is not known, or does not apply, was not seen. */
export function seen(facts: Readonly<Record<string, string | number | boolean | null | undefined>>): Evidence {
  const known: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(facts)) if (value !== null && value !== undefined) known[name] = value;
  return known;
}
