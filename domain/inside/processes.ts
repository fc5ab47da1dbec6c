import { collection, type CollectionTask } from './collection';
import { order, type OrderTask } from './order';
import { shipment, type ShipmentTask } from './shipment';

/** Every process of the product, by its name. */
export const processes = { order, shipment, collection } as const;
export type ProcessName = keyof typeof processes;

/** Every kind of task that a process asks people: policy has a row for each. */
export type TaskKind = OrderTask | ShipmentTask | CollectionTask;

/** The same, each process in the order of its organs. */
export const taskKinds = Object.values(processes).flatMap(({ asks }) => Object.keys(asks)) as readonly TaskKind[];
