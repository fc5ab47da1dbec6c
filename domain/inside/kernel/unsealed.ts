/**
 * What workflows and activities are handed for a payload that none of our own processes has sealed (X7). A value, not an
 * error: an error would jam the workflow that it came to.
 */
export const unsealed = 'unsealed';

/** True of what was not sealed, and of what was not there at all: a signal without an argument reaches its handler so. */
export const isUnsealed = (value: unknown): boolean => value === undefined || value === unsealed;
