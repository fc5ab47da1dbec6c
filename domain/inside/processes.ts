import { order, type OrderTask } from './order';

/** Every kind of task that any process asks people, in the order of the lists of organs. */
export const taskKinds = [...Object.keys(order.asks)] as readonly TaskKind[];
export type TaskKind = OrderTask;
