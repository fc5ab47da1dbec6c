/**
 * Lasting faults: retrying changes nothing, so an activity ends with one of these types, and the order opens an incident
 * and waits (design rule 12). Every other fault passes and is retried.
 */
const lastingFaults = [
  /** The database refused rows that must not be: a ledger entry that does not balance, a second decision, a key used twice. */
  'rows_refused',
  /** A value does not fit its column: a number out of range, text that is no date. */
  'value_refused',
  /** A row that must stand before the workflow starts is not there. */
  'row_missing',
  /** The same sequence numbers were filed before with other facts: the workflow was reset behind what is already told. */
  'history_diverged',
] as const;
export type LastingFault = (typeof lastingFaults)[number];
