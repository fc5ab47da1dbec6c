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
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: { seed: text, orders: text, kills: text, minutes: text, json: text },
  });
  return {
    seed: whole('--seed', values.seed, Math.floor(Date.now() / 1000) % 1_000_000),
    orders: whole('--orders', values.orders, 100),
    kills: whole('--kills', values.kills, 20),
    minutes: whole('--minutes', values.minutes, 25),
    jsonFile: values.json,
  };
}

function whole(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,9}$/.test(text)) throw new Trouble(`${name} must be a whole number, not ${text}.`);
  return Number(text);
}
