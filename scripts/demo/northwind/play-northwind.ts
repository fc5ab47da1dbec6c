import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inParallel } from '../in-parallel';
import { productAt, type Product, type Whereabouts } from '../product';
import { table } from '../table';
import { type Books, readBooks } from './books';
import { type Compared, compare, compareLedger, figuresInReadme } from './comparison';
import { figuresOf } from './figures';
import { type Northwind, type Order, readNorthwind } from './files';
import { gradeRule } from './grades';
import { bringInLibrary, stockRule } from './library';
import { moneyOf } from './numbers';
import { explainOpen } from './open-orders';
import { gather, type People } from './people';
import { type Played, playOrder } from './play-order';
import { type ProgressBar, progressBar } from './progress-bar';

/** What is asked of the Northwind demo. */
export interface NorthwindAsked {
  readonly folder: string;
  readonly json: string | undefined;
  readonly limit: number;
  readonly concurrency: number;
  readonly say?: Say;
  readonly bar?: (total: number) => ProgressBar;
}

type Say = (line: string) => void;

/** Brings Northwind's books in through the API, plays every order through the whole process, and compares the figures. */
export async function playNorthwind(whereabouts: Whereabouts, asked: NorthwindAsked): Promise<boolean> {
  const northwind = readNorthwind(asked.folder);
  const orders = northwind.orders.slice(0, asked.limit);
  const running = productAt(whereabouts);
  const { say = (line) => console.log(line), bar = progressBar } = asked;
  say(`Northwind: ${orders.length} orders; ${gradeRule}; no tax (export); ${stockRule}.`);
  const people = await gather(running, northwind);
  await bringInLibrary(people, northwind, asked.concurrency);
  const startedAt = Date.now();
  const { played, failed } = await playAll(people, {
    northwind,
    orders,
    concurrency: asked.concurrency,
    bar: bar(orders.length),
  });
  say(speed(played.length, Date.now() - startedAt, asked.concurrency));
  const books = await readBooks(people.admin);
  const agree = report(say, asked.folder, { northwind, orders, books });
  say(await whatIsOpen(running, people, played));
  for (const failure of failed.slice(0, mostFailuresShown)) say(`✗ ${failure}`);
  if (asked.json !== undefined) writeFileSync(asked.json, `${JSON.stringify(jsonOf(books), null, 2)}\n`);
  return agree && failed.length === 0;
}

const mostFailuresShown = 10;

async function playAll(
  people: People,
  {
    northwind,
    orders,
    concurrency,
    bar,
  }: { northwind: Northwind; orders: readonly Order[]; concurrency: number; bar: ProgressBar },
): Promise<{ readonly played: readonly Played[]; readonly failed: readonly string[] }> {
  const contacts = new Map(northwind.customers.map((one) => [one.customer_id, one]));
  const played: Played[] = [];
  const failed: string[] = [];
  await inParallel(orders, concurrency, async (order) => {
    try {
      const { contact_name: contact = '', phone = '' } = contacts.get(order.customer_id) ?? {};
      played.push(await playOrder(people, order, { contact, phone }));
    } catch (error) {
      failed.push(`${order.order_id}: ${error instanceof Error ? error.message : String(error)}`);
    }
    bar.step();
  });
  bar.end();
  return { played, failed };
}

function speed(orders: number, elapsedMs: number, concurrency: number): string {
  const seconds = elapsedMs / 1000;
  const each = (seconds / Math.max(1, orders)).toFixed(3);
  return `Played ${orders} orders in ${seconds.toFixed(1)} s: ${each} s each, ${concurrency} at once.\n`;
}

/** Prints the comparison and says whether everything agrees. */
function report(
  say: Say,
  folder: string,
  { northwind, orders, books }: { northwind: Northwind; orders: readonly Order[]; books: Books },
): boolean {
  if (books.orders !== orders.length) {
    say(
      `The product holds ${books.orders} of Northwind's orders and ${orders.length} were asked for: their figures cannot agree.`,
    );
    return false;
  }
  const whole = orders.length === northwind.orders.length;
  const readmeFile = join(folder, 'README.md');
  const readme = whole && existsSync(readmeFile) ? figuresInReadme(readFileSync(readmeFile, 'utf8')) : {};
  const rows = [
    ...compare({ books, files: figuresOf(orders), readme }),
    ...compareLedger({ books, northwind, played: orders }),
  ];
  say(table([['', "the product's books", 'the files', 'their README', ''], ...rows.map(cells)]));
  return rows.every(({ agree }) => agree);
}

const cells = ({ what, books, files, readme = '', agree }: Compared): readonly string[] => [
  what,
  books,
  files,
  readme,
  agree ? '✓' : '✗',
];

async function whatIsOpen(running: Product, people: People, played: readonly Played[]): Promise<string> {
  const open = played.filter((one) => one.as === 'stays');
  const [first] = open;
  if (first === undefined) return '';
  const rows = table(await explainOpen(people.admin, open));
  const look = `${running.orderUrl(first.no)}/explain  ${running.workflowUrl(first.no)}`;
  return `\nOpen, as the files never shipped them (${open.length}):\n${rows}\nLook at one: ${look}`;
}

function jsonOf({ orders, lines, goodsFen, freightFen, late, neverShipped, completed }: Books) {
  const [goods, freight] = [moneyOf(goodsFen).amount, moneyOf(freightFen).amount];
  return { orders, lines, goods, freight, late, neverShipped, completed };
}
