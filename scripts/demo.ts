import { type Arguments, argumentsFrom } from './demo/arguments';
import { playDay } from './demo/day/play-day';
import { playNorthwind } from './demo/northwind/play-northwind';
import { type Whereabouts, findProduct } from './demo/product';
import { endWith } from './servers/trouble';

/** `npm run demo`: a company's day, or Northwind's three years, played through the API of the running product. */
async function main(): Promise<void> {
  const asked = argumentsFrom(process.argv.slice(2));
  const whereabouts = await findProduct(asked);
  process.exitCode = (await play(whereabouts, asked)) ? 0 : 1;
}

async function play(whereabouts: Whereabouts, asked: Arguments): Promise<boolean> {
  if (asked.northwind === undefined) return playDay(whereabouts, { file: asked.day });
  process.once('SIGINT', () => {
    console.log('\nStopped. The same command goes on where it stopped.');
    process.exit(130);
  });
  return playNorthwind(whereabouts, { ...asked, folder: asked.northwind });
}

main().catch(endWith);
