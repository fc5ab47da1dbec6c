import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Prisma, PrismaClient } from '../prisma/generated/client';
import { databaseIsAway } from '../prisma/database-away';
import {
  countRing,
  dueMessages,
  ignoreForEndedOrder,
  type MissingWorkflow,
  type PendingMessage,
  raiseMissingWorkflow,
  raiseRefusedByTemporal,
} from '../prisma/inbox';
import { tellOfNewCalendars } from '../prisma/calendars';
import type { ReadOrganisation } from '../prisma/organisation';
import { isStarted, markStarted, unstartedOrders } from '../prisma/orders';
import { orderWorkflowId } from '../workflows/ids';
import { letterTo } from '../workflows/messages';
import { type OrderToStart, type OrderWorkflow, orderStartOptions, orderWorkflowType } from '../workflows/order-start';
import { judgeCandidates } from './without-candidates';
import { concernsAll, isLasting } from './temporal-away';
import { advisoryLocks } from '../prisma/advisory-locks';

/** What the sweep works with. */
export interface SweepSettings {
  readonly prisma: PrismaClient;
  readonly client: Client;
  readonly log: Pick<Logger, 'info' | 'warn'>;
  readonly organisation: ReadOrganisation;
  /** The queue that orders are started on; tests take one of their own. */
  readonly taskQueue?: string;
}

/** The loop, until it is stopped. */
export interface Sweep {
  stop(): Promise<void>;
}

/** Between passes; a pass that Temporal or PostgreSQL cut short is tried again sooner, so that it works at once when they are back. */
const everyMs = 10_000;
const againAfterMs = 1_000;

/**
 * Every ten seconds: finishes what a crash left in between, orders that no workflow has and messages that none has filed, and
 * gives tasks for which nobody is there to their fallback.
 */
export function startSweep(settings: SweepSettings): Sweep {
  const stopping = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const done = await sweepOnce(settings).catch((error: unknown) => {
        settings.log.warn({ err: error }, 'the sweep was cut short and tries again');
        return undefined;
      });
      await pause(done === undefined ? againAfterMs : everyMs, stopping.signal);
    }
  };
  const running = loop();
  return {
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}

/** What one pass did; `elsewhere` when another worker's sweep is at it. */
export type Swept =
  | {
      readonly started: number;
      readonly rung: number;
      readonly ignored: number;
      readonly refused: number;
      readonly judged: number;
    }
  | 'elsewhere';

/** One pass, by one worker at a time. Throws when Temporal or PostgreSQL is away; what one row is refused is no reason to. */
export async function sweepOnce(settings: SweepSettings): Promise<Swept> {
  // The lock lives and dies with this transaction's connection, so a killed worker frees it.
  return settings.prisma.$transaction(
    async (transaction) => {
      if (!(await isMine(transaction))) return 'elsewhere';
      const until = Date.now() + passMs;
      // First: it needs no Temporal, and waits for nobody.
      const judged = await judgeCandidates(settings, until);
      await tellOfNewCalendars(settings.prisma);
      const orders = await startOrders(settings, until);
      const messages = await ringMessages(settings, until);
      return { ...messages, started: orders.started, refused: orders.refused + messages.refused, judged };
    },
    { timeout: passMs + 5_000, maxWait: 5_000 },
  );
}

/** PostgreSQL ends transactions that are silent for ten seconds; the rest waits for the next pass. */
const passMs = 7_000;
/** One call to Temporal: it answers in milliseconds or is away. */
const callMs = 2_000;

async function isMine(transaction: Prisma.TransactionClient): Promise<boolean> {
  const [row] = await transaction.$queryRaw<
    readonly { mine: boolean }[]
  >`select pg_try_advisory_xact_lock(${advisoryLocks.sweep}) as mine`;
  return row?.mine === true;
}

async function startOrders(settings: SweepSettings, until: number): Promise<{ started: number; refused: number }> {
  const done = { started: 0, refused: 0 };
  for (const order of await unstartedOrders(settings.prisma)) {
    if (Date.now() > until) break;
    const address = { workflowId: orderWorkflowId(order.no), orderNo: order.no };
    try {
      await startOrder(settings, order);
      await markStarted(settings.prisma, order.no);
      done.started++;
    } catch (error) {
      await passOver(settings, address, error);
      done.refused++;
    }
  }
  return done;
}

async function startOrder({ client, taskQueue }: SweepSettings, order: OrderToStart): Promise<void> {
  try {
    await client.connection.withDeadline(Date.now() + callMs, () =>
      client.workflow.start<OrderWorkflow>(orderWorkflowType, orderStartOptions(order, taskQueue)),
    );
  } catch (error) {
    // It ran and has ended: all the better.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

async function ringMessages(settings: SweepSettings, until: number) {
  const done = { rung: 0, ignored: 0, refused: 0 };
  // What was rung is not due for a while: a publication that thousands of orders hear of takes few passes.
  for (let due = await dueMessages(settings.prisma); due.length > 0; due = await dueMessages(settings.prisma)) {
    for (const message of due) {
      if (Date.now() > until) return done;
      try {
        if (await ring(settings, message)) done.rung++;
        else done.ignored += await settleWithoutWorkflow(settings, message);
      } catch (error) {
        await passOver(settings, message, error);
        done.refused++;
      }
      await countRing(settings.prisma, message.id);
    }
  }
  return done;
}

/** One row's trouble is logged, told an operator when it lasts, and left behind; a trouble of all ends the pass. */
async function passOver(
  { client, prisma, log }: SweepSettings,
  address: MissingWorkflow,
  error: unknown,
): Promise<void> {
  if (databaseIsAway(error) || (await concernsAll(client, error))) throw error;
  const { workflowId, orderNo } = address;
  log.warn({ err: error, workflowId }, 'the sweep passes over what Temporal or PostgreSQL refuses');
  if (!isLasting(error)) return;
  await raiseRefusedByTemporal(prisma, { workflowId, orderNo }, error instanceof Error ? error.name : 'unknown');
}

/** False when the workflow is not found. A workflow that has heard the message before files nothing twice. */
async function ring({ client }: SweepSettings, { workflowId, payload }: PendingMessage): Promise<boolean> {
  try {
    await client.connection.withDeadline(Date.now() + callMs, () =>
      client.workflow.getHandle(workflowId).signal(payload.kind, letterTo(workflowId, payload)),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Not found is not closed: ignored where the order has ended, an operator's trouble where it should run. */
async function settleWithoutWorkflow({ prisma, log }: SweepSettings, message: PendingMessage): Promise<number> {
  const ignored = await ignoreForEndedOrder(prisma, message);
  if (ignored === 0 && (await isStarted(prisma, message.orderNo))) {
    log.warn({ message: message.id, workflowId: message.workflowId }, 'a message has no workflow to go to');
    await raiseMissingWorkflow(prisma, message);
  }
  return ignored;
}

/** Until the time is over, or the sweep is to stop. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal }).catch(() => undefined);
}
