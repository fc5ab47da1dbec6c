import { setTimeout as pause } from 'node:timers/promises';
import { observer } from './people';
import type { Sender } from './sender';

/** An order as the API's list shows it. */
interface OrderOnBoard {
  readonly no: string;
  readonly status: string;
  readonly version: number;
  readonly revision: number;
  readonly takenBy: string;
  readonly total: { readonly amount: string };
  readonly received: { readonly amount: string };
  readonly outstanding: { readonly amount: string };
  readonly endedAt: string | null;
}

/** An open task as the API's list shows it. */
export interface TaskOnBoard {
  readonly id: string;
  readonly orderNo: string;
  readonly kind: string;
  readonly roles: readonly string[];
  readonly users: readonly string[];
  readonly excluded: readonly { readonly userId: string }[];
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly signing: { readonly mustState?: readonly string[] };
}

/** One order and its open tasks, as of an instant. */
export interface View {
  readonly order: OrderOnBoard;
  readonly tasks: readonly TaskOnBoard[];
}

/** What all clients look at: two lists of the API, asked for once for everybody. */
export interface Board {
  /** The order as it stood after now; waits for the next look. */
  look(no: string): Promise<View | undefined>;
  stop(): Promise<void>;
}

interface Snapshot {
  readonly orders: ReadonlyMap<string, OrderOnBoard>;
  readonly tasks: ReadonlyMap<string, readonly TaskOnBoard[]>;
}

/** A look costs the API some 20 ms: two in a second leave it time for others. */
const everyMs = 500;

export function openBoard(sender: Pick<Sender, 'get'>): Board {
  let waiting: ((snapshot: Snapshot) => void)[] = [];
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const asking = waiting;
      waiting = [];
      const snapshot = asking.length === 0 ? undefined : await lookOnce(sender).catch(() => undefined);
      if (snapshot === undefined) waiting = [...asking, ...waiting];
      else for (const tell of asking) tell(snapshot);
      await pause(everyMs);
    }
  };
  const running = loop();
  return {
    look: async (no) => {
      const snapshot = await new Promise<Snapshot>((resolve) => waiting.push(resolve));
      const order = snapshot.orders.get(no);
      return order === undefined ? undefined : { order, tasks: snapshot.tasks.get(no) ?? [] };
    },
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function lookOnce(sender: Pick<Sender, 'get'>): Promise<Snapshot> {
  const orders = await pages<OrderOnBoard>(sender, '/orders', ({ no }) => no);
  // Tasks after orders: who decides by an older status finds its task closed, which is a story, too.
  const tasks = await pages<TaskOnBoard>(sender, '/tasks', ({ id }) => encodeURIComponent(id));
  return { orders: new Map(orders.map((order) => [order.no, order])), tasks: byOrder(tasks) };
}

async function pages<Row>(
  sender: Pick<Sender, 'get'>,
  path: string,
  keyOf: (row: Row) => string,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (let after = ''; ;) {
    const page = await sender.get(observer, `${path}?limit=100${after}`);
    // The API's schemas say what is in a page; a wrong guess here shows as a client that does nothing.
    const items = page['items'] as readonly Row[];
    rows.push(...items);
    const last = items.at(-1);
    if (page['next'] === null || last === undefined) return rows;
    after = `&after=${keyOf(last)}`;
  }
}

function byOrder(tasks: readonly TaskOnBoard[]): ReadonlyMap<string, readonly TaskOnBoard[]> {
  const groups = new Map<string, TaskOnBoard[]>();
  for (const task of tasks) groups.set(task.orderNo, [...(groups.get(task.orderNo) ?? []), task]);
  return groups;
}
