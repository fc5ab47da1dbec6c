import { randomInt, randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { FastifyInstance } from 'fastify';
import { connectTemporal } from '../../api/connect-temporal';
import { createApi } from '../../api/create-api';
import type { ApiSettings, Dependencies } from '../../api/dependencies';
import { startInboxListener } from '../../api/inbox-listener';
import { noOthers } from '../../config/payloads/codec';
import { createPrismaClient } from '../../prisma/client';
import type { PrismaClient } from '../../prisma/generated/client';
import { seed } from '../../scripts/seed';
import { onDatabase } from '../../scripts/servers/on-database';
import { createDatabase } from '../harness/databases';
import { testKeys } from '../harness/seal';
import { temporalAddress } from '../harness/temporal';

/** The API on a database of its own that holds the demo company, and on the real Temporal server. */
export interface ApiUnderTest {
  readonly app: FastifyInstance;
  /** `http://127.0.0.1:port`. */
  readonly url: string;
  readonly prisma: PrismaClient;
  readonly temporal: Client;
  readonly databaseUrl: string;
  readonly taskQueue: string;
  readonly tokens: Readonly<Record<string, string>>;
  /** A statement that the application itself has no right to. */
  asOwner(sql: string): Promise<unknown>;
  /** A request as a user; JSON in, JSON out. */
  as(userId: string): Asking;
  stop(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  // Tests look into answers of every form; what they find is compared, not trusted.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

interface Asking {
  get(url: string): Promise<Answer>;
  post(url: string, body: unknown, headers?: Record<string, string>): Promise<Answer>;
  patch(url: string, body: unknown): Promise<Answer>;
  put(url: string, body?: unknown): Promise<Answer>;
  delete(url: string): Promise<Answer>;
}

export interface Wishes {
  readonly settings?: Partial<ApiSettings>;
  readonly temporalAddress?: string;
  /** Where PostgreSQL is reached, for tests that cut the line. */
  readonly throughUrl?: (databaseUrl: string) => string;
  readonly now?: () => Date;
}

export async function startApi(wishes: Wishes = {}): Promise<ApiUnderTest> {
  const database = await createDatabase();
  const tokens = await seed(database.url, { tokensFile: null });
  const databaseUrl = wishes.throughUrl?.(database.url) ?? database.url;
  const prisma = createPrismaClient(databaseUrl, { poolSize: 20 });
  const temporal = connectTemporal({
    temporalAddress: wishes.temporalAddress ?? temporalAddress(),
    temporalNamespace: 'default',
    temporalApiKey: undefined,
    ...testKeys,
    register: noOthers,
  });
  const listener = await startInboxListener({ databaseUrl, log: { warn: () => undefined } });
  const taskQueue = `api-${randomUUID()}`;
  const settings: ApiSettings = {
    taskQueue,
    policy: 'default',
    rateLimit: 1e5,
    trustedProxies: [],
    answerWithinMs: 2e3,
    webhookSecret: () => undefined,
    ...wishes.settings,
  };
  const dependencies: Omit<Dependencies, 'organisation'> = {
    prisma,
    temporal,
    listener,
    settings,
    now: wishes.now ?? (() => new Date()),
  };
  await numberFromElsewhere(prisma, dependencies.now());
  const app = await createApi(dependencies);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    app,
    url,
    prisma,
    temporal,
    databaseUrl: database.url,
    taskQueue,
    tokens,
    asOwner: (sql) => onDatabase(database.ownerUrl, (client) => client.query(sql)),
    as: (userId) => asking(url, tokens[userId] ?? ''),
    stop: async () => {
      await app.close();
      await listener.stop();
      await prisma.$disconnect();
      await temporal.connection.close();
      await database.drop();
    },
  };
}

/**
 * Test files share the Temporal server, and orders are known there by their numbers: each database counts from a place of
 * its own, or two of them would meet in one workflow.
 */
async function numberFromElsewhere(prisma: PrismaClient, now: Date): Promise<void> {
  const last = randomInt(100_000_000, 900_000_000);
  for (const hours of [8, 32]) {
    const day = new Date(now.getTime() + hours * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '');
    await prisma.orderSerial.create({ data: { day, last } });
  }
}

function asking(url: string, token: string): Asking {
  const ask = async (method: string, path: string, payload?: unknown, more: Record<string, string> = {}) => {
    const json = payload === undefined ? {} : { 'content-type': 'application/json' };
    const headers = { authorization: `Bearer ${token}`, ...json, ...more };
    const body = payload === undefined ? null : JSON.stringify(payload);
    return answerOf(await fetch(`${url}/api/v1${path}`, { method, headers, body }));
  };
  return {
    get: (path) => ask('GET', path),
    post: (path, payload, headers) => ask('POST', path, payload, headers),
    patch: (path, payload) => ask('PATCH', path, payload),
    put: (path, payload) => ask('PUT', path, payload),
    delete: (path) => ask('DELETE', path),
  };
}

export async function answerOf(response: Response): Promise<Answer> {
  const headers = Object.fromEntries(response.headers);
  const text = await response.text();
  const body: unknown = (headers['content-type'] ?? '').includes('json') && text !== '' ? JSON.parse(text) : text;
  return { status: response.status, headers, body };
}

/** A header with a fresh Idempotency-Key. */
export const freshKey = (): Record<string, string> => ({ 'idempotency-key': randomUUID() });

/** A complete small order of a grade B customer, with any part replaced. */
export const anOrder = (changes: object = {}): object => ({
  channel: 'phone',
  customerId: 'c-xinyuan',
  contact: '孔女士',
  phone: '025-8660 2002',
  address: { province: '江苏省', city: '南京市', district: '鼓楼区', street: '中山北路', number: '201号' },
  lines: [{ itemId: 'hinge-110', quantity: 100, unitPrice: { amount: '12.00', currency: 'CNY' } }],
  paymentState: 'unpaid',
  deliveryWish: { method: 'freight_line', date: '2026-12-20' },
  ...changes,
});
