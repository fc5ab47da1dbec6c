import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { shipmentWorkflowId } from '../../workflows/ids';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { findOrder } from '../find-order';
import { addMessageRoute } from '../message-route';
import { notFound, wrongField } from '../problem';
import { shipmentNo } from '../schemas/basics';
import { carrierEvent, waybill } from '../schemas/messages';

const params = z.object({ no: shipmentNo });

/** Messages to a shipment: its waybill, and by hand what a carrier would report by webhook (SH-4). */
export const shipmentRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  const { prisma } = dependencies;

  const addressOf = async (caller: Caller, no: string) => {
    const shipment = await prisma.shipment.findUnique({ where: { no }, select: { orderNo: true } });
    if (shipment === null) throw notFound('shipment');
    await findOrder(prisma, caller, shipment.orderNo);
    return { workflowId: shipmentWorkflowId(no), orderNo: shipment.orderNo };
  };

  // Of a carrier that nobody knows no event would ever be taken.
  const requireCarrier = async (id: string) => {
    const carrier = await prisma.carrier.findUnique({ where: { id }, select: { id: true } });
    if (carrier === null) throw wrongField('carrier', 'unknown', 'There is no such carrier.');
  };

  addMessageRoute(app, dependencies, {
    url: '/shipments/:no/waybill',
    allow: ['logistics', 'warehouse'],
    summary: 'The carrier and his number are entered (SH-2)',
    params,
    body: waybill,
    becomes: async ({ params: { no }, body: { carrier, waybillNo }, caller, head }) => {
      const address = await addressOf(caller, no);
      await requireCarrier(carrier);
      return { ...address, message: { ...head, kind: 'waybillEntered', carrier, waybillNo } };
    },
  });

  addMessageRoute(app, dependencies, {
    url: '/shipments/:no/events',
    allow: ['logistics', 'warehouse', 'customer_service', 'customer_service_supervisor'],
    summary: 'What the carrier said by telephone (SH-4)',
    params,
    body: carrierEvent,
    becomes: async ({ params: { no }, body: { event }, caller, head }) => ({
      ...(await addressOf(caller, no)),
      message: { ...head, kind: 'carrierEventReceived', event },
    }),
  });
};
