import { z } from 'zod';
import type { PayloadKeys } from './codec';
import type { Key } from './payload';

/** `2026a:<base64 of 32 bytes>,2025b:<…>`; an empty text holds no key. */
export function keysOf(text: string, context: z.RefinementCtx): Key[] {
  const keys =
    text === '' ? [] : text.split(',').map((part) => /^([A-Za-z0-9_-]{1,32}):([A-Za-z0-9+/]{43}=)$/.exec(part));
  const read = keys.flatMap((match) =>
    match === null ? [] : [{ id: match[1] ?? '', key: Buffer.from(match[2] ?? '', 'base64') }],
  );
  const problem = (message: string): unknown => context.addIssue({ code: 'custom', message });
  if (read.length < keys.length) problem('must be id:key pairs, each key 32 bytes in base64');
  if (new Set(read.map(({ id }) => id)).size < read.length) problem('names an id twice');
  // Thirty-two random bytes repeat some; a key made of few values was typed, not drawn.
  if (read.some(({ key }) => new Set(key).size < 16)) problem('holds a key that is not random');
  return read;
}

/** The same, of which at least one is needed. */
export function sealKeysOf(text: string, context: z.RefinementCtx): PayloadKeys['sealKeys'] {
  const [first, ...others] = keysOf(text, context);
  if (first !== undefined) return [first, ...others];
  context.addIssue({ code: 'custom', message: 'must hold at least one key' });
  return z.NEVER;
}
