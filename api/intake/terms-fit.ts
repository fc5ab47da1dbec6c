import type { Terms } from '../../domain/inside/intake/terms';
import { wrongField } from '../problem';

/** Beside the terms a payload holds some 4 KiB: the order's number, a message's head, tasks that opened. */
const mostBytes = 60 * 1024;

/**
 * 400 where the terms are larger than a payload may be (W2), with the field that makes them so: found out by the workflow,
 * it would be too late. Counted as the workflow holds them; on the wire they are deflated.
 */
export function requireTermsFit(terms: Terms): void {
  const bytes = bytesOf(terms);
  if (bytes <= mostBytes) return;
  const { lines, customer = {} } = terms;
  const others = bytes - bytesOf(lines) - bytesOf(customer);
  const [field] = largest({ lines: bytesOf(lines), customerId: bytesOf(customer), policy: others });
  const detail = `What the order must go through takes ${Math.ceil(bytes / 1024)} KiB, and may take ${mostBytes / 1024}.`;
  throw wrongField(field, 'too_large', detail);
}

const bytesOf = (value: object): number => Buffer.byteLength(JSON.stringify(value));

function largest(parts: Readonly<Record<string, number>>): readonly [string, number] {
  return Object.entries(parts).reduce((one, other) => (other[1] > one[1] ? other : one));
}
