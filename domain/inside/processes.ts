import { collection, type CollectionTask } from './collection';
import type { Ask } from './kernel/organ';
import { order, type OrderTask } from './order';
import { shipment, type ShipmentTask } from './shipment';

/** Every process of the product, by its name. */
export const processes = { order, shipment, collection } as const;
export type ProcessName = keyof typeof processes;

/** Every kind of task that a process asks people: policy has a row for each. */
export type TaskKind = OrderTask | ShipmentTask | CollectionTask;

/** The process that asks a kind of task. */
export const processOfTask = (kind: string): ProcessName | undefined =>
  (Object.keys(processes) as readonly ProcessName[]).find((name) => Object.hasOwn(processes[name].asks, kind));

/** The same, each process in the order of its organs. */
export const taskKinds = Object.values(processes).flatMap(({ asks }) => Object.keys(asks)) as readonly TaskKind[];

/** What its organ says of a kind of task. */
export const askOf = (kind: string): Ask | undefined =>
  Object.values(processes).flatMap(({ asks }) => (Object.hasOwn(asks, kind) ? (asks[kind] ?? []) : []))[0];
