import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import type { Message } from '../../../domain/inside/fact';
import { createPrismaClient } from '../../../prisma/client';
import type { PrismaClient } from '../../../prisma/generated/client';
import { insertMessage } from '../../../prisma/inbox';
import { orderWorkflowId } from '../../../workflows/ids';
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
  const client = new Client({ connection });
  try {
    const numbers: string[] = [];
    for (let serial = 0; serial < (size === 'full' ? 100 : 12); serial++)
      numbers.push(await takeOrder(run, `time-out-${serial}`, 'never'));
    const appointments = await appointmentsOf(prisma, numbers);
    const gaps = await Promise.all(
      appointments.map((appointment, index) =>
        ring({ prisma, client }, appointment, `r${seed}-time-out-${index}-ring`, dice.between(-25, 25)),
      ),
    );
    for (const no of numbers) await until(run, no, ({ order }) => order.endedAt !== null);
    const close = gaps.filter((gap) => Math.abs(gap) <= 25).length;
    say(`${gaps.length} messages rung at a time-out, ${close} of them heard within 25 ms of it.`);
    return [];
  } finally {
    await connection.close();
    await prisma.$disconnect();
  }
}

/** When each order gives up, as its task's ladder in the book says. */
async function appointmentsOf(prisma: PrismaClient, numbers: readonly string[]): Promise<readonly Appointment[]> {
  for (;;) {
    const rows = await prisma.$queryRaw<readonly { no: string; taskId: string; at: string }[]>`
      select f."orderNo" as no, f.body->'task'->>'id' as "taskId", rung->>'at' as at
        from facts f, jsonb_array_elements(f.body->'task'->'clock'->'rungs') rung
       where f."orderNo" = any(${[...numbers]}::text[]) and f.kind = 'taskOpened' and rung->>'do' = 'lapse'`;
    if (rows.length >= numbers.length)
      return rows.map(({ no, taskId, at }) => ({ no, taskId, lapsesAt: Date.parse(at) }));
    await pause(200);
  }
}

/** Half the time that a signal takes to the server on one machine. */
const onTheWayMs = 3;

/** Answers how long after the time-out the server heard the message. */
async function ring(
  { prisma, client }: { readonly prisma: PrismaClient; readonly client: Client },
  { no, taskId, lapsesAt }: Appointment,
  id: string,
  offsetMs: number,
): Promise<number> {
  await pause(Math.max(0, lapsesAt - 1500 - Date.now()));
  const by = { kind: 'user', userId: 'u-service', roles: ['customer_service'] } as const;
  const head = { id, at: new Date(lapsesAt + offsetMs).toISOString(), by };
  const message: Message =
    offsetMs % 2 === 0
      ? { ...head, kind: 'decisionMade', taskId, outcome: 'reject', reasonCode: 'gave_up' }
      : { ...head, kind: 'cancellationRequested', reasonCode: 'gave_up', costFen: 0 };
  const workflowId = orderWorkflowId(no);
  const digest = new Uint8Array(createHash('sha256').update(id).digest());
  await insertMessage(prisma, { workflowId, orderNo: no, message, words: null, sender: 'u-service', digest });
  await pause(Math.max(0, lapsesAt + offsetMs - onTheWayMs - Date.now()));
  const sentAt = Date.now();
  // A workflow that was quicker and has ended is a fair answer: the sweep settles the message.
  await client.workflow
    .getHandle(workflowId)
    .signal(message.kind, message)
    .catch(() => undefined);
  return (sentAt + Date.now()) / 2 - lapsesAt;
}
