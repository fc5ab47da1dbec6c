import { anOrder, type ApiUnderTest, freshKey, startApi } from './api-under-test';
import { startWorker } from './worker-under-test';

/** The API and a worker for the tests of one file: opened before them, closed after them. */
export interface ApiAtWork {
  readonly api: ApiUnderTest;
  /** Takes an order with any part replaced, and answers its number. */
  readonly take: (changes?: object) => Promise<string>;
}

export function apiAtWork(): ApiAtWork {
  let api: ApiUnderTest;
  let worker: { stop(): Promise<void> };
  beforeAll(async () => {
    api = await startApi();
    worker = await startWorker(api);
  });
  afterAll(async () => {
    await worker.stop();
    await api.stop();
  });
  return {
    get api() {
      return api;
    },
    take: async (changes = {}) => (await api.as('u-sales-1').post('/orders', anOrder(changes), freshKey())).body.no,
  };
}

export const yuan = (amount: string) => ({ amount, currency: 'CNY' });
