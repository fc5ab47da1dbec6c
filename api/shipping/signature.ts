import { createHmac, timingSafeEqual } from 'node:crypto';

/** A signed request as it came: its raw bytes, and what its headers say. */
export interface Signed {
  readonly body: Buffer;
  /** Seconds since 1970, as text. */
  readonly timestamp: string;
  /** HMAC-SHA256 over `timestamp.body`, hexadecimal. */
  readonly signature: string;
}

/** An older request may be a recording, a younger one a forgery. */
const windowSeconds = 300;

/** Whether somebody who has the secret signed exactly these bytes at about this time. */
export function isSigned({ body, timestamp, signature }: Signed, secret: string, now: Date): boolean {
  const expected = sign({ body, timestamp }, secret);
  const given = Buffer.from(signature, 'hex');
  const matches = given.length === expected.length && timingSafeEqual(given, expected);
  return matches && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= windowSeconds;
}

/** The signature of a body at a time. */
export function sign({ body, timestamp }: Omit<Signed, 'signature'>, secret: string): Buffer {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
}
