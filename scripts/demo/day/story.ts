import type { Words } from '../../../domain/inside/kernel/vocabulary';
import { statusWords } from '../../../domain/inside/kernel/vocabulary';
import { wordsOf } from '../../../domain/inside/words';
import { labelOf, type Entry } from './order-view';

/** What happened, in Chinese and English; what is not here is not worth a line. */
const words: Readonly<Record<string, string>> = {
  orderAccepted: '接单 takes the order',
  contactLogged: '联系客户 talks with the customer',
  orderRevised: '修改并重新提交 revises and resubmits',
  taskReassigned: '转交任务 hands the task on',
  taskPaused: '暂停计时 stops the clock',
  taskResumed: '恢复计时 lets the clock go on',
  decisionWithdrawn: '撤回决定 takes the decision back',
  reviewWithdrawn: '撤回送审 withdraws from review',
  holdPlaced: '冻结订单 holds the order',
  'decisionMade/approve': '批准 approves',
  'decisionMade/ask': '提问 asks',
  'decisionMade/return': '退回 returns',
  'decisionMade/reject': '拒绝 rejects',
  'decisionMade/done': '完成 has done',
  confirmationSent: '发出订单确认书 sends the order confirmation',
  confirmationReturned: '收回签字的确认书 files the signed confirmation',
  paymentReceived: '收款 books money',
  goodsAllocated: '分配库存 allocates stock',
  purchaseOrdered: '下采购单 orders from a supplier',
  goodsReceived: '采购到货 receives bought goods',
  productionOrdered: '下达生产通知单 orders production',
  progressReported: '上报进度 reports progress',
  inspectionRecorded: '检验 inspects',
  'chargeRaised/deposit': '要求定金 asks for the deposit',
  'chargeRaised/balance': '发出余款催收通知书 asks for the balance',
  'chargeRaised/bill': '开出结算单 sends the bill',
  chargeWithdrawn: '撤回应收项 withdraws what was asked for',
  releaseRequested: '申请放行 asks for a release',
  shipmentPlanned: '准许出库 lets the goods go',
  waybillEntered: '录入运单 enters the waybill',
  carrierEventReceived: '物流 carrier',
  shipmentMoved: '发货动态 shipment',
  deliveryConfirmed: '客户确认收货 has the receipt confirmed',
  collectionStarted: '开始催收跟踪 follows the bill up',
  collectionTold: '更新催收金额 says what is still owed',
  payoutMade: '退款 pays back',
  cancellationRequested: '申请取消 asks to cancel',
  stockFreed: '释放库存 frees the stock',
  'rungReached/remind': '提醒 reminds',
  'rungReached/notify': '发通知 sends a notice',
  'rungReached/escalate': '升级 escalates',
  'rungReached/call': '要求打电话 asks for a call',
  'rungReached/suspend': '暂停客户 suspends the customer',
  'rungReached/legal': '移交法务 hands over to legal',
  'rungReached/lapse': '期满 runs out',
  orderEnded: '流程结束 ends',
};

/** Names of tasks by their ids, collected from the timeline. */
export type TaskNames = Map<string, string>;

/** A fact as a line of the day, or undefined when it is not worth one. */
export function tell(entry: Entry, name: (userId: string) => string, tasks: TaskNames): string | undefined {
  const { kind, body, actor } = entry;
  if (body.task !== undefined) tasks.set(body.task.id, body.task.kind);
  const label = labelOf(entry);
  const what = words[label] ?? words[kind];
  if (what === undefined) return undefined;
  const ignored = entry.filed === 'ignored' ? ` （未生效 ignored: ${entry.because ?? ''}）` : '';
  const said = entry.words === null ? '' : `: “${entry.words}”`;
  return `${who(actor, name)} ${what}${details(entry, label, tasks)}${said}${ignored}`;
}

function who(actor: string, name: (userId: string) => string): string {
  return actor === 'process' ? '流程 process' : name(actor);
}

function details({ kind, body }: Entry, label: string, tasks: TaskNames): string {
  const { line, quantity, passed, rework, scrapped, reasonCode, notice, chargeNo, shipmentNo } = body;
  const parts = [
    subject(body, tasks),
    chargeNo ?? shipmentNo,
    amountOf(body),
    line === undefined ? undefined : `line ${line}`,
    quantity,
    kind === 'inspectionRecorded' ? `passed ${passed}, rework ${rework}, scrapped ${scrapped}` : undefined,
    reasonCode,
    notice,
    kind === 'decisionMade' || kind === 'rungReached' ? undefined : label.split('/')[1],
  ];
  const known = parts.filter((part) => part !== undefined);
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}

/** What a decision answers, or whose clock rang. */
function subject({ taskId, of }: Entry['body'], tasks: TaskNames): string | undefined {
  const id = taskId ?? of;
  if (id === undefined) return undefined;
  const { zh, en } = wordsOf(tasks.get(id) ?? id);
  return zh === en ? zh : `${zh} ${en}`;
}

function amountOf({ amountFen, costFen, owedFen, netFen = 0, taxFen = 0 }: Entry['body']): string | undefined {
  const fen = amountFen ?? costFen ?? owedFen ?? netFen + taxFen;
  return fen > 0 || owedFen !== undefined ? `${(fen / 100).toFixed(2)} CNY` : undefined;
}

/** A status in both languages. */
export const statusName = (status: string): string => named(statusWords, status);

/** A word in both languages; one that nobody has translated stays as it is. */
function named(known: Readonly<Record<string, Words>>, key: string): string {
  const found = known[key];
  return found === undefined ? key : `${found.zh} ${found.en}`;
}
