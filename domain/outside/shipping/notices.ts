import type { FactNamed } from '../../inside/every-fact';
import type { Notice, OrganNotices } from '../notices/notice';

export const shippingNotices = {
  told: {
    // SH-2
    waybillEntered: ({ kind, carrier, waybillNo }) => ({ template: kind, to: ['customer'], carrier, waybillNo }),
    carrierEventReceived: ofCarrier,
    shipmentMoved: ofShipment,
  },
  texts: {
    waybillEntered: { zh: '运单已录入', en: 'The waybill was entered' },
    'carrierEventReceived.out_for_delivery': { zh: '货物派送中', en: 'The goods are out for delivery' },
    'carrierEventReceived.arrived': { zh: '货物已到达', en: 'The goods have arrived' },
    'carrierEventReceived.delayed': { zh: '运输延误', en: 'Transport is delayed' },
    'carrierEventReceived.failed': { zh: '派送失败', en: 'Delivery failed', isUrgent: true },
    'shipmentMoved.shipped_out': { zh: '货物已出库', en: 'The goods were shipped out' },
    'shipmentMoved.delivered': { zh: '货物已交付', en: 'The goods were delivered' },
    'shipmentMoved.unclaimed': { zh: '货物无人提取', en: 'The goods were not picked up' },
    'shipmentMoved.recalled': { zh: '货物已召回', en: 'The goods were recalled' },
    'shipmentMoved.stopped': { zh: '发货已停止', en: 'The shipment was stopped' },
  },
} satisfies OrganNotices;

/** SH-4: the customer at the nodes, the salesperson on arrival; SH-5: trouble and delay. */
function ofCarrier({ kind, event }: FactNamed<'carrierEventReceived'>): Notice | undefined {
  const template = `${kind}.${event}`;
  switch (event) {
    case 'out_for_delivery':
      return { template, to: ['customer'] };
    case 'arrived':
    case 'delayed':
    case 'failed':
      return { template, to: ['customer', 'salesperson'] };
    case 'collected':
    case 'in_transit':
    case 'delivered': // the order's own fact says so
      return undefined;
  }
}

function ofShipment({ kind, to, shipmentNo }: FactNamed<'shipmentMoved'>): Notice | undefined {
  const template = `${kind}.${to}`;
  switch (to) {
    case 'shipped_out':
    case 'delivered':
      return { template, to: ['customer', 'salesperson'], shipmentNo };
    case 'unclaimed': // SH-7
    case 'recalled':
    case 'stopped':
      return { template, to: ['salesperson'], shipmentNo };
    case 'in_transit':
      return undefined;
  }
}
