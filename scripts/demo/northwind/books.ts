import { z } from 'zod';
import type { Caller } from '../caller';
import type { Figures } from './figures';
import { itemPrefix, policyName } from './ids';

/** What the product's own books say of these orders. */
export interface Books extends Figures {
  readonly ledger: Ledger;
  /** Pieces of Northwind's goods in the warehouse. */
  readonly inHand: number;
}

/** Sums over the orders' postings, in fen; each positive where such an account usually stands. */
interface Ledger {
  readonly revenueFen: number;
  readonly receivablesFen: number;
  readonly advancesFen: number;
  readonly moneyFen: number;
}

const fen = z.object({ amount: z.string() }).transform(({ amount }) => Math.round(Number(amount) * 100));
const ordersReport = z.object({
  orders: z.int(),
  lines: z.int(),
  goods: fen,
  freight: fen,
  late: z.int(),
  neverShipped: z.int(),
  completed: z.int(),
});
const ledgerReport = z.object({ accounts: z.array(z.object({ account: z.string(), balance: fen })) });
const stockPage = z.object({
  items: z.array(z.object({ itemId: z.string(), inHand: z.int() })),
  next: z.string().nullable(),
});

/** Everything that was ever taken under the policy of that name. */
const always = `policy=${policyName}&from=2000-01-01&to=2999-12-31`;

/** Asks the product's reports. */
export async function readBooks(caller: Caller): Promise<Books> {
  const {
    goods: goodsFen,
    freight: freightFen,
    ...counts
  } = await caller.get(`/reports/orders?${always}`, ordersReport);
  return { ...counts, goodsFen, freightFen, ledger: await readLedger(caller), inHand: await countStock(caller) };
}

async function readLedger(caller: Caller): Promise<Ledger> {
  const { accounts } = await caller.get(`/reports/ledger?${always}`, ledgerReport);
  const of = (...numbers: readonly string[]) =>
    accounts.filter(({ account }) => numbers.includes(account)).reduce((sum, { balance }) => sum + balance, 0);
  // Chinese chart of accounts: 6001 revenue, 1122 receivables, 2204 advances of customers, 1001 cash and 1002 bank.
  return {
    revenueFen: -of('6001'),
    receivablesFen: of('1122'),
    advancesFen: -of('2204'),
    moneyFen: of('1001', '1002'),
  };
}

async function countStock(caller: Caller): Promise<number> {
  let inHand = 0;
  for (let after = ''; ;) {
    const { items, next } = await caller.get(`/stock?limit=100${after}`, stockPage);
    for (const batch of items) if (batch.itemId.startsWith(itemPrefix)) inHand += batch.inHand;
    if (next === null) return inHand;
    after = `&after=${next}`;
  }
}
