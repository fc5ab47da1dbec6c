import type { Books } from './books';
import type { Northwind, Order } from './files';
import { type Figures, goodsFenOf } from './figures';
import { openingQuantity } from './library';
import { grouped, yuan } from './numbers';

/** One figure as the product has it, as the files have it, and as the folder's README has it where it does. */
export interface Compared {
  readonly what: string;
  readonly books: string;
  readonly files: string;
  readonly readme: string | undefined;
  readonly agree: boolean;
}

type Shown = Readonly<Record<keyof Figures, string>>;

const words: Readonly<Record<keyof Figures, string>> = {
  orders: 'orders',
  lines: 'lines',
  goodsFen: 'goods worth, after discounts',
  freightFen: 'freight',
  late: 'shipped after the required date',
  neverShipped: 'never shipped',
  completed: 'completed (all that shipped)',
};
const names = Object.keys(words).filter((name): name is keyof Figures => name in words);

/** The product's books beside the files, figure by figure. */
export function compare({
  books,
  files,
  readme,
}: {
  books: Books;
  files: Figures;
  readme: Partial<Shown>;
}): Compared[] {
  const [own, theirs] = [shown(books), shown(files)];
  return names.map((name) => ({
    what: words[name],
    books: own[name],
    files: theirs[name],
    readme: readme[name],
    agree: own[name] === theirs[name] && (readme[name] ?? theirs[name]) === theirs[name],
  }));
}

/** What double entry and stock must say of these orders: worth of what shipped, nothing owed for it, goods left. */
export function compareLedger({
  books,
  northwind,
  played,
}: {
  books: Books;
  northwind: Northwind;
  played: readonly Order[];
}): Compared[] {
  const shipped = played.filter(({ shipped_date: on }) => on !== null);
  const worthFen = shipped.reduce((sum, { lines, freight }) => sum + goodsFenOf(lines) + freight, 0);
  const { revenueFen, receivablesFen, advancesFen, moneyFen } = books.ledger;
  const opening = northwind.products.reduce((sum, { product_id: id }) => sum + openingQuantity(northwind, id), 0);
  const gone = shipped.flatMap(({ lines }) => lines).reduce((sum, { quantity }) => sum + quantity, 0);
  return [
    row('ledger: revenue (6001) = goods and freight of what shipped', yuan(revenueFen), yuan(worthFen)),
    row('ledger: receivables (1122) after the last payment', yuan(receivablesFen), yuan(0)),
    row('ledger: money in = revenue and advances (2204)', yuan(moneyFen), yuan(worthFen + advancesFen)),
    row('stock: pieces in hand', grouped(books.inHand), grouped(opening - gone)),
  ];
}

const row = (what: string, books: string, files: string): Compared => ({
  what,
  books,
  files,
  readme: undefined,
  agree: books === files,
});

/** What the README of the folder says, in its own words; nothing where it says nothing. */
export function figuresInReadme(text: string): Partial<Shown> {
  const flat = text.replaceAll(/\s+/g, ' ');
  const find = (pattern: RegExp) => pattern.exec(flat)?.[1]?.replace(/[.,]$/, '');
  const found = {
    orders: find(/([\d,]+) orders with/),
    lines: find(/([\d,]+) lines/),
    goodsFen: find(/goods worth ([\d,.]+)/),
    freightFen: find(/freight ([\d,.]+)/),
    late: find(/([\d,]+) orders shipped after/),
    neverShipped: find(/([\d,]+) never shipped/),
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}

function shown(figures: Figures): Shown {
  const { orders, lines, goodsFen, freightFen, late, neverShipped, completed } = figures;
  return {
    orders: grouped(orders),
    lines: grouped(lines),
    goodsFen: yuan(goodsFen),
    freightFen: yuan(freightFen),
    late: grouped(late),
    neverShipped: grouped(neverShipped),
    completed: grouped(completed),
  };
}
