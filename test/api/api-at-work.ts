import { anOrder, type ApiUnderTest, freshKey, startApi } from './api-under-test';
import { eventually, startWorker } from './worker-under-test';

/** The API and a worker for the tests of one file: opened before them, closed after them. */
export interface ApiAtWork {
  readonly api: ApiUnderTest;
  /** Takes an order with any part replaced, and answers its number. */
  readonly take: (changes?: object) => Promise<string>;
  /** Takes such an order and answers its task of review, once it is open. */
  readonly reviewOf: (changes?: object) => Promise<Review>;
  /** Waits until an order has a status: what follows from a message is done after its answer. */
  readonly untilItIs: (no: string, status: string) => Promise<void>;
}

interface Review {
  readonly no: string;
  readonly id: string;
  readonly url: string;
}

export function apiAtWork(options: Parameters<typeof startApi>[0] = {}): ApiAtWork {
  let api: ApiUnderTest;
  let worker: { stop(): Promise<void> };
  beforeAll(async () => {
    api = await startApi(options);
    worker = await startWorker(api);
  });
  afterAll(async () => {
    await worker.stop();
    await api.stop();
  });
  const take = async (changes = {}): Promise<string> =>
    (await api.as('u-sales-1').post('/orders', anOrder(changes), freshKey())).body.no;
  return {
    get api() {
      return api;
    },
    take,
    reviewOf: async (changes) => {
      const no = await take(changes);
      const { id } = await eventually(async () => {
        const { body: order } = await api.as('u-admin-1').get(`/orders/${no}`);
        return (order.tasks as { id: string; kind: string }[]).find(({ kind }) => kind === 'review.sales');
      });
      return { no, id, url: `/tasks/${encodeURIComponent(id)}` };
    },
    untilItIs: async (no, status) => {
      await eventually(async () => {
        const { body: order } = await api.as('u-admin-1').get(`/orders/${no}`);
        return order.status === status ? order : undefined;
      });
    },
  };
}

export const yuan = (amount: string) => ({ amount, currency: 'CNY' });
