import type { Dossier, ShipmentOfOrder } from './dossier';
import type { TaskKind } from './terms';
import type { Role } from './vocabulary';

/** Who holds the ball while a shipment or a collection has it: the order says so too, so that operators find it (S5). */
export function holdersOfChildren({ shipment, collection, terms }: Dossier): readonly Role[] {
  const ofShipment = shipment === undefined ? undefined : taskWhile(shipment.state);
  return [
    ...(ofShipment === undefined ? [] : terms.tasks[ofShipment].roles),
    ...(collection === undefined ? [] : terms.tasks['bill.review'].roles),
  ];
}

function taskWhile(state: ShipmentOfOrder['state']): TaskKind | undefined {
  switch (state) {
    case 'released':
    case 'stopping':
      return 'shipment.pick';
    case 'gone':
      return 'shipment.waybill';
    case 'unclaimed':
      return 'shipment.recall';
    case 'stopped':
    case 'delivered':
    case 'recalled':
      return undefined;
  }
}
