import { parseArgs } from 'node:util';
import { scenarios } from '../../test/replay/scenarios';

export interface Options {
  /** The scenarios to record; all of them where none is named. */
  readonly names: readonly string[];
  /** Plays and compares, and writes nothing. */
  readonly check: boolean;
  /** Writes recordings that came out otherwise than before: the difference was meant. */
  readonly accept: boolean;
}

export function optionsFrom(argv: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { check: { type: 'boolean', default: false }, accept: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((name) => scenarios[name] === undefined);
  if (unknown.length > 0) throw new Error(`no such scenario: ${unknown.join(', ')}`);
  if (values.check && values.accept) throw new Error('--check writes nothing, so it accepts nothing');
  return { names: positionals.length > 0 ? positionals : Object.keys(scenarios), ...values };
}
