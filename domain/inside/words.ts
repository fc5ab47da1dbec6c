import type { RungAction } from './kernel/ladder';
import type { Role, Words } from './kernel/vocabulary';
import { processes } from './processes';

export const roleWords: Readonly<Record<Role, Words>> = {
  sales: { zh: '销售', en: 'sales' },
  customer_service: { zh: '客服', en: 'customer service' },
  customer_service_supervisor: { zh: '客服主管', en: 'customer-service supervisor' },
  sales_supervisor: { zh: '销售主管', en: 'sales supervisor' },
  sales_director: { zh: '销售总监', en: 'sales director' },
  technical: { zh: '技术', en: 'technical' },
  production: { zh: '生产', en: 'production' },
  team_lead: { zh: '班组长', en: 'team lead' },
  quality: { zh: '质检', en: 'quality' },
  warehouse: { zh: '仓库', en: 'warehouse' },
  checker: { zh: '复核', en: 'checker' },
  logistics: { zh: '物流', en: 'logistics' },
  purchasing: { zh: '采购', en: 'purchasing' },
  finance: { zh: '财务', en: 'finance' },
  finance_lead: { zh: '财务主管', en: 'finance lead' },
  legal: { zh: '法务', en: 'legal' },
  director: { zh: '总监', en: 'director' },
  general_manager: { zh: '总经理', en: 'general manager' },
  after_sales: { zh: '售后', en: 'after-sales' },
  analyst: { zh: '分析', en: 'analyst' },
  admin: { zh: '管理员', en: 'administrator' },
};

/** What people are asked, by the kind of task: each organ says its own. */
export const taskWords: Readonly<Record<string, Words>> = Object.fromEntries(
  Object.values(processes).flatMap(({ asks }) => Object.entries(asks).map(([kind, { words }]) => [kind, words])),
);

/** Clocks of an order, and those of its shipments and collections. */
export const clockWords: Readonly<Record<string, Words>> = {
  credit: { zh: '等待信用额度', en: 'credit of the customer' },
  customer_hold: { zh: '等待客户解除冻结', en: 'the release of a hold on the customer' },
  hold: { zh: '等待客户冻结到期', en: 'a hold on the customer to end' },
  returned: { zh: '等待修改后重新提交', en: 'the taker to revise and resubmit' },
  confirmation: { zh: '等待客户签回订单确认书', en: 'the signed confirmation' },
  deposit: { zh: '等待定金', en: 'the deposit' },
  balance: { zh: '等待余款', en: 'the balance' },
  release: { zh: '放行有效期', en: 'the release to be used in time' },
  transit: { zh: '等待承运商消息', en: 'the carrier to say where the goods are' },
  dispatch: { zh: '等待出库', en: 'the goods to be dispatched' },
  delivery: { zh: '等待客户确认收货', en: 'the customer to confirm the receipt' },
  archive: { zh: '等待归档', en: 'the archive' },
  unclaimed: { zh: '等待客户提货', en: 'the goods to be picked up' },
  collection: { zh: '等待付款', en: 'the bill to be paid' },
};

export const actionWords: Readonly<Record<RungAction, Words>> = {
  remind: { zh: '提醒', en: 'remind' },
  escalate: { zh: '升级', en: 'escalate' },
  take_over: { zh: '改派上级', en: 'hand to the next authority' },
  send_back: { zh: '退回', en: 'send back to the taker' },
  notify: { zh: '通知', en: 'notify' },
  call: { zh: '打电话', en: 'call' },
  suspend: { zh: '暂停客户', en: 'suspend the customer' },
  legal: { zh: '移交法务', en: 'hand to legal' },
  lapse: { zh: '期满', en: 'lapse' },
};

/** Looks a word up; what is not in the list says itself. */
export const wordsFrom =
  (list: Readonly<Record<string, Words>>) =>
  (code: string): Words =>
    Object.hasOwn(list, code) ? (list[code] as Words) : { zh: code, en: code };

/** The words of anything that is waited for: a task's kind or a clock's name; a clock about one of several carries which after it. */
export const wordsOf = (what: string): Words => {
  const [name = what] = what.split(' ');
  return named(name === what || !Object.hasOwn(clockWords, name) ? what : name);
};

const named = wordsFrom({ ...taskWords, ...clockWords });
