import { type MessageRow, toShipment } from '../message-rows';
import { wrongField } from '../problem';

/** What a shipment is told: its waybill, and by hand what a carrier would report by webhook (SH-4). */
export const shippingMessages: readonly MessageRow[] = [
  toShipment('waybillEntered', 'waybill', {
    allow: ['logistics', 'warehouse'],
    summary: 'The carrier and his number are entered (SH-2)',
    // Of a carrier that nobody knows no event would ever be taken.
    says: async ({ body: { carrier } }, { prisma }) => {
      const known = await prisma.carrier.findUnique({ where: { id: carrier }, select: { id: true } });
      if (known === null) throw wrongField('carrier', 'unknown', 'There is no such carrier.');
      return { carrier };
    },
  }),
  toShipment('carrierEventReceived', 'events', {
    allow: ['logistics', 'warehouse', 'customer_service', 'customer_service_supervisor'],
    summary: 'What the carrier said by telephone (SH-4)',
  }),
];
