import type { Dunning } from './dunning';
import type { Because } from './explain';
import { parcelStatus, type Parcel } from './parcel';

/** Which rule makes a shipment wait, and what it saw (SH-5, SH-7). */
export function whyParcelWaits(parcel: Parcel, wait: string): Because | undefined {
  const { carrier, waybillNo, shippedAt, arrivedAt, leave } = parcel;
  const sent = {
    ...(carrier === null ? {} : { carrier }),
    ...(waybillNo === null ? {} : { waybillNo }),
    ...(shippedAt === null ? {} : { shippedAt }),
  };
  switch (wait) {
    case 'transit':
      return { rule: 'a silent carrier is called', saw: { ...sent, parcel: parcelStatus(parcel), leave } };
    case 'unclaimed':
      return {
        rule: 'what is not picked up is recalled',
        saw: { ...sent, ...(arrivedAt === null ? {} : { arrivedAt }) },
      };
    default:
      return undefined;
  }
}

/** Which rule makes a collection wait, and what it saw (AR-2). */
export function whyDunningWaits(dunning: Dunning, wait: string): Because | undefined {
  if (wait !== 'dunning') return undefined;
  const { billNo, outstandingFen, dueAt, level, suspended } = dunning;
  return { rule: 'what is billed is collected', saw: { billNo, outstandingFen, dueAt, level, suspended } };
}
