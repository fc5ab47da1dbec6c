import { z } from 'zod';
import { type Caller, Refusal } from './caller';

/** Creates a row under an id of ours; that it is there already is as good. */
export async function createOnce(caller: Caller, path: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  try {
    await caller.post(path, body, z.unknown());
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'already_exists')) throw error;
  }
}
