import { createHash } from 'node:crypto';

export function sha256Of(content: string | Buffer): Buffer<ArrayBuffer> {
  return createHash('sha256').update(content).digest();
}

/** SHA-256 over what was asked: another digest, another request. */
export const digestOf = (asked: unknown): Buffer<ArrayBuffer> => sha256Of(JSON.stringify(asked));

/** An id that the same cause always gives: what is sent again is the same message. */
export const idFrom = (kind: 'bulk' | 'departure', cause: readonly unknown[]): string =>
  `${kind}-${digestOf(cause).toString('hex').slice(0, 40)}`;
