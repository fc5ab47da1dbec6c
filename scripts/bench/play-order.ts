/** One order of grade B with three levels of review, from intake to completed: what people send, one after the other. */

/** How the story reaches the product; each `send` returns when the message is applied. */
export interface Desk {
  /** Takes an order and answers its number. */
  take(order: object): Promise<string>;
  send(user: string, path: string, body: object): Promise<void>;
  /** Returns when the task is open; nobody asks for it again and again. */
  untilTask(orderNo: string, taskId: string): Promise<void>;
  untilStatus(orderNo: string, status: string): Promise<void>;
}

/** What the order is about, for whom. */
export interface Goods {
  readonly customerId: string;
  readonly itemId: string;
}

/** 1,000 pieces of 100 yuan are 113,000 yuan with tax: above the limits of technical and management review. */
export const orderBody = ({ customerId, itemId }: Goods): object => ({
  channel: 'phone',
  customerId,
  contact: '孔女士',
  phone: '025-8660 2002',
  address: { province: '江苏省', city: '南京市', district: '鼓楼区', street: '中山北路', number: '201号' },
  lines: [{ itemId, quantity: 1000, unitPrice: yuan('100.00') }],
  paymentState: 'unpaid',
  deliveryWish: { method: 'freight_line' },
});

/** Messages that the story sends to the order itself after the intake; five more go to its shipment. */
export const messagesOfOrder = 8;

/** Plays the order; answers its number when it is completed. */
export async function playOrder(desk: Desk, goods: Goods): Promise<string> {
  const no = await desk.take(orderBody(goods));
  const shipment = `${no}-S1`;
  const message = (user: string, what: string, body: object) => desk.send(user, `/orders/${no}/${what}`, body);
  const decide = (user: string, taskId: string, outcome: string) => message(user, 'decisions', { taskId, outcome });

  await desk.untilTask(no, `${no}/1`);
  await decide('u-sales-supervisor-1', `${no}/1`, 'approve');
  await decide('u-technical-1', `${no}/2`, 'approve');
  await decide('u-director-1', `${no}/3`, 'approve');
  await message('u-sales-1', 'confirmations', { revision: 1 });
  await message('u-finance-1', 'payments', { amount: yuan('33900.00'), method: 'bank' });
  await message('u-finance-1', 'payments', { amount: yuan('79100.00'), method: 'bank' });

  await desk.untilTask(no, `${shipment}/1`);
  await decide('u-warehouse-1', `${shipment}/1`, 'done');
  await decide('u-checker-1', `${shipment}/2`, 'done');
  await decide('u-warehouse-1', `${shipment}/3`, 'done');
  await desk.send('u-logistics-1', `/shipments/${shipment}/waybill`, { carrier: 'own-truck', waybillNo: `W${no}` });
  await desk.send('u-logistics-1', `/shipments/${shipment}/events`, { event: 'delivered' });

  await desk.untilStatus(no, 'delivered');
  await message('u-sales-1', 'delivery-confirmations', {});
  await decide('u-finance-1', `${no}/4`, 'approve');
  await desk.untilStatus(no, 'completed');
  return no;
}

/** Money as the API takes it. */
export function yuan(amount: string): { readonly amount: string; readonly currency: 'CNY' } {
  return { amount, currency: 'CNY' };
}
