/**
 * Every advisory lock of the product, in one place: two parts that took the same number would wait for each other for ever.
 * The numbers are any.
 */
export const advisoryLocks = {
  /** Held for one pass of the sweep. */
  sweep: 20_261_121,
  /** Held by the one worker that delivers notices, as long as it lives. */
  notices: 20_261_122,
  /** Held for one change of users, superiors and substitutes. */
  organisation: 20_261_123,
  /** Held for one publication of a calendar. */
  calendars: 20_261_124,
  /** Held while the database is brought up to date: the number of `prisma migrate`, so that the two keep out of each other’s way. */
  migration: 72707369,
} as const;
