import { parseArgs } from 'node:util';
import { Trouble } from '../servers/trouble';

/** How a fault run is asked for. */
export interface FaultOptions {
  readonly seed: number;
  readonly orders: number;
  readonly kills: number;
  /** After so long the clients stop and what is not ended counts as stuck. */
  readonly minutes: number;
  readonly jsonFile: string | undefined;
}

/** Reads `--seed N --orders 100 --kills 20 --minutes 20 --json FILE`; a wrong one is one clear line. */
export function faultOptions(argv: readonly string[]): FaultOptions {
  const values = parsed(argv);
  return {
    seed: whole('--seed', values.seed, Math.floor(Date.now() / 1000) % 1_000_000),
    orders: whole('--orders', values.orders, 100),
    kills: whole('--kills', values.kills, 20),
    minutes: whole('--minutes', values.minutes, 25),
    jsonFile: values.json,
  };
}

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { seed: text, orders: text, kills: text, minutes: text, json: text };
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new Trouble(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new Trouble(`${name} must be a whole number, not ${text}.`);
  return Number(text);
}
