import { underWay, type CollectionOfCharge } from '../../domain/inside/collection/collections';
import type { Terms } from '../../domain/inside/intake/terms';
import type { Base } from '../../domain/inside/kernel/dossier';
import type { Fact, FiledFact } from '../../domain/inside/kernel/fact';
import type { OrderStatus } from '../../domain/inside/kernel/vocabulary';
import type { Task } from '../../domain/inside/kernel/worklist/task';
import { openTasks as openTasksOf } from '../../domain/inside/kernel/worklist/worklist';
import type { Dossier } from '../../domain/inside/order';
import type { TaskKind } from '../../domain/inside/processes';
import type { CarrierEvent } from '../../domain/inside/shipping/carrier';
import { type Shipment, shipmentsOf } from '../../domain/inside/shipping/shipping';
import { days, hours, terms } from '../builders';
import type { Company } from '../fakes/company';
import type { OrderUnderTest } from './order-under-test';
import type { SaidBody, Saying } from './said';

/** Steps that many stories share, named as people would tell them. */

export const reaches = (order: OrderUnderTest, status: OrderStatus): Promise<Dossier> =>
  order.until((dossier) => dossier.status === status);

export const pay = (order: OrderUnderTest, amountFen: number, paymentId = `p${amountFen}`): Promise<void> =>
  order.say({ kind: 'paymentReceived', paymentId, amountFen, method: 'bank' });

export async function signed(order: OrderUnderTest, levels: readonly TaskKind[] = ['review.sales']): Promise<void> {
  for (const level of levels) await order.decide(level);
  const { intake } = await reaches(order, 'awaiting_confirmation');
  await order.say({ kind: 'confirmationReturned', revision: intake.revision });
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
  const parcel = `shipment-${shipmentOf(await reaches(order, 'shipped_out'))?.no}`;
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
  return filed?.because ?? filed?.filed ?? 'nowhere';
}

/** Facts of one kind that were filed, in order, ignored or not. */
export const saidOf = <K extends SaidBody['kind']>(
  firm: Company,
  workflowId: string,
  kind: K,
): readonly (Fact & Saying<K>)[] => factsOf(firm, workflowId).flatMap(({ fact }) => (isOf(fact, kind) ? [fact] : []));

/** A fact of a kind has the fields of its shape: nothing else is filed as applied. */
const isOf = <K extends SaidBody['kind']>(fact: Fact, kind: K): fact is Fact & Saying<K> => fact.kind === kind;

/** What the ladders did, as `of:action`. */
export const rungs = (firm: Company, workflowId: string): readonly string[] =>
  saidOf(firm, workflowId, 'rungReached').map(({ of, do: action }) => `${of.replace(/^.*\//, 'task ')}:${action}`);

/** The shipment that an order has under way or has brought, the last; what was stopped is none. */
export const shipmentOf = (dossier: Dossier): Shipment | undefined =>
  shipmentsOf(dossier).findLast(({ state }) => state !== 'stopped');

/** The collection that is under way. */
export const collectionOf = (dossier: Dossier): CollectionOfCharge | undefined => underWay(dossier).at(-1);

export const openTasks = ({ worklist }: Base): readonly Task[] => openTasksOf(worklist);

export const taskKindsOpen = (dossier: Base): readonly string[] => openTasks(dossier).map(({ kind }) => kind);

export const threeTasks = ['review.sales', 'review.technical', 'review.management'] as const;

export const threeLevels: Terms['reviews'] = threeTasks.map((task, index) => ({
  level: index + 1,
  task,
  rule: 'test',
  evidence: {},
}));

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
