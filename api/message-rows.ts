import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { EveryFact, FactKind, FactNamed } from '../domain/inside/every-fact';
import type { FactHead } from '../domain/inside/kernel/fact';
import { orderWorkflowId, shipmentWorkflowId } from '../workflows/ids';
import type { Allow, Caller } from './caller';
import type { Dependencies } from './dependencies';
import { findOrder } from './order/find-order';
import { addMessageRoute, type MessageRoute } from './message-route';
import { notFound, wrongField } from './problem';
import { type Beside, bodyOf, type BodyWith, type FieldsOf, type NoFields, type Saying, sayingOf } from './schema-of';
import { orderNo, shipmentNo } from './schemas/basics';
import { standsAs } from './worklist/acting-as';
import { findTask, type TaskRow } from './worklist/task-rows';

/** One message, and the one way by which it comes in. */
export interface MessageRow {
  readonly kind: FactKind;
  readonly comes: ByRoute | FromBooks;
}

/** Somebody sends it. Without `add` the route stands elsewhere, because its body is no JSON of the fact's shape. */
interface ByRoute {
  readonly url: string;
  readonly add?: (app: FastifyInstance, dependencies: Dependencies) => void;
}

/** The books tell it to every order that it concerns; `writtenBy` is the file that puts it into the inbox. */
interface FromBooks {
  readonly writtenBy: string;
}

interface Asked<Kind extends FactKind, Also extends z.ZodRawShape> {
  /** The number in the address, of the order or shipment. */
  readonly no: string;
  readonly body: BodyWith<Kind, Also>;
  readonly caller: Caller;
  readonly head: FactHead;
}

/** What a message's row says. Candidates, four eyes and the state of the order are judged by the order itself. */
interface Row<Kind extends FactKind, Also extends z.ZodRawShape> {
  readonly allow: Allow;
  readonly summary: string;
  /** Whether an Idempotency-Key is required: sent twice it would count twice. */
  readonly keyed?: true;
  /** Fields of the body beside those of the fact, or in their place. */
  readonly also?: Also;
  /** Fields of the fact that nobody types; `says` fills them. */
  readonly derived?: readonly FieldsOf<Kind>[];
  /** What the documentation says of fields. */
  readonly hints?: Readonly<Partial<Record<FieldsOf<Kind>, string>>>;
  /** What the fact says beside what was typed. */
  readonly says?: (
    asked: Asked<Kind, Also>,
    dependencies: Dependencies,
  ) => Partial<Saying<Kind>> | Promise<Partial<Saying<Kind>>>;
  /** The free words, where they are more than the comment. */
  readonly words?: (body: BodyWith<Kind, Also>) => string | undefined;
  /** What may be told once only. */
  readonly reference?: (body: BodyWith<Kind, Also>) => string | undefined;
}

/** A message that goes to the order itself: `payments` is `POST /orders/{no}/payments`. */
export const toOrder = <Kind extends FactKind, Also extends z.ZodRawShape = NoFields>(
  kind: Kind,
  url: string,
  row: Row<Kind, Also>,
): MessageRow =>
  rowOf(kind, row, {
    url: `/orders/:no/${url}`,
    no: orderNo,
    addressOf: async ({ prisma }, caller, no) => {
      await findOrder(prisma, caller, no);
      return { workflowId: orderWorkflowId(no), orderNo: no };
    },
  });

/** A message that goes to a shipment: `waybill` is `POST /shipments/{no}/waybill`. */
export const toShipment = <Kind extends FactKind, Also extends z.ZodRawShape = NoFields>(
  kind: Kind,
  url: string,
  row: Row<Kind, Also>,
): MessageRow =>
  rowOf(kind, row, {
    url: `/shipments/:no/${url}`,
    no: shipmentNo,
    addressOf: async ({ prisma }, caller, no) => {
      const shipment = await prisma.shipment.findUnique({ where: { no }, select: { orderNo: true } });
      if (shipment === null) throw notFound('shipment');
      await findOrder(prisma, caller, shipment.orderNo);
      return { workflowId: shipmentWorkflowId(no), orderNo: shipment.orderNo };
    },
  });

interface Address {
  readonly url: string;
  /** The form of the number in the address. */
  readonly no: z.ZodType<string>;
  readonly addressOf: (
    dependencies: Dependencies,
    caller: Caller,
    no: string,
  ) => Promise<{ readonly workflowId: string; readonly orderNo: string }>;
}

function rowOf<Kind extends FactKind, Also extends z.ZodRawShape>(
  kind: Kind,
  { allow, summary, keyed, says, words, reference, ...rules }: Row<Kind, Also>,
  { url, no: form, addressOf }: Address,
): MessageRow {
  return routed(kind, {
    url,
    allow,
    summary,
    keyed,
    params: z.object({ no: form }),
    body: bodyOf(kind, rules),
    becomes: async ({ params: { no }, body, caller, head }, dependencies) => {
      const address = await addressOf(dependencies, caller, no);
      const beside = (await says?.({ no, body, caller, head }, dependencies)) ?? {};
      const own = words === undefined ? {} : { words: words(body) };
      const message = factOf(kind, head, { ...sayingOf(kind, body), ...beside });
      return { ...address, message, reference: reference?.(body), ...own };
    },
  });
}

/** A message whose body and address are its own. */
export const routed = <Params extends z.ZodType, Body extends z.ZodType<Beside>>(
  kind: FactKind,
  route: MessageRoute<Params, Body>,
): MessageRow => ({
  kind,
  comes: { url: route.url, add: (app, dependencies) => addMessageRoute(app, dependencies, route) },
});

/** The fact that a message is. Whether it fits its shape is looked at when it is sent. */
export const factOf = <Kind extends FactKind>(kind: Kind, head: FactHead, said: Partial<Saying<Kind>>): EveryFact =>
  ({ ...head, kind, ...said }) as FactNamed<Kind>;

/** What a message about a task says beside what other messages say. */
interface TaskRowOf<Kind extends FactKind> {
  readonly summary: string;
  readonly hints?: Row<Kind, NoFields>['hints'];
  /** The task as it is looked at to see as whom its sender may act; absent: as it stands. */
  readonly seenAs?: (row: TaskRow, body: BodyOfTask<Kind>) => TaskRow;
  /** What the door itself refuses. */
  readonly check?: (
    asked: { readonly body: BodyOfTask<Kind>; readonly caller: Caller; readonly row: TaskRow },
    dependencies: Dependencies,
  ) => Promise<void>;
  /** What is to be kept once the message was applied. */
  readonly afterwards?: (
    asked: { readonly body: BodyOfTask<Kind>; readonly row: TaskRow },
    dependencies: Dependencies,
  ) => Promise<void>;
}
type BodyOfTask<Kind extends FactKind> = BodyWith<Kind, NoFields>;

/** A message about a task of an order or of its shipments and collections: it goes to the workflow that asks. */
export function toTask<Kind extends FactKind>(
  kind: Kind,
  url: string,
  { summary, hints, seenAs, check, afterwards }: TaskRowOf<Kind>,
): MessageRow {
  return routed(kind, {
    url: `/orders/:no/${url}`,
    allow: 'any-user',
    summary,
    params: z.object({ no: orderNo }),
    body: bodyOf(kind, hints === undefined ? {} : { hints }) as z.ZodType<BodyOfTask<Kind> & AboutTask>,
    becomes: async ({ params: { no }, body, caller, head }, dependencies) => {
      const row = await findTask(dependencies, caller, body.taskId);
      if (row.orderNo !== no) throw wrongField('taskId', 'unknown', 'This order has no such task.');
      await check?.({ body, caller, row }, dependencies);
      const by = await standsAs(dependencies, caller, seenAs?.(row, body) ?? row);
      return {
        workflowId: row.workflowId,
        orderNo: no,
        message: factOf(kind, { ...head, by }, sayingOf(kind, body)),
        ...(afterwards === undefined ? {} : { afterwards: () => afterwards({ body, row }, dependencies) }),
      };
    },
  });
}

interface AboutTask extends Beside {
  readonly taskId: string;
}
