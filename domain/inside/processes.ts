import { collection } from './collection';
import { order } from './order';
import { shipment } from './shipment';

/** Every process of the product, by its name. */
export const processes = { order, shipment, collection } as const;
export type ProcessName = keyof typeof processes;

/** Every kind of task that a process asks people, each process in the order of its organs: policy has a row for each. */
export const taskKinds = Object.values(processes).flatMap(({ asks }) => Object.keys(asks));
export type TaskKind = string;
