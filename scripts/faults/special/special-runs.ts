import type { Violation } from '../check/violation';
import { atTheTimeOut } from './at-the-time-out';
import { databaseAway } from './database-away';
import { lostCompletion } from './lost-completion';
import type { SpecialRun } from './special-run';
import { temporalAway } from './temporal-away';

const runs = { lostCompletion, atTheTimeOut, databaseAway, temporalAway } as const;

/** The special runs by name: each has its own orders and leaves the company whole. */
export const specialRunNames = Object.keys(runs) as readonly (keyof typeof runs)[];

/** Plays one special run; what it throws is a finding, too. */
export async function playSpecial(name: keyof typeof runs, run: SpecialRun): Promise<readonly Violation[]> {
  run.say(`Special run: ${name}`);
  try {
    return await runs[name](run);
  } catch (error) {
    return [{ invariant: 'special run', subject: name, says: error instanceof Error ? error.message : String(error) }];
  }
}
