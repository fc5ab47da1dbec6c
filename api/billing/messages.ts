import { attached } from '../order/attached';
import { type MessageRow, toOrder } from '../message-rows';

export const billingMessages: readonly MessageRow[] = [
  toOrder('deliveryConfirmed', 'delivery-confirmations', {
    allow: ['sales', 'customer_service', 'customer_service_supervisor', 'logistics'],
    summary: 'The customer confirmed the delivery (DL-1)',
    hints: { shipmentNo: 'Which shipment; absent: the first that is not confirmed' },
    says: async ({ no, body: { attachmentId } }, dependencies) => attached(dependencies, no, attachmentId),
  }),
];
