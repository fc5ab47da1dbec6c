import type { RefusalCode } from '../../inside/kernel/refusal';
import type { Words } from '../../inside/kernel/vocabulary';
import type { Outcome } from '../../inside/kernel/worklist/terms';
import { wordsFrom, wordsOf } from '../../inside/words';
import { organTexts } from '../organs';
import type { NoticeText } from './notice';

/** What notices say that no organ writes: of a note, and those that the policies of the product name for their rungs. */
const ofNoOrgan: Readonly<Record<string, NoticeText>> = {
  'note.mentioned': { zh: '有人在备注中提到您', en: 'You are mentioned in a note' },
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

/** What each notice says, by its template. */
export const noticeTexts: Readonly<Record<string, NoticeText>> = { ...organTexts, ...ofNoOrgan };

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

/** The text of a template of the product; undefined: a company's own policy names it. */
export const noticeText = (template: string): NoticeText | undefined =>
  Object.hasOwn(noticeTexts, template) ? noticeTexts[template] : undefined;

/** What a notice says: of a template, about a task or wait by its kind or name. */
export function textOf(
  template: string,
  { what, outcome }: { readonly what?: string | undefined; readonly outcome?: string | undefined },
): Words {
  const text = noticeText(template) ?? other;
  const about = what === undefined ? theOrder : wordsOf(what);
  const answer = wordsOfOutcome(outcome ?? '');
  const filled = (language: 'zh' | 'en') =>
    text[language].replace('{what}', () => about[language]).replace('{outcome}', () => answer[language]);
  return { zh: filled('zh'), en: filled('en') };
}

/** The words of an outcome; of anything else, itself. */
export const wordsOfOutcome = wordsFrom(outcomeWords);
