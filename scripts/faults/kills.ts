import { setTimeout as pause } from 'node:timers/promises';
import { type Company, type Part, parts } from './company';
import { diceOf } from './dice';

/** One blow: who dies, how long after the one before, for how long. */
export interface Blow {
  readonly which: readonly Part[];
  readonly afterMs: number;
  readonly downMs: number;
}

/** Singly and together, at moments that the seed chooses; everything dies at least once, alone and with all others. */
export function blows(seed: number, count: number): readonly Blow[] {
  const dice = diceOf(seed, 'kills');
  const fixed: readonly (readonly Part[])[] = [
    ['worker'],
    ['postgres'],
    ['temporal'],
    parts,
    ['api'],
    ['worker', 'postgres'],
  ];
  return Array.from({ length: count }, (_, index) => ({
    which: fixed[index] ?? (dice.chance(0.5) ? [dice.pick(parts)] : parts.filter(() => dice.chance(0.5))),
    afterMs: dice.between(1_500, 7_000),
    downMs: dice.chance(0.3) ? 0 : dice.between(100, 4_000),
  })).map((blow) => (blow.which.length > 0 ? blow : { ...blow, which: ['worker'] as const }));
}

/** Strikes blow after blow; each waits until all parts are started again, not until they are ready. */
export async function strike(
  company: Company,
  planned: readonly Blow[],
  hooks: {
    readonly signal: AbortSignal;
    readonly before: (index: number) => void;
    readonly say: (line: string) => void;
  },
): Promise<number> {
  let struck = 0;
  for (const [index, { which, afterMs, downMs }] of planned.entries()) {
    await pause(afterMs);
    if (hooks.signal.aborted) return struck;
    hooks.before(index);
    await company.kill(...which);
    struck++;
    hooks.say(`kill ${struck}/${planned.length}: ${which.join(', ')}`);
    await pause(downMs);
    await company.restart(...which);
  }
  return struck;
}
