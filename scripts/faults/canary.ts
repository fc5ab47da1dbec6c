import { diceOf } from './dice';

/** Words that stand in every personal field of a run and must be nowhere outside their tables (W4, Y3). */
export interface Canary {
  /** Free text for a field of this name, with the canary in it. */
  readonly words: (field: string) => string;
  /** A telephone number that occurs nowhere else. */
  readonly phone: string;
  /** What to search for. */
  readonly strings: readonly string[];
}

/** A run's own canary: found in a log or history, it is this run that leaked. */
export function canaryOf(seed: number): Canary {
  const dice = diceOf(seed, 'canary');
  const letters = Array.from({ length: 8 }, () => dice.pick('bcdfghjkmnpqrstvwxyz'.split(''))).join('');
  const latin = `Kanari${letters}`;
  const chinese = `金丝雀${dice.pick(['鲲', '鹏', '鸾', '鹤'])}${dice.pick(['甲', '乙', '丙', '丁'])}`;
  const phone = `1${dice.between(30, 99)}${dice.between(10_000_000, 99_999_999)}`;
  return {
    words: (field) => `${latin} ${chinese} ${field}`,
    phone,
    strings: [latin, chinese, phone],
  };
}
