import { type CollectionDossier, collection, collectionSummary } from '../domain/inside/collection';
import { explain, waitingFor } from '../domain/inside/explain';
import { explainInMarkdown, waitingInMarkdown } from '../domain/inside/explain-in-markdown';
import type { Summary } from '../domain/inside/filing';
import type { Base } from '../domain/inside/kernel/dossier';
import type { Dossier } from '../domain/inside/order';
import { orderAttributes } from '../domain/inside/order-attributes';
import { orderSummary } from '../domain/inside/order-summary';
import { shipment, type ShipmentDossier, shipmentSummary } from '../domain/inside/shipment';
import type { Shown } from './run-state';

/** What a process of the product shows: its summary is one that a table takes. */
type ShownOf<D extends Base> = Shown<D> & { readonly summary: (dossier: D) => Summary };

export const shownOrder: ShownOf<Dossier> = {
  orderNo: ({ no }) => no,
  customerOf: ({ intake: { terms } }) => terms.customerId,
  summary: orderSummary,
  details: (dossier) => explainInMarkdown(explain(dossier), dossier.intake.terms.calendar.offsetMinutes),
  attributes: orderAttributes,
};

export const shownShipment: ShownOf<ShipmentDossier> = {
  orderNo: ({ handling: { orderNo } }) => orderNo,
  customerOf: ({ handling: { terms } }) => terms.customerId,
  summary: shipmentSummary,
  details: (dossier) => {
    const { orderNo, terms } = dossier.handling;
    return [
      `Shipment **${dossier.no}** of order ${orderNo}: **${dossier.status}**`,
      '',
      waitingInMarkdown(waitingFor(shipment, dossier), terms.calendar.offsetMinutes),
    ].join('\n');
  },
};

export const shownCollection: ShownOf<CollectionDossier> = {
  orderNo: ({ ladder: { orderNo } }) => orderNo,
  customerOf: ({ ladder: { terms } }) => terms.customerId,
  summary: collectionSummary,
  details: (dossier) => {
    const { chargeNo, orderNo, owedFen, dueAt, level, terms } = dossier.ladder;
    return [
      `Collection of **${chargeNo}**, order ${orderNo}: ${(owedFen / 100).toFixed(2)} yuan owed since ${dueAt}, level **${level}**`,
      '',
      waitingInMarkdown(waitingFor(collection, dossier), terms.calendar.offsetMinutes),
    ].join('\n');
  },
};
