import { parseArgs } from 'node:util';
import { Trouble } from '../servers/trouble';

/** What the demo was asked to do on its command line. */
export interface Arguments {
  /** The folder with Northwind's files; undefined: play the day instead. */
  readonly northwind: string | undefined;
  /** Where the figures are written. */
  readonly json: string | undefined;
  /** Only the first orders of the files. */
  readonly limit: number;
  /** Orders under way at once. */
  readonly concurrency: number;
  /** Another file than the one in `scripts/demo`. */
  readonly day: string | undefined;
  readonly apiUrl: string | undefined;
  readonly tokensFile: string | undefined;
}

const usage =
  'npm run demo [-- --day FILE]   or   npm run demo -- --northwind FOLDER [--json FILE] [--limit N] [--concurrency N];' +
  ' both take [--api URL] [--tokens FILE]';

/** More at once than two cores serve: the answers only come later. */
const usualConcurrency = 12;

/** Reads the command line, or says in one line what it may hold. */
export function argumentsFrom(words: readonly string[]): Arguments {
  const values = valuesOf(words);
  return {
    northwind: values.northwind,
    json: values.json,
    limit: countOf('limit', values.limit, Number.MAX_SAFE_INTEGER),
    concurrency: countOf('concurrency', values.concurrency, usualConcurrency),
    day: values.day,
    apiUrl: values.api,
    tokensFile: values.tokens,
  };
}

function valuesOf(words: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...words],
      options: { northwind: text, json: text, limit: text, concurrency: text, day: text, api: text, tokens: text },
      allowPositionals: false,
    }).values;
  } catch (error) {
    throw new Trouble(`${error instanceof Error ? error.message : String(error)} Usage: ${usage}`);
  }
}

function countOf(name: string, given: string | undefined, usual: number): number {
  const count = given === undefined ? usual : Number(given);
  if (!Number.isSafeInteger(count) || count < 1) throw new Trouble(`--${name} ${given ?? ''} is not a count.`);
  return count;
}
