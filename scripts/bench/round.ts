import { cpuSecondsOfDriver, cpuSecondsOfTree } from './processes';

/** What one round of orders cost. */
export interface Round {
  readonly ordersPerSecond: number;
  /** By part of the system; the driver is this process. */
  readonly cpuMsPerOrder: Readonly<Record<string, number>>;
}

/** Plays so many orders, some of them at once, and looks at the clocks before and after. */
export async function playRound(asked: {
  readonly orders: number;
  readonly atOnce: number;
  readonly pids: Readonly<Record<string, number>>;
  readonly play: (serial: number) => Promise<unknown>;
}): Promise<Round> {
  const { orders, pids } = asked;
  const before = cpuSeconds(pids);
  const since = performance.now();
  await inLanes(asked);
  const seconds = (performance.now() - since) / 1000;
  const after = cpuSeconds(pids);
  const perOrder = Object.entries(after).map(([part, used]) => [part, ((used - (before[part] ?? 0)) * 1000) / orders]);
  return { ordersPerSecond: orders / seconds, cpuMsPerOrder: Object.fromEntries(perOrder) };
}

/** All parts together. */
export const cpuMs = ({ cpuMsPerOrder }: Round): number =>
  Object.values(cpuMsPerOrder).reduce((sum, part) => sum + part, 0);

/** Plays all of them, never more than `atOnce` at a time. */
export async function inLanes({
  orders,
  atOnce,
  play,
}: {
  readonly orders: number;
  readonly atOnce: number;
  readonly play: (serial: number) => Promise<unknown>;
}): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < orders) await play(next++);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, orders) }, lane));
}

function cpuSeconds(pids: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  const trees = Object.entries(pids).map(([part, pid]) => [part, cpuSecondsOfTree(pid)]);
  return { ...Object.fromEntries(trees), driver: cpuSecondsOfDriver() };
}
