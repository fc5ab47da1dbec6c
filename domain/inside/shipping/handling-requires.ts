import { seen } from '../kernel/evidence';
import type { Evidence } from '../kernel/vocabulary';
import type { Requirement } from '../kernel/worklist/requirement';
import type { Handling, HandlingView } from './handling-state';

export const handlingAsks = {
  'shipment.pick': { words: { zh: '拣货', en: 'pick' } },
  'shipment.check': { words: { zh: '复核拣货', en: 'check the pick' }, outcomes: ['done', 'wrong'] },
  'shipment.scan_out': { words: { zh: '扫码出库', en: 'scan out' } },
  'shipment.waybill': { words: { zh: '录入运单', en: 'enter the waybill' }, outcomes: [] },
  'shipment.trouble': { words: { zh: '处理运输异常', en: 'deal with transport trouble' } },
  'shipment.recall': { words: { zh: '召回货物', en: 'recall the goods' } },
} as const;

type Required = Requirement<keyof typeof handlingAsks>;

/** What people have to do about a shipment now, and which clocks run (SH-1 … SH-7). */
export function handlingRequires({ handling, status }: HandlingView): readonly Required[] {
  const { step, clearance, unclaimed, recall } = handling;
  if (recall !== null) return [];
  if (unclaimed)
    return [{ what: 'task', kind: 'shipment.recall', rule: 'not picked up in time', evidence: sent(handling) }];
  switch (step) {
    case 'picking':
      return [{ what: 'task', kind: 'shipment.pick', rule: 'the goods may go', evidence: { clearance } }];
    case 'checking':
      return [{ what: 'task', kind: 'shipment.check', rule: 'the goods are picked', evidence: { clearance } }];
    case 'packed':
      return [{ what: 'task', kind: 'shipment.scan_out', rule: 'the pick is right', evidence: { clearance } }];
    case 'stopped':
      return [];
    case 'gone':
      return [...waybill(handling), ...trouble(handling), ...silence(handling, status), ...pickUp(handling)];
  }
}

/** Within the hour somebody enters which carrier has the goods (SH-2). */
function waybill(handling: Handling): readonly Required[] {
  if (handling.waybillNo !== null) return [];
  const evidence = sent(handling);
  const doneBy = ['waybillEntered'];
  return [{ what: 'task', kind: 'shipment.waybill', rule: 'the goods are out', evidence, doneBy }];
}

/** Another trouble is another question, and is asked anew. */
function trouble(handling: Handling): readonly Required[] {
  const what = handling.trouble;
  if (what === null) return [];
  const rule = `the carrier reports: ${what}`;
  return [{ what: 'task', kind: 'shipment.trouble', boundTo: what, rule, evidence: sent(handling) }];
}

/** A carrier is asked where the goods are after the days of the policy; with each word they begin anew (SH-5). */
function silence(handling: Handling, status: string): readonly Required[] {
  const { reached, words, clearance, terms } = handling;
  if (handling.trouble !== null || reached === 'arrived' || reached === 'delivered') return [];
  return [
    {
      what: 'clock',
      name: 'transit',
      boundTo: `${words} words`,
      roles: [],
      ladder: terms.clocks.transit,
      rule: 'a silent carrier is called',
      evidence: { ...sent(handling), status, clearance },
    },
  ];
}

/** Goods lie at their place for the days of the policy, from the first arrival on: an earlier word that comes late starts them anew (SH-7). */
function pickUp(handling: Handling): readonly Required[] {
  const { reached, arrivedAt, terms } = handling;
  if (reached !== 'arrived' || arrivedAt === null) return [];
  return [
    {
      what: 'clock',
      name: 'unclaimed',
      boundTo: arrivedAt,
      roles: [],
      ladder: [{ after: terms.unclaimedAfter, do: 'lapse', to: [] }],
      from: arrivedAt,
      rule: 'what is not picked up is recalled',
      evidence: sent(handling),
    },
  ];
}

/** What is known of goods that have left, as a rule saw it. */
const sent = ({ carrier, waybillNo, shippedAt, arrivedAt }: Handling): Evidence =>
  seen({ carrier, waybillNo, shippedAt, arrivedAt });
