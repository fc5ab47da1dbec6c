/** One thing that is not as the invariants say. */
export interface Violation {
  /** The invariant's id, as in the list of them. */
  readonly invariant: string;
  /** The order, message or key that it is about. */
  readonly subject: string;
  readonly says: string;
  /** What it counts as in the run's figures. */
  readonly counts?: 'lost' | 'doubled' | 'ledger' | 'stuck';
}

/** Reads the evidence and says what is wrong with it; nothing else. */
export type Check<Evidence> = (evidence: Evidence) => readonly Violation[];

/** Both as JSON, members in the order of their names: what PostgreSQL or a payload codec did to the order does not matter. */
export function same(one: unknown, other: unknown): boolean {
  return ordered(one) === ordered(other);
}

/** JSON with the members of objects sorted; what is undefined is left out. */
function ordered(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** The rows by what the function says of them. */
export function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
