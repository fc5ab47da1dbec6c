import type { OrderStatus, Role } from './vocabulary';
import type { RungAction } from './ladder';
import type { TaskKind, WaitName } from './terms';

/** A word as people meet it, in both languages of the product. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** The fixed vocabulary of order statuses. */
export const statusWords: Readonly<Record<OrderStatus, Words>> = {
  on_hold: { zh: '暂存待处理', en: 'on hold' },
  pending_review: { zh: '待审核', en: 'pending review' },
  returned: { zh: '已退回', en: 'returned' },
  approved: { zh: '已审核', en: 'approved' },
  awaiting_confirmation: { zh: '待确认', en: 'awaiting confirmation' },
  awaiting_deposit: { zh: '待定金', en: 'awaiting deposit' },
  allocated: { zh: '已分配', en: 'allocated' },
  in_production: { zh: '生产中', en: 'in production' },
  in_inspection: { zh: '质检中', en: 'in inspection' },
  awaiting_balance: { zh: '待余款', en: 'awaiting balance' },
  ready_to_ship: { zh: '待出库', en: 'ready to ship' },
  shipped_out: { zh: '已出库', en: 'shipped out' },
  in_transit: { zh: '配送中', en: 'in transit' },
  delivered: { zh: '已交付', en: 'delivered' },
  in_settlement: { zh: '结算中', en: 'in settlement' },
  completed: { zh: '已完成', en: 'completed' },
  cancelled: { zh: '已取消', en: 'cancelled' },
  rejected: { zh: '已拒绝', en: 'rejected' },
  dead: { zh: '死单', en: 'dead' },
  in_after_sales: { zh: '售后中', en: 'in after-sales' },
  archived: { zh: '已归档', en: 'archived' },
};

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

export const taskWords: Readonly<Record<TaskKind, Words>> = {
  'intake.contact': { zh: '联系客户补全订单', en: 'contact the customer for what is missing' },
  'review.price': { zh: '价格核定', en: 'settle price and specification' },
  'review.sales': { zh: '初审', en: 'sales review' },
  'review.technical': { zh: '复审', en: 'technical review' },
  'review.production': { zh: '生产确认', en: 'production confirmation' },
  'review.contract': { zh: '合同会签', en: 'co-sign the contract' },
  'review.credit': { zh: '信用评估', en: 'assess the credit' },
  'review.compliance': { zh: '合规审核', en: 'review compliance' },
  'review.management': { zh: '终审', en: 'management review' },
  'credit.special': { zh: '超信用额度特批', en: 'special approval above the credit limit' },
  'hold.release': { zh: '解除冻结', en: 'release of a hold' },
  'contract.draft': { zh: '起草合同', en: 'draft the contract' },
  'contract.sign': { zh: '合同签章', en: 'sign the contract for the company' },
  'contract.file': { zh: '收回并归档双方签署的合同', en: 'file the contract that both sides signed' },
  'confirmation.call': { zh: '电话确认特殊要求', en: 'confirm special wishes by phone' },
  'confirmation.paper': { zh: '收回订单确认书', en: 'get the signed confirmation back' },
  'deposit.ask': { zh: '询问订单是否保留', en: 'ask whether the order is still wanted' },
  'purchase.receive': { zh: '采购到货', en: 'buy and receive what is short' },
  'production.sign': { zh: '签收生产通知单', en: 'sign the production notice' },
  'production.report': { zh: '生产进度上报', en: 'report production progress' },
  'quality.inspect': { zh: '质量检验', en: 'inspect the goods' },
  'release.balance': { zh: '余款未清放行', en: 'release with an unpaid balance' },
  'small.guarantee': { zh: '小额订单担保', en: 'accept the guarantee of a small order' },
  'shipment.pick': { zh: '拣货', en: 'pick' },
  'shipment.check': { zh: '复核拣货', en: 'check the pick' },
  'shipment.scan_out': { zh: '扫码出库', en: 'scan out' },
  'shipment.waybill': { zh: '录入运单', en: 'enter the waybill' },
  'shipment.trouble': { zh: '处理运输异常', en: 'deal with transport trouble' },
  'shipment.recall': { zh: '召回货物', en: 'recall the goods' },
  'bill.review': { zh: '审核结算单', en: 'review the bill' },
  'collection.call': { zh: '电话催款', en: 'call about the overdue bill' },
  'collection.legal': { zh: '法务追收', en: 'collect by law' },
  'cancellation.approve': { zh: '审批取消订单', en: 'approve the cancellation' },
  'refund.pay': { zh: '退款', en: 'pay the refund' },
  'customer.grade_review': { zh: '重评客户等级', en: "review the customer's grade" },
};

/** Waits of an order, and the waits of its shipment and collection. */
export const waitWords: Readonly<Record<WaitName | 'delivery' | 'archive' | 'unclaimed' | 'dunning', Words>> = {
  credit: { zh: '等待信用额度', en: 'credit of the customer' },
  customer_hold: { zh: '等待客户解除冻结', en: 'the release of a hold on the customer' },
  returned: { zh: '等待修改后重新提交', en: 'the taker to revise and resubmit' },
  confirmation: { zh: '等待客户签回订单确认书', en: 'the signed confirmation' },
  deposit: { zh: '等待定金', en: 'the deposit' },
  balance: { zh: '等待余款', en: 'the balance' },
  transit: { zh: '等待承运商消息', en: 'the carrier to say where the goods are' },
  dispatch: { zh: '等待出库', en: 'the goods to be dispatched' },
  delivery: { zh: '等待客户确认收货', en: 'the customer to confirm the receipt' },
  archive: { zh: '等待归档', en: 'the archive' },
  unclaimed: { zh: '等待客户提货', en: 'the goods to be picked up' },
  dunning: { zh: '等待付款', en: 'the bill to be paid' },
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

/** The words of anything that is waited for: a task's kind or a wait's name. */
export const wordsOf = (what: string): Words => {
  // A wait for a hold carries the hold's id after its name.
  const [name = what] = what.split(' ');
  return name === what || !Object.hasOwn(waitWords, name) ? named(what) : named(name);
};

const named = wordsFrom({ ...taskWords, ...waitWords });
