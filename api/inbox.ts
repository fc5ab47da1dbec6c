import { randomUUID } from 'node:crypto';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { EveryFact } from '../domain/inside/every-fact';
import {
  type MessageState,
  type NewMessage,
  type WrittenMessage,
  holderOf,
  ignoreForEndedOrder,
  insertMessage,
  raiseMissingWorkflow,
  readMessage,
} from '../prisma/inbox';
import { violatesUnique } from '../prisma/database-away';
import { isStarted } from '../prisma/orders';
import { letterTo } from '../workflows/messages';
import type { Dependencies } from './dependencies';
import { digestOf } from './digest';
import { refused } from './problem';
import { malformed } from './schema-of';

/** Who sends what to which workflow. */
export interface Sending {
  readonly workflowId: string;
  readonly orderNo: string;
  /** The sender's name in the inbox: a user's id, or `webhook:<provider>`. */
  readonly sender: string;
  readonly message: EveryFact;
  readonly words?: string | undefined;
  /** What was asked, as parsed: a repeated id must ask the same. */
  readonly asked: unknown;
  /** What may be told once only: `<method>:<the bank's number>`. */
  readonly reference?: string | undefined;
}

/** What the sender of a message is told of it. */
export type Told = Pick<MessageState, 'id' | 'orderNo' | 'state' | 'because'>;

/**
 * The one road for messages (design rule 3): write the row, then ring, then wait for the filing. Answers where the message
 * stands; `pending` says that it is safely written and will be filed later.
 */
export async function send(dependencies: Dependencies, sending: Sending): Promise<Told> {
  const { listener } = dependencies;
  const row = rowOf(sending);
  const until = Date.now() + dependencies.settings.answerWithinMs;
  const subscription = listener.subscribe(row.message.id);
  try {
    const earlier = (await isWritten(dependencies, row)) ? undefined : await repeated(dependencies, row);
    if (earlier !== undefined && earlier.state !== 'pending') return earlier;
    // What is written down counts: a repetition would have another instant, and terms of another day.
    const rung = await ring(dependencies, { ...row, message: earlier?.payload ?? row.message }, until);
    const told = rung === 'rung' ? await firstOf(subscription.settled, until) : undefined;
    // Read once more where no notice came: it may have been sent while the listener had no connection.
    return told === undefined ? await writtenState(dependencies, row.message.id) : { orderNo: row.orderNo, ...told };
  } finally {
    subscription.close();
  }
}

/** A fresh message id, for senders that give none. */
export const freshMessageId = (): string => randomUUID();

function rowOf({ workflowId, orderNo, sender, message, words, asked, reference }: Sending): NewMessage {
  // What its workflow could only file as malformed is refused here, where the sender can mend it.
  const wrong = malformed(message);
  if (wrong !== undefined) throw wrong;
  const digest = digestOf([message.kind, workflowId, asked]);
  return { workflowId, orderNo, message, words: words ?? null, sender, digest, reference };
}

/** False when the message was written before; refused when another message has told its reference. */
async function isWritten({ prisma }: Dependencies, row: NewMessage): Promise<boolean> {
  try {
    return await insertMessage(prisma, row);
  } catch (error) {
    if (row.reference === undefined || !violatesUnique(error, 'reference')) throw error;
    const holder = await holderOf(prisma, row.reference);
    // Two of the same message at once.
    if (holder?.id === row.message.id) return false;
    throw new DuplicateReference(holder?.orderNo);
  }
}

/** Another message that counts, or may yet, has told this reference. */
export class DuplicateReference extends Error {
  constructor(readonly orderNo: string | undefined) {
    super('this reference was told before');
    this.name = 'DuplicateReference';
  }
}

async function repeated({ prisma }: Dependencies, row: NewMessage): Promise<WrittenMessage> {
  const earlier = await readMessage(prisma, row.message.id);
  if (earlier === undefined || earlier.sender !== row.sender || !Buffer.from(row.digest).equals(earlier.digest)) {
    throw refused('idempotency_key_reused', 'This Idempotency-Key was used for another request.');
  }
  return earlier;
}

async function writtenState({ prisma }: Dependencies, id: string): Promise<MessageState> {
  const written = await readMessage(prisma, id);
  if (written === undefined) throw new Error(`message ${id} was written and is gone`);
  return written;
}

/**
 * Signals a workflow that a message is there for it. A signal that failed may have arrived: the row stays pending, and the
 * sweep rings again until a workflow has filed it.
 */
async function ring(
  { temporal, prisma }: Dependencies,
  { workflowId, orderNo, message }: NewMessage,
  until: number,
): Promise<'rung' | 'unanswered'> {
  try {
    await temporal.connection.withDeadline(until, () =>
      temporal.workflow.getHandle(workflowId).signal(message.kind, letterTo(workflowId, message)),
    );
    return 'rung';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) await settleWithoutWorkflow(prisma, { workflowId, orderNo });
    return 'unanswered';
  }
}

async function settleWithoutWorkflow(
  prisma: Dependencies['prisma'],
  address: { readonly workflowId: string; readonly orderNo: string },
): Promise<void> {
  if ((await ignoreForEndedOrder(prisma, address)) > 0) return;
  // An order whose workflow the sweep has yet to start is no trouble.
  if (await isStarted(prisma, address.orderNo)) await raiseMissingWorkflow(prisma, address);
}

async function firstOf<T>(settled: Promise<T>, until: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.max(0, until - Date.now()));
  });
  try {
    return await Promise.race([settled, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
