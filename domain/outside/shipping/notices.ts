import type { FactNamed } from '../../inside/every-fact';
import type { Notice, Notices } from '../notices/notice';

export const shippingNotices = {
  // SH-2
  waybillEntered: ({ kind, carrier, waybillNo }) => ({ template: kind, to: ['customer'], carrier, waybillNo }),
  carrierEventReceived: ofCarrier,
  shipmentMoved: ofShipment,
} satisfies Notices;

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
