import { isClosed } from '../kernel/closed';
import { acts, type Effect, effectKey } from '../kernel/effect';
import type { Body } from '../kernel/fact';
import { type clearanceFacts, isLost, isOnCredit } from '../clearance/clearance';
import { isOpen } from '../holds/holds';
import { termsOfShipment } from './terms-of-shipment';
import type { ToShipment } from './between';

import {
  clearanceNow,
  hasGone,
  isPicking,
  nextLines,
  type Shipment,
  shipmentsOf,
  type shippingFacts,
  type ShippingView,
} from './shipping';

/** What the books say of a customer as of now. */
export interface CustomerActivities {
  customerStatus(request: {
    readonly key: string;
    readonly customerId: string;
  }): Promise<{ readonly suspended: boolean }>;
}

const customers = acts<CustomerActivities>();

type Notes = Body<typeof shippingFacts & typeof clearanceFacts>;

export const shippingEffects = (view: ShippingView): readonly Effect<Notes>[] => [
  ...planned(view),
  ...shipmentsOf(view).flatMap((one) => [...started(view, one), ...stopped(view, one), ...kept(view, one)]),
];

/** What lies ready and may go is planned as the next shipment; on the customer's credit only after a look at him (Q6, Q8). */
function planned(view: ShippingView): readonly Effect<Notes>[] {
  const {
    no,
    status,
    clearance: { lookedFor, looks, release },
    intake,
  } = view;
  const lines = nextLines(view);
  const clearance = clearanceNow(view);
  if (isClosed(status) || lines.length === 0 || clearance === undefined) return [];
  const n = shipmentsOf(view).length + 1;
  const shipmentNo = `${no}-S${n}`;
  const { customerId } = intake.terms;
  if (isOnCredit(clearance) && lookedFor !== shipmentNo && customerId !== null)
    return [
      customers(
        { key: effectKey(no, 'clearance', shipmentNo, looks + 1), gate: 'ship', about: shipmentNo },
        'customerStatus',
        { customerId },
        ({ suspended }) => ({ kind: 'customerLooked' as const, shipmentNo, suspended }),
      ),
    ];
  const releaseId = clearance === 'released' && release !== undefined ? { releaseId: release.id } : {};
  return [
    {
      key: effectKey(no, 'shipping', 'plan', n),
      gate: 'ship',
      about: shipmentNo,
      do: 'note',
      fact: { kind: 'shipmentPlanned', shipmentNo, lines, clearance, ...releaseId },
    },
  ];
}

function started(
  { no, intake }: ShippingView,
  { no: shipmentNo, lines, clearance, isStarted }: Shipment,
): readonly Effect<Notes>[] {
  if (isStarted) return [];
  const opening: ToShipment = {
    kind: 'shipmentOpened',
    shipmentNo,
    orderNo: no,
    clearance,
    lines,
    terms: termsOfShipment(intake.terms),
  };
  const brings = { kind: 'shipmentStarted', shipmentNo } as const;
  return [
    {
      key: effectKey(no, 'shipping', `start-${shipmentNo}`, 1),
      do: 'start',
      child: 'shipment',
      no: shipmentNo,
      opening,
      brings,
    },
  ];
}

/** Goods in the warehouse stay there when they are cancelled, a hold shuts the gate, or nothing lets them go any more (Q6, Q7). */
function stopped(view: ShippingView, one: Shipment): readonly Effect<Notes>[] {
  if (!isPicking(one) || !one.isStarted || one.isToldToStop) return [];
  const mustStay = one.isCancelled || isClosed(view.status) || !isOpen(view, 'ship') || isLost(view, one.clearance);
  if (!mustStay) return [];
  const whom = { of: 'shipment', no: one.no } as const;
  const brings = { kind: 'shipmentToldToStop', shipmentNo: one.no } as const;
  const key = effectKey(view.no, 'shipping', `stop-${one.no}`, 1);
  return [{ key, do: 'tell', whom, fact: { kind: 'stopAsked' }, brings }];
}

/** A clearance that is undone after its goods have left stands all the same, because they went on it (HT-5). */
function kept(view: ShippingView, one: Shipment): readonly Effect<Notes>[] {
  const { release, guarantee } = view.clearance;
  if (!hasGone(one)) return [];
  const isReleased = one.clearance === 'released' && release?.id === one.releaseId && release?.state === 'asked';
  const isGuaranteed =
    one.clearance === 'small_order' && view.intake.terms.smallOrderPath === 'guarantor' && guarantee === undefined;
  if (!isReleased && !isGuaranteed) return [];
  return [
    { key: effectKey(view.no, 'shipping', `keep-${one.no}`, view.seq), do: 'note', fact: { kind: 'clearanceKept' } },
  ];
}
