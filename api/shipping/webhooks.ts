import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { shipmentWorkflowId } from '../../workflows/ids';
import type { Dependencies } from '../dependencies';
import { send } from '../inbox';
import { twice } from '../plugins/json';
import { Problem } from '../problem';
import { idOfCarrierEvent } from '../../domain/inside/kernel/fact';
import { carrierEvents } from '../../domain/inside/shipping/carrier';
import { eventId, id, instant, problemAnswers, text } from '../schemas/basics';
import { isSigned } from './signature';

const headers = z.object({
  'x-timestamp': z.string().regex(/^\d{1,12}$/),
  'x-signature': z.string().regex(/^[0-9a-f]{64}$/i),
});

/** What a carrier's system sends: its own id of the event makes a repetition harmless. */
const webhook = z.strictObject({
  id: eventId,
  waybillNo: id,
  event: z.enum(carrierEvents),
  happenedAt: instant,
  comment: text(1000).optional(),
});

/** No more than the carrier has to know: the event is kept. */
const kept = z.object({ id: z.string(), state: z.enum(['pending', 'applied', 'ignored']) });
const answers = { 200: kept, 202: kept, ...problemAnswers };

declare module 'fastify' {
  interface FastifyRequest {
    /** The bytes as they came, where a signature covers them. */
    rawBody?: Buffer;
  }
}

/** What carriers report, signed (SH-4): in any order, repeated, late. The event's id is the message's. */
export const webhookRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  const { prisma, now } = dependencies;
  // In this folder JSON stays bytes until its signature is checked.
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    request.rawBody = body;
    return parsed(body);
  });

  app.withTypeProvider<ZodTypeProvider>().post(
    '/webhooks/:provider',
    {
      config: { allow: 'public' },
      schema: { tags: ['webhooks'], params: z.object({ provider: id }), headers, body: webhook, response: answers },
      preValidation: async (request) => {
        const secret = await secretOf(dependencies, request.params);
        const timestamp = request.headers['x-timestamp'];
        const signature = request.headers['x-signature'];
        const { rawBody = Buffer.alloc(0) } = request;
        const signed =
          secret !== undefined &&
          typeof timestamp === 'string' &&
          typeof signature === 'string' &&
          isSigned({ body: rawBody, timestamp, signature }, secret, now());
        if (!signed) {
          throw new Problem({
            status: 401,
            code: 'bad_signature',
            detail: 'The signature does not cover this request.',
          });
        }
      },
    },
    async ({ params: { provider }, body }, reply) => {
      const { id: eventId, waybillNo, event, happenedAt, comment } = body;
      const shipment = await prisma.shipment.findFirst({
        where: { waybillNo, carrier: provider },
        orderBy: { no: 'desc' },
        select: { no: true, orderNo: true },
      });
      if (shipment === null) throw waybillNotYetKnown();
      const { state } = await send(dependencies, {
        workflowId: shipmentWorkflowId(shipment.no),
        orderNo: shipment.orderNo,
        sender: `webhook:${provider}`,
        words: comment,
        message: {
          kind: 'carrierEventReceived',
          id: idOfCarrierEvent(provider, eventId),
          at: now().toISOString(),
          happenedAt: new Date(happenedAt).toISOString(),
          by: { kind: 'carrier' },
          event,
        },
        asked: body,
      });
      // A late or repeated event is filed and changes nothing: for the carrier that is as good as applied.
      return reply.code(state === 'pending' ? 202 : 200).send({ id: eventId, state });
    },
  );
};

/** A shipment may be on its way before its waybill is entered: the carrier is asked to report again. */
function waybillNotYetKnown(): Problem {
  const detail = 'There is no such waybill, or not yet: report the event again later.';
  return new Problem({ status: 404, code: 'not_found', detail, headers: { 'retry-after': '600' } });
}

function parsed(body: Buffer): unknown {
  const text = body.toString('utf8');
  const document = jsonOf(text);
  const wrong = twice(text);
  if (wrong !== undefined) throw wrong;
  return document;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem({ status: 400, code: 'malformed_json', detail: 'The body is not JSON.' });
  }
}

/** A shorter secret could be guessed from one recorded request. */
const shortestSecret = 16;

/** Not yet validated: a signature is checked before anything is said about the request. */
async function secretOf({ prisma, settings }: Dependencies, params: unknown): Promise<string | undefined> {
  const provider = z.object({ provider: id }).safeParse(params);
  if (!provider.success) return undefined;
  const carrier = await prisma.carrier.findUnique({ where: { id: provider.data.provider } });
  const secret = settings.webhookSecret(carrier?.webhookSecret ?? '');
  return secret === undefined || secret.length < shortestSecret ? undefined : secret;
}
