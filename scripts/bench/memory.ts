import { setTimeout as pause } from 'node:timers/promises';
import { customers, item } from './found-company';
import { orderBody } from './play-order';
import { pssKiBOfTree, rssKiBOfTree } from './processes';
import type { Product } from './product';
import type { ProductDesk } from './product-desk';
import { inLanes } from './round';

/** KiB per open order, by part; a part that gave memory back is below zero. */
export type Memory = Readonly<Record<keyof Product['pids'], number>>;

/** Garbage is collected and the database's caches are written meanwhile, as on any quiet evening. */
const quietMs = 10_000;

/** Takes so many orders, which then wait for their first review, and weighs the processes before and after. */
export async function weighOpenOrders(
  { pids }: Product,
  desk: ProductDesk,
  { open, atOnce, say }: { readonly open: number; readonly atOnce: number; readonly say: (line: string) => void },
): Promise<Memory> {
  await pause(quietMs);
  const before = weigh(pids);
  let last = '';
  await inLanes({
    orders: open,
    atOnce,
    play: async (serial) => {
      const no = await desk.take(orderBody({ customerId: customers[serial % customers.length] ?? '', itemId: item }));
      await desk.untilTask(no, `${no}/1`);
      last = no;
      if ((serial + 1) % 1000 === 0) say(`  ${serial + 1} orders are open`);
    },
  });
  say(`  the last one is ${last}; waiting until all is quiet`);
  await pause(quietMs);
  const after = weigh(pids);
  const perOrder = (part: keyof Memory): number => (after[part] - before[part]) / open;
  return {
    temporal: perOrder('temporal'),
    worker: perOrder('worker'),
    api: perOrder('api'),
    postgres: perOrder('postgres'),
  };
}

function weigh({ temporal, worker, api, postgres }: Product['pids']): Memory {
  return {
    temporal: rssKiBOfTree(temporal),
    worker: rssKiBOfTree(worker),
    api: rssKiBOfTree(api),
    postgres: pssKiBOfTree(postgres),
  };
}
