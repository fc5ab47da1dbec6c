import { z } from 'zod';
import { inParallel } from '../in-parallel';
import type { Caller } from '../caller';
import type { Played } from './play-order';

const explanation = z.object({
  status: z.string(),
  waitsFor: z.string(),
  waiting: z.array(
    z.object({
      what: z.string(),
      taskId: z.string().nullable(),
      responsible: z.array(z.string()),
      dueAt: z.string().nullable(),
    }),
  ),
});

/** Why each open order is where it is, in the product's own words (EX-1): a row per order, by the number of the files. */
export async function explainOpen(caller: Caller, open: readonly Played[]): Promise<readonly (readonly string[])[]> {
  const rows = new Map<string, readonly string[]>();
  await inParallel(open, 4, async ({ no, externalNo }) => {
    const { status, waitsFor, waiting } = await caller.get(`/orders/${no}/explain`, explanation);
    const tasks = waiting.filter(({ taskId }) => taskId !== null);
    const due = tasks.map(
      ({ what, responsible, dueAt }) => `${what} by ${responsible.join(' or ')}, due ${dueAt?.slice(0, 16)}Z`,
    );
    rows.set(externalNo, [externalNo, no, status, `waits for ${waitsFor}`, due.join('; ')]);
  });
  return [...rows.keys()].sort().map((externalNo) => rows.get(externalNo) ?? []);
}
