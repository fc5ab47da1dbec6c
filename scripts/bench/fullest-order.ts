import { mostLines } from '../../domain/outside/intake/order-intake';
import { foldOrder } from '../../api/fold';
import { createPrismaClient } from '../../prisma/client';
import { customers, item } from './found-company';
import { orderBody, yuan } from './play-order';
import type { Product } from './product';
import type { ProductDesk } from './product-desk';
import { inLanes } from './round';
import { quantile } from './statistics';

/** How long the order with the most of everything takes to read. */
export interface Fullest {
  readonly no: string;
  /** How many of each it took, and the code with which it refused more; undefined: nothing stopped it. */
  readonly took: readonly Filled[];
  readonly facts: number;
  /** Medians in milliseconds: the whole answer of `GET /orders/{no}/explain`, and reading and folding its facts alone. */
  readonly explainMs: number;
  readonly foldMs: number;
}

interface Filled {
  readonly what: string;
  readonly count: number;
  readonly refusedWith: string | undefined;
}

/** What people may send again and again. A new kind of message that an order keeps is one line here. */
interface Filler {
  readonly what: string;
  readonly user: string;
  readonly path: string;
  readonly body: (no: string) => object;
}

const fillers: readonly Filler[] = [
  { what: 'holds', user: 'u-sales-director-1', path: 'holds', body: () => ({ reason: 'forced' }) },
  {
    what: 'questions',
    user: 'u-sales-supervisor-1',
    path: 'decisions',
    body: (no) => ({ taskId: `${no}/1`, outcome: 'ask', comment: '请补充说明' }),
  },
  {
    what: 'payments',
    user: 'u-finance-1',
    path: 'payments',
    body: () => ({ amount: yuan('0.01'), method: 'bank' }),
  },
];

/** Reads, the first of which warms up and does not count. */
const reads = 11;

/** Takes an order of the most lines, sends it of everything until it refuses, `most` times at the most, and reads it. */
export async function readFullestOrder(
  { databaseUrl }: Product,
  desk: ProductDesk,
  { most, atOnce }: { readonly most: number; readonly atOnce: number },
): Promise<Fullest> {
  const no = await desk.take(fullBody());
  await desk.untilTask(no, `${no}/1`);
  const took: Filled[] = [{ what: 'lines', count: mostLines, refusedWith: undefined }];
  for (const filler of fillers) took.push(await fill(desk, no, filler, { most, atOnce }));
  const explainMs = await medianOf(() => desk.read('u-sales-director-1', `/orders/${no}/explain`));
  const prisma = createPrismaClient(databaseUrl, { poolSize: 1 });
  try {
    const foldMs = await medianOf(() => foldOrder(prisma, no));
    return { no, took, facts: await prisma.fact.count({ where: { orderNo: no } }), explainMs, foldMs };
  } finally {
    await prisma.$disconnect();
  }
}

function fullBody(): object {
  const goods = { customerId: customers[0] ?? '', itemId: item };
  const line = { itemId: item, quantity: 1, unitPrice: yuan('100.00') };
  return { ...orderBody(goods), lines: Array.from({ length: mostLines }, () => line) };
}

async function fill(
  desk: ProductDesk,
  no: string,
  { what, user, path, body }: Filler,
  { most, atOnce }: { readonly most: number; readonly atOnce: number },
): Promise<Filled> {
  let count = 0;
  let refusedWith: string | undefined;
  await inLanes({
    orders: most,
    atOnce,
    play: async () => {
      if (refusedWith !== undefined) return;
      const because = await desk.tryToSend(user, `/orders/${no}/${path}`, body(no));
      if (because === undefined) count++;
      else refusedWith = because;
    },
  });
  return { what, count, refusedWith };
}

async function medianOf(read: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < reads; at++) {
    const since = performance.now();
    await read();
    if (at > 0) times.push(performance.now() - since);
  }
  return quantile(times, 0.5);
}
