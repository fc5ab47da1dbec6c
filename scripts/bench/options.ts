import { parseArgs } from 'node:util';
import { Trouble } from '../servers/trouble';

/** How a benchmark is asked for. */
export interface BenchOptions {
  readonly rounds: number;
  /** Orders per round, of the product and of the bare workflow alike. */
  readonly orders: number;
  /** Orders under way at the same time within a round. */
  readonly atOnce: number;
  /** Open orders whose memory is measured at the end; 0 leaves that out. */
  readonly open: number;
  /** How often the order that is to be read at its fullest is sent each kind of message, unless it refuses before; 0 leaves that out. */
  readonly most: number;
  readonly jsonFile: string | undefined;
  /** Where worker and API leave their CPU profiles. */
  readonly profileFolder: string | undefined;
}

/** Reads `--rounds 5 --orders 40 --at-once 4 --open 5000 --most 500 --json FILE --profile FOLDER`; a wrong one is one clear line. */
export function benchOptions(argv: readonly string[]): BenchOptions {
  const values = parsed(argv);
  return {
    // The goals are medians of at least five.
    rounds: whole('--rounds', values.rounds, 5, 1),
    orders: whole('--orders', values.orders, 40, 1),
    // Two per core of the machine that the goals are meant for: both cores busy, nobody queueing for long.
    atOnce: whole('--at-once', values['at-once'], 4, 1),
    open: whole('--open', values.open, 5000, 0),
    // More than the limits allow of anything.
    most: whole('--most', values.most, 500, 0),
    jsonFile: values.json,
    profileFolder: values.profile,
  };
}

function parsed(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  const options = { rounds: text, orders: text, 'at-once': text, open: text, most: text, json: text, profile: text };
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (error) {
    throw new Trouble(error instanceof Error ? error.message : String(error));
  }
}

function whole(name: string, given: string | undefined, otherwise: number, least: number): number {
  if (given === undefined) return otherwise;
  if (!/^\d{1,6}$/.test(given) || Number(given) < least)
    throw new Trouble(`${name} must be a whole number of at least ${least}, not ${given}.`);
  return Number(given);
}
