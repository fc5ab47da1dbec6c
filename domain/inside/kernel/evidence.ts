import type { Evidence } from './vocabulary';

/** What a rule saw, without the fields that are not known or do not apply. */
export function seen(facts: Readonly<Record<string, string | number | boolean | null | undefined>>): Evidence {
  const known: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(facts)) if (value !== null && value !== undefined) known[name] = value;
  return known;
}
