import type { BareDesk } from './bare/desk';
import { customers, item } from './found-company';
import type { BenchOptions } from './options';
import { playOrder } from './play-order';
import type { Product } from './product';
import type { Latencies, ProductDesk } from './product-desk';
import { type Round, playRound } from './round';

/** One round of the product, and the one of the bare workflow right after it. */
export interface Rounds {
  readonly product: Round & Latencies;
  readonly bare: Round;
}

interface Playing {
  readonly product: Product;
  readonly desk: ProductDesk;
  readonly bareDesk: BareDesk;
  readonly options: BenchOptions;
  readonly say: (line: string) => void;
}

/**
 * Plays the rounds, product and bare workflow in turn, after one of each that is not counted: what compiles and plans as
 * it runs has settled by then, on both sides.
 */
export async function playRounds(playing: Playing): Promise<readonly Rounds[]> {
  const { options, say } = playing;
  say(`Warming up with ${options.orders} orders of each …`);
  await playBoth(playing, options.orders);
  const rounds: Rounds[] = [];
  for (let round = 1; round <= options.rounds; round++) {
    say(`Round ${round} of ${options.rounds}: ${options.orders} orders, ${options.atOnce} at once …`);
    rounds.push(await playBoth(playing, options.orders));
  }
  return rounds;
}

async function playBoth({ product, desk, bareDesk, options }: Playing, orders: number): Promise<Rounds> {
  const { atOnce } = options;
  desk.takeLatencies();
  const ofProduct = await playRound({
    orders,
    atOnce,
    pids: product.pids,
    play: (serial) => playOrder(desk, { customerId: customers[serial % customers.length] ?? '', itemId: item }),
  });
  const ofBare = await playRound({
    orders,
    atOnce,
    pids: { temporal: product.pids.temporal, worker: bareDesk.workerPid },
    play: () => bareDesk.play(),
  });
  return { product: { ...ofProduct, ...desk.takeLatencies() }, bare: ofBare };
}
