import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { type z } from 'zod';
import type { Actor } from '../domain/inside/kernel/actor';
import type { FactHead } from '../domain/inside/kernel/fact';
import type { OrderStatus } from '../domain/inside/kernel/vocabulary';
import type { Addressed } from './addressed';
import type { Allow, Caller } from './caller';
import type { Dependencies } from './dependencies';
import { findOrder } from './order/find-order';
import { whatCameAfter } from './fold';
import { DuplicateReference, freshMessageId, send, type Sending, type Told } from './inbox';
import { readMessage } from '../prisma/inbox';
import { type Problem, refused } from './problem';
import type { Beside } from './schema-of';
import { messageApplied, messagePending } from './schemas/answers';
import { idempotencyHeader, problemAnswers, requiredKey } from './schemas/basics';

/** One message, one route: who may send it, what the body is, and which fact it becomes for which workflow. */
export interface MessageRoute<Params extends z.ZodType, Body extends z.ZodType<Beside>> {
  readonly url: string;
  readonly allow: Allow;
  readonly summary: string;
  readonly params: Params;
  readonly body: Body;
  /** Whether an Idempotency-Key is required: sent twice it would count twice. */
  readonly keyed?: boolean | undefined;
  readonly becomes: (
    asked: {
      readonly params: z.output<Params>;
      readonly body: z.output<Body>;
      readonly caller: Caller;
      readonly head: FactHead;
    },
    dependencies: Dependencies,
  ) => Promise<Addressed>;
}

/** What the routes of messages answer with. */
export const messageAnswers = { 200: messageApplied, 202: messagePending, ...problemAnswers };

/** Adds the route of a message. */
export function addMessageRoute<Params extends z.ZodType, Body extends z.ZodType<Beside>>(
  app: FastifyInstance,
  dependencies: Dependencies,
  { url, allow, summary, params, body, keyed = false, becomes }: MessageRoute<Params, Body>,
): void {
  const headers = keyed ? requiredKey : idempotencyHeader;
  const schema = { tags: ['messages'], summary, params, body, headers, response: messageAnswers };
  app.withTypeProvider<ZodTypeProvider>().post(url, { config: { allow }, schema }, async (request, reply) => {
    const { caller } = request;
    // The type provider cannot see through the type parameters; the validator has parsed both by these very schemas.
    const asked = request.body as z.output<Body>;
    const address = request.params as z.output<Params>;
    const head = headOf(dependencies, { request, said: asked, by: actorOf(caller) });
    const addressing = becomes({ params: address, body: asked, caller, head }, dependencies);
    const { afterwards, ...addressed } = await addressing.catch(async (refusal: unknown) => {
      const written = await writtenBefore(dependencies, caller, head.id);
      if (written === undefined) throw refusal;
      return written;
    });
    const sending = { words: asked.comment, ...addressed, sender: caller.userId, asked: [url, address, asked] };
    return deliver(dependencies, reply, sending, afterwards).catch(async (error: unknown) => {
      throw error instanceof DuplicateReference ? await toldBefore(dependencies, caller, error) : error;
    });
  });
}

/** A repeat is answered like the first, whatever the door would say to it by now. */
export async function writtenBefore(
  { prisma }: Dependencies,
  caller: Caller,
  id: string,
): Promise<Addressed | undefined> {
  const written = await readMessage(prisma, id);
  if (written === undefined || written.sender !== caller.userId) return undefined;
  const { workflowId, orderNo, payload } = written;
  return { workflowId, orderNo, message: payload };
}

/** Names the order that has the reference, where the caller may see it. */
async function toldBefore({ prisma }: Dependencies, caller: Caller, { orderNo }: DuplicateReference): Promise<Problem> {
  const seen = await findOrder(prisma, caller, orderNo ?? '').catch(() => undefined);
  const where = seen === undefined ? 'another order' : `order ${seen.no}`;
  const detail = `A payment with this method and reference is booked on ${where}.`;
  return refused('duplicate_reference', detail, seen === undefined ? {} : { orderNo: seen.no });
}

/** Sends a message and answers where it stands: 200 applied, 409 with the reason, 202 with where to look. */
export async function deliver(
  dependencies: Dependencies,
  reply: FastifyReply,
  sending: Sending,
  afterwards?: () => Promise<void>,
): Promise<FastifyReply> {
  const told = await send(dependencies, sending);
  if (told.state === 'pending') {
    return reply
      .code(202)
      .header('location', `/api/v1/messages/${encodeURIComponent(told.id)}`)
      .send({ id: told.id, state: 'pending' });
  }
  if (told.state === 'applied') await afterwards?.();
  const order = await orderAfter(dependencies, told.orderNo);
  if (told.state === 'applied') return reply.code(200).send({ id: told.id, state: 'applied', order });
  throw await refusal(dependencies, { told, sending, order });
}

/** The user as facts name him. */
export function actorOf({ userId, roles }: Caller): Actor {
  return { kind: 'user', userId, roles };
}

/** What every fact carries: its id, when it was accepted and by whom, and when it happened. */
export function headOf(
  { now }: Dependencies,
  { request, said, by }: { readonly request: FastifyRequest; readonly said: Beside; readonly by: Actor },
): FactHead {
  const key = request.headers['idempotency-key'];
  const id = typeof key === 'string' ? key : freshMessageId();
  const { happenedAt } = said;
  return {
    id,
    at: now().toISOString(),
    ...(happenedAt === undefined ? {} : { happenedAt: new Date(happenedAt).toISOString() }),
    by,
  };
}

interface OrderAfter {
  readonly no: string;
  readonly status: OrderStatus;
  readonly version: number;
  readonly revision: number;
  readonly waitingFor: string[];
  readonly dueAt: Date | null;
  readonly tasks: { id: string; kind: string }[];
}

async function orderAfter({ prisma }: Dependencies, no: string) {
  const [row] = await prisma.$queryRaw<readonly OrderAfter[]>`/* prepared */
    select o.no, o.status, o.version, o.revision, o."waitingFor", o."dueAt",
           coalesce((select jsonb_agg(jsonb_build_object('id', t.id, 'kind', t.kind) order by t."dueAt", t.id)
                       from tasks t where t."orderNo" = o.no and t.state = 'open'), '[]') as tasks
      from orders o where o.no = ${no}`;
  if (row === undefined) throw new Error(`order ${no} was found and is gone`);
  return { ...row, dueAt: row.dueAt?.toISOString() ?? null };
}

/** The kind of fact that keeps a decision from being undone. Of a task that another decision made void, it is that decision. */
async function effectOf(prisma: Dependencies['prisma'], { workflowId, orderNo, message }: Sending): Promise<string> {
  const taskId = 'taskId' in message ? message.taskId : '';
  return (await whatCameAfter(prisma, { workflowId, orderNo, taskId, by: message.by })) ?? 'decisionMade';
}

/** Why a message did not count, and what happened instead. */
async function refusal(
  { prisma }: Dependencies,
  { told, sending, order }: { readonly told: Told; readonly sending: Sending; readonly order: object },
) {
  const code = told.because ?? 'ignored';
  const { message } = sending;
  const task =
    message.kind === 'decisionMade'
      ? await prisma.task.findUnique({
          where: { id: message.taskId },
          select: { id: true, state: true, outcome: true, decidedBy: true, decidedAt: true },
        })
      : null;
  const after =
    code === 'too_late' && message.kind === 'decisionWithdrawn' ? await effectOf(prisma, sending) : undefined;
  const detail = `The message is filed and changed nothing: ${code.replaceAll('_', ' ')}.`;
  const more = { ...(task === null ? {} : { task }), ...(after === undefined ? {} : { after }) };
  return refused(code, detail, { messageId: told.id, order, ...more });
}
