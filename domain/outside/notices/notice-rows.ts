import type { EveryFact } from '../../inside/every-fact';
import type { Filing } from '../../inside/filing';
import type { Fact } from '../../inside/kernel/fact';
import type { Task } from '../../inside/kernel/worklist/task';
import { notices } from '../organs';
import type { Notice } from './notice';

/**
 * What people are to be told, once per cause (GV-4). The key is the fact and the template; `to` holds roles, user ids,
 * `customer` for a letter, `salesperson` and `taker` for the order's. Empty: whoever holds the task that `detail.of` names.
 */
export interface NoticeRow {
  readonly key: string;
  readonly template: string;
  readonly to: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The notices that the applied facts of the batch cause. */
export function noticeRows({ facts, summary, tasks }: Filing): readonly NoticeRow[] {
  const about =
    summary.of === 'shipment'
      ? { shipmentNo: summary.no }
      : summary.of === 'collection'
        ? { chargeNo: summary.chargeNo }
        : {};
  return facts.flatMap(({ fact, filed }) => {
    const notice = filed === 'applied' ? noticeOf(fact, tasks) : undefined;
    if (notice === undefined) return [];
    const { template, to, ...detail } = notice;
    return [{ key: `${fact.id}:${template}`, template, to, detail: { ...about, ...detail } }];
  });
}

type Tell = (fact: EveryFact, tasks: readonly Task[]) => Notice | undefined;

function noticeOf(fact: Fact, tasks: readonly Task[]): Notice | undefined {
  // Every fact that was filed as applied has the shape of its kind, for the reducer looked at it: so it fits the notice of its kind.
  const tell = (notices as Readonly<Record<string, Tell | undefined>>)[fact.kind];
  return tell?.(fact as EveryFact, tasks);
}
