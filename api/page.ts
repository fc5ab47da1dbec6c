/** A page of a keyset list: `next` is what `?after=` takes, null on the last page. Hand in one row more than the limit. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | null;
}

/** Cuts the one row too many and says where the next page begins. */
export function pageOf<T>(rows: readonly T[], limit: number, keyOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}

/** The same object without the members that are undefined: what a PATCH changes. */
export function defined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  // Object.entries forgets the names of the members; they are those of T.
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
