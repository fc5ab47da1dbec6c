import type { Terms } from '../../domain/inside/intake/terms';
import type { FiledFact } from '../../domain/inside/kernel/fact';
import type { OrderStatus } from '../../domain/inside/kernel/vocabulary';
import { openTasks, type Worklist } from '../../domain/inside/kernel/worklist/worklist';
import type { Dossier } from '../../domain/inside/order';
import type { TaskKind } from '../../domain/inside/processes';
import type { CarrierEvent } from '../../domain/inside/shipping/carrier';
import { days, hours, terms } from '../builders';
import type { Company } from '../fakes/company';
import type { OrderUnderTest } from './order-under-test';

/** Steps that many stories share, named as people would tell them. */

export const reaches = (order: OrderUnderTest, status: OrderStatus): Promise<Dossier> =>
  order.until((dossier) => dossier.status === status);

export const pay = (order: OrderUnderTest, amountFen: number, paymentId = `p${amountFen}`): Promise<void> =>
  order.say({ kind: 'paymentReceived', paymentId, amountFen, method: 'bank' });

export async function signed(order: OrderUnderTest, levels: readonly TaskKind[] = ['review.sales']): Promise<void> {
  for (const level of levels) await order.decide(level);
  const { revision } = await reaches(order, 'awaiting_confirmation');
  await order.say({ kind: 'confirmationReturned', revision });
}

/** A grade B order up to its deposit. */
export async function started(order: OrderUnderTest): Promise<void> {
  await signed(order);
  await reaches(order, 'awaiting_deposit');
  await pay(order, 33_900);
}

export async function picked(order: OrderUnderTest): Promise<void> {
  await order.decide('shipment.pick', 'done');
  await order.decide('shipment.check', 'done');
}

export async function shipped(order: OrderUnderTest): Promise<string> {
  await picked(order);
  await order.decide('shipment.scan_out', 'done');
  const { shipment } = await reaches(order, 'shipped_out');
  const parcel = `shipment-${shipment?.no}`;
  await order.say({ kind: 'waybillEntered', carrier: 'sf', waybillNo: 'SF1' }, parcel);
  return parcel;
}

export const carrier = (
  order: OrderUnderTest,
  parcel: string,
  event: CarrierEvent,
  happenedAt?: string,
): Promise<void> =>
  order.say(
    {
      kind: 'carrierEventReceived',
      event,
      by: { kind: 'carrier' },
      ...(happenedAt === undefined ? {} : { happenedAt }),
    },
    parcel,
  );

export async function delivered(order: OrderUnderTest): Promise<void> {
  await carrier(order, await shipped(order), 'delivered');
  await reaches(order, 'delivered');
}

/** From delivery on: confirmed by the customer, billed by finance. */
export async function billed(order: OrderUnderTest): Promise<void> {
  await delivered(order);
  await order.say({ kind: 'deliveryConfirmed', by: { kind: 'customer' } });
  await order.decide('bill.review');
}

/** Every fact of an order or a child that was filed, in order. */
export const factsOf = (firm: Company, workflowId: string): readonly FiledFact[] =>
  firm.filings.filter((filing) => filing.workflowId === workflowId).flatMap(({ facts }) => facts);

/** Waits until a fact with this id is filed, and answers how it stands. */
export async function standingOf(firm: Company, order: OrderUnderTest, id: string): Promise<string> {
  await order.until(() => firm.filings.some(({ facts }) => facts.some(({ fact }) => fact.id === id)));
  const filed = firm.filings.flatMap(({ facts }) => facts).find(({ fact }) => fact.id === id);
  return filed?.because ?? filed?.standing ?? 'nowhere';
}

/** What the ladders did, as `of:action`. */
export const rungs = (firm: Company, workflowId: string): readonly string[] =>
  factsOf(firm, workflowId).flatMap(({ fact }) =>
    fact.kind === 'rungRang' ? [`${fact.of.replace(/^.*\//, 'task ')}:${fact.do}`] : [],
  );

export const taskKindsOpen = (desk: Worklist): readonly string[] => openTasks(desk).map(({ kind }) => kind);

export const threeLevels: Terms['reviews'] = (['review.sales', 'review.technical', 'review.management'] as const).map(
  (task, index) => ({ level: index + 1, task, rule: 'test', saw: {} }),
);

/** Three levels, of which the technical one is bound to what changes. */
export const bound = (technical: string): Terms =>
  terms({
    reviews: threeLevels.map((row) => ({
      ...row,
      fingerprint: row.task === 'review.technical' ? technical : `same ${row.level}`,
    })),
    review: { openFields: ['lines'], afterReturn: 'resume', sameApprover: 'asks' },
  });

export const line = (
  supply: 'stock' | 'buy' | 'make',
  itemId: string = supply,
  number = 1,
): Terms['lines'][number] => ({
  line: number,
  itemId,
  quantity: 10,
  netFen: 100_000,
  taxFen: 13_000,
  supply,
});

/** A small order (CF-5) of 400 yuan. */
export const small = (path: NonNullable<Terms['smallOrderPath']>): Terms =>
  terms({
    smallOrderPath: path,
    totals: { goodsFen: 35_398, taxFen: 4_602, freightFen: 0, totalFen: 40_000 },
    depositFen: { prepaid: 40_000, guarantor: 0, cash_on_delivery: 12_000 }[path],
    balanceBeforeShipment: path === 'prepaid',
  });

export { days, hours };
