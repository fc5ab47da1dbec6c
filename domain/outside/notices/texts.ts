import type { RefusalCode } from '../../inside/kernel/refusal';
import type { Words } from '../../inside/kernel/vocabulary';
import type { Outcome } from '../../inside/kernel/worklist/terms';
import { wordsFrom, wordsOf } from '../../inside/words';

/** Notices that the product itself writes for its people; a policy may name others for its rungs. */
export type NoticeTemplate =
  | 'taskOpened'
  | 'taskReassigned'
  | 'turnCame'
  | 'taskDecided'
  | 'decisionWithdrawn'
  | 'task.without_candidates'
  | 'task.nudged'
  | 'task.copied'
  | 'note.mentioned'
  | `rung.${'remind' | 'escalate' | 'take_over' | 'notify'}`
  | 'orderAccepted'
  | 'confirmationSent'
  | 'chargeRaised.balance'
  | 'chargeRaised.bill'
  | 'troubleReported'
  | 'waybillEntered'
  | `carrierEventReceived.${'out_for_delivery' | 'arrived' | 'delayed' | 'failed'}`
  | `shipmentMoved.${'shipped_out' | 'delivered' | 'unclaimed' | 'recalled' | 'stopped'}`
  | `orderEnded.${'cancelled' | 'rejected' | 'dead'}`;

/** Notices that the policies which come with the product name for their rungs. */
export type PolicyNotice =
  | 'returned.reminder'
  | 'confirmation.reminder'
  | 'deposit.reminder'
  | 'balance.reminder'
  | 'dispatch.due'
  | 'dispatch.late'
  | 'collection.reminder'
  | 'collection.notice'
  | 'collection.second_notice'
  | 'collection.suspended';

/** What each notice says, in both languages; `{what}` is the task or wait that it is about, `{outcome}` the answer. */
export const noticeTexts: Readonly<Record<NoticeTemplate | PolicyNotice, Words>> = {
  taskOpened: { zh: '请处理：{what}', en: 'Please answer: {what}' },
  taskReassigned: { zh: '转给您处理：{what}', en: 'Handed to you: {what}' },
  turnCame: { zh: '轮到您签核：{what}', en: 'Your turn to sign: {what}' },
  'task.without_candidates': { zh: '无人可处理，转由您处理：{what}', en: 'Nobody else can answer: {what}' },
  'task.nudged': { zh: '催办：{what}', en: 'You are asked to hurry: {what}' },
  'task.copied': { zh: '抄送：{what}', en: 'For your information: {what}' },
  'note.mentioned': { zh: '有人在备注中提到您', en: 'You are mentioned in a note' },
  taskDecided: { zh: '{what}：{outcome}', en: '{what}: {outcome}' },
  decisionWithdrawn: {
    zh: '决定已撤回，重新处理：{what}',
    en: 'The decision was taken back, and is asked anew: {what}',
  },
  'rung.remind': { zh: '提醒：{what} 尚未处理', en: 'Reminder: {what} is still open' },
  'rung.escalate': { zh: '升级：{what} 逾期未处理', en: 'Escalated: {what} was not answered in time' },
  'rung.take_over': { zh: '改派给您：{what} 逾期未处理', en: 'Passed on to you: {what} was not answered in time' },
  'rung.notify': { zh: '请知悉：{what} 尚未完成', en: 'For your information: {what} is still open' },
  orderAccepted: { zh: '订单已受理', en: 'The order was accepted' },
  confirmationSent: { zh: '订单确认书已发出', en: 'The order confirmation was sent' },
  'chargeRaised.balance': { zh: '已请客户支付余款', en: 'The balance was asked for' },
  'chargeRaised.bill': { zh: '结算单已开出', en: 'The bill was issued' },
  troubleReported: { zh: '生产异常，交期变更', en: 'Trouble in production, the date moves' },
  waybillEntered: { zh: '运单已录入', en: 'The waybill was entered' },
  'carrierEventReceived.out_for_delivery': { zh: '货物派送中', en: 'The goods are out for delivery' },
  'carrierEventReceived.arrived': { zh: '货物已到达', en: 'The goods have arrived' },
  'carrierEventReceived.delayed': { zh: '运输延误', en: 'Transport is delayed' },
  'carrierEventReceived.failed': { zh: '派送失败', en: 'Delivery failed' },
  'shipmentMoved.shipped_out': { zh: '货物已出库', en: 'The goods were shipped out' },
  'shipmentMoved.delivered': { zh: '货物已交付', en: 'The goods were delivered' },
  'shipmentMoved.unclaimed': { zh: '货物无人提取', en: 'The goods were not picked up' },
  'shipmentMoved.recalled': { zh: '货物已召回', en: 'The goods were recalled' },
  'shipmentMoved.stopped': { zh: '发货已停止', en: 'The shipment was stopped' },
  'orderEnded.cancelled': { zh: '订单已取消', en: 'The order was cancelled' },
  'orderEnded.rejected': { zh: '订单已拒绝', en: 'The order was rejected' },
  'orderEnded.dead': { zh: '订单已成死单', en: 'The order is dead' },
  'returned.reminder': { zh: '提醒：订单已退回，等待修改', en: 'Reminder: the returned order waits for its revision' },
  'confirmation.reminder': { zh: '提醒：订单确认书尚未签回', en: 'Reminder: the signed confirmation is missing' },
  'deposit.reminder': { zh: '提醒：定金未到', en: 'Reminder: the deposit has not come in' },
  'balance.reminder': { zh: '提醒：余款未到', en: 'Reminder: the balance has not come in' },
  'dispatch.due': { zh: '提醒：货物应出库', en: 'Reminder: the goods are due to be dispatched' },
  'dispatch.late': { zh: '货物逾期未出库', en: 'The goods are late to be dispatched' },
  'collection.reminder': { zh: '账单即将到期', en: 'A bill falls due' },
  'collection.notice': { zh: '账单逾期', en: 'A bill is overdue' },
  'collection.second_notice': { zh: '账单逾期，再次催款', en: 'A bill is overdue, second notice' },
  'collection.suspended': { zh: '账单逾期，客户已暂停', en: 'A bill is overdue, the customer is suspended' },
};

/** Of a notice that a company's own policy names. */
const other: Words = { zh: '请知悉：{what}', en: 'For your information: {what}' };
const theOrder: Words = { zh: '订单', en: 'the order' };

export const outcomeWords: Readonly<Record<Outcome, Words>> = {
  approve: { zh: '批准', en: 'approve' },
  approve_with_conditions: { zh: '附条件批准', en: 'approve with conditions' },
  return: { zh: '退回', en: 'return' },
  reject: { zh: '拒绝', en: 'reject' },
  ask: { zh: '提问', en: 'ask a question' },
  done: { zh: '完成', en: 'done' },
  wrong: { zh: '有误', en: 'wrong' },
};

/** Why an answer does not count, as somebody reads it who answered from a mail; codes that no answer meets say themselves. */
const refusalWords: Readonly<Partial<Record<RefusalCode, Words>>> = {
  task_closed: { zh: '任务已处理或已作废', en: 'the task was answered, or is void' },
  unknown_task: { zh: '任务不存在', en: 'there is no such task' },
  order_ended: { zh: '订单已结束', en: 'the order is over' },
  outcome_not_offered: { zh: '任务不提供此选项', en: 'the task does not offer this answer' },
  reason_required: { zh: '需要理由', en: 'a reason is needed' },
  not_a_candidate: { zh: '此任务不再由您处理', en: 'the task is not, or no longer, for you' },
  not_your_turn: { zh: '还没轮到您', en: 'it is not your turn' },
  four_eyes: { zh: '您参与过此单，须由他人处理', en: 'you took part in this, so another person decides' },
  over_limit: { zh: '超出您的权限额度', en: 'it is over your limit' },
};

export const wordsOfRefusal = (code: RefusalCode | null): Words =>
  (code === null ? undefined : refusalWords[code]) ?? {
    zh: code ?? '未生效',
    en: (code ?? 'it did not count').replaceAll('_', ' '),
  };

/** What a notice says: of a template, about a task or wait by its kind or name. */
export function textOf(
  template: string,
  { what, outcome }: { readonly what?: string | undefined; readonly outcome?: string | undefined },
): Words {
  const text = Object.hasOwn(noticeTexts, template) ? noticeTexts[template as keyof typeof noticeTexts] : other;
  const about = what === undefined ? theOrder : wordsOf(what);
  const answer = wordsOfOutcome(outcome ?? '');
  const filled = (language: 'zh' | 'en') =>
    text[language].replace('{what}', () => about[language]).replace('{outcome}', () => answer[language]);
  return { zh: filled('zh'), en: filled('en') };
}

/** The words of an outcome; of anything else, itself. */
export const wordsOfOutcome = wordsFrom(outcomeWords);
