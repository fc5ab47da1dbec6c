import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { EveryFact } from '../../../domain/inside/every-fact';
import { createPrismaClient } from '../../../prisma/client';
import type { PrismaClient } from '../../../prisma/generated/client';
import { insertMessage } from '../../../prisma/inbox';
import { orderWorkflowId } from '../../../workflows/ids';
import { letterTo } from '../../../workflows/messages';
import { codecWith } from '../../servers/seal-keys';
import type { Violation } from '../check/violation';
import { diceOf } from '../dice';
import { type SpecialRun, takeOrder, until } from './special-run';

interface Appointment {
  readonly no: string;
  readonly taskId: string;
  /** When the wait for the customer lapses. */
  readonly lapsesAt: number;
}

/**
 * Messages within 25 ms of a time-out (T1, X1): orders wait for their customer, each message is written down before and
 * rung at the very moment at which its order gives up. Book, inbox and workflow are compared by the checker afterwards.
 */
export async function atTheTimeOut(run: SpecialRun): Promise<readonly Violation[]> {
  const { company, seed, say, size } = run;
  const dice = diceOf(seed, 'time-out');
  const prisma = createPrismaClient(company.databaseUrl(), { poolSize: 4 });
  const connection = await Connection.connect({ address: company.temporalAddress });
  const client = new Client({ connection, dataConverter: { payloadCodecs: [codecWith(company.sealKeys)] } });
  try {
    const { batch, close, most } = sizes[size];
    let rung = 0;
    let heard = 0;
    while (heard < close && rung < most) {
      const appointments = await Promise.all(
        await oneAfterTheOther(batch, async (serial) => {
          const name = `time-out-${rung + serial}`;
          const no = await takeOrder(run, name, 'never');
          return () =>
            appointmentOf(prisma, no).then((at) =>
              ring({ prisma, client }, at, `r${seed}-${name}-ring`, dice.between(-20, 20)),
            );
        }),
      );
      for (const { no } of appointments) await until(run, no, ({ order }) => order.endedAt !== null);
      const gaps = await Promise.all(appointments.map((appointment) => gapOf(client, appointment)));
      heard += gaps.filter((gap) => Math.abs(gap) <= 25).length;
      rung += batch;
    }
    say(`${rung} messages rung at a time-out, ${heard} of them heard by the server within 25 ms of it.`);
    return [];
  } finally {
    await connection.close();
    await prisma.$disconnect();
  }
}

/** A busy machine misses the moment more often than it hits it: batches are played until enough were heard in time. */
const sizes = {
  full: { batch: 50, close: 100, most: 400 },
  short: { batch: 12, close: 1, most: 24 },
} as const;

/** Takes orders one by one, and lets each go on by itself at once. */
async function oneAfterTheOther<T>(
  count: number,
  take: (serial: number) => Promise<() => Promise<T>>,
): Promise<readonly Promise<T>[]> {
  const going: Promise<T>[] = [];
  for (let serial = 0; serial < count; serial++) going.push((await take(serial))());
  return going;
}

/** When the order gives up, as its task's ladder in the book says. */
async function appointmentOf(prisma: PrismaClient, no: string): Promise<Appointment> {
  for (;;) {
    const [row] = await prisma.$queryRaw<readonly { taskId: string; at: string }[]>`
      select f.body->'task'->>'id' as "taskId", rung->>'at' as at
        from facts f, jsonb_array_elements(f.body->'task'->'clock'->'rungs') rung
       where f."orderNo" = ${no} and f.kind = 'taskOpened' and rung->>'do' = 'lapse'`;
    if (row !== undefined) return { no, taskId: row.taskId, lapsesAt: Date.parse(row.at) };
    await pause(500);
  }
}

/** How long after the time-out the server heard the message; infinite when the order had ended before. */
async function gapOf(client: Client, { no, lapsesAt }: Appointment): Promise<number> {
  const { events } = await client.workflow.getHandle(orderWorkflowId(no)).fetchHistory();
  const heard = events?.find((event) => event.workflowExecutionSignaledEventAttributes);
  const { seconds, nanos } = heard?.eventTime ?? {};
  return heard === undefined ? Infinity : Number(seconds) * 1000 + Number(nanos) / 1_000_000 - lapsesAt;
}

/** Half the time that a signal takes to the server on one machine. */
const onTheWayMs = 3;

/** Writes the message down before and rings at the moment. */
async function ring(
  { prisma, client }: { readonly prisma: PrismaClient; readonly client: Client },
  appointment: Appointment,
  id: string,
  offsetMs: number,
): Promise<Appointment> {
  const { no, taskId, lapsesAt } = appointment;
  await pause(Math.max(0, lapsesAt - 1500 - Date.now()));
  const by = { kind: 'user', userId: 'u-service', roles: ['customer_service'] } as const;
  const head = { id, at: new Date(lapsesAt + offsetMs).toISOString(), by };
  const message: EveryFact =
    offsetMs % 2 === 0
      ? { ...head, kind: 'decisionMade', taskId, outcome: 'reject', reasonCode: 'gave_up' }
      : { ...head, kind: 'cancellationRequested', reasonCode: 'gave_up', costFen: 0 };
  const workflowId = orderWorkflowId(no);
  const digest = new Uint8Array(createHash('sha256').update(id).digest());
  await insertMessage(prisma, { workflowId, orderNo: no, message, words: null, sender: 'u-service', digest });
  await pause(Math.max(0, lapsesAt + offsetMs - onTheWayMs - Date.now()));
  // A workflow that was quicker and has ended is a fair answer: the sweep settles the message.
  await client.workflow
    .getHandle(workflowId)
    .signal(message.kind, letterTo(workflowId, message))
    .catch(() => undefined);
  return appointment;
}
