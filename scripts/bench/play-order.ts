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
export const orderBody = ({ customerId, itemId }: Goods) => ({
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
  const no = await approved(desk, orderBody(goods));
  const { message, decide } = peopleOf(desk, no);
  await message('u-finance-1', 'payments', { amount: yuan('33900.00'), method: 'bank' });
  await message('u-finance-1', 'payments', { amount: yuan('79100.00'), method: 'bank' });
  await deliver(desk, no, `${no}-S1`);

  await desk.untilStatus(no, 'delivered');
  await message('u-sales-1', 'delivery-confirmations', {});
  await decide('u-finance-1', `${no}/4`, 'approve');
  await desk.untilStatus(no, 'completed');
  return no;
}

/** The same with a second line that is bought and goes as it comes: two shipments, two bills, and one payment for both. */
export async function playInParts(desk: Desk, goods: Goods): Promise<string> {
  const bought = { itemId: 'lift-stay', quantity: 100, unitPrice: yuan('38.00') };
  const { lines, deliveryWish, ...body } = orderBody(goods);
  const inParts = { ...body, lines: [...lines, bought], deliveryWish: { ...deliveryWish, inParts: true } };
  const no = await approved(desk, inParts);
  const { message, decide } = peopleOf(desk, no);
  await message('u-finance-1', 'payments', { amount: yuan('117294.00'), method: 'bank' });
  await desk.untilTask(no, `${no}/4`);
  await message('u-purchasing-1', 'receipts', { line: 2, quantity: bought.quantity });
  await deliver(desk, no, `${no}-S1`);
  await deliver(desk, no, `${no}-S2`);

  await desk.untilStatus(no, 'delivered');
  for (const bill of [5, 6]) {
    await message('u-sales-1', 'delivery-confirmations', {});
    await decide('u-finance-1', `${no}/${bill}`, 'approve');
  }
  await desk.untilStatus(no, 'completed');
  return no;
}

/** What people say to an order. */
function peopleOf(desk: Desk, no: string) {
  const message = (user: string, what: string, body: object) => desk.send(user, `/orders/${no}/${what}`, body);
  const decide = (user: string, taskId: string, outcome: string) => message(user, 'decisions', { taskId, outcome });
  return { message, decide };
}

/** Takes an order; three levels approve it, and its customer signs. */
async function approved(desk: Desk, body: object): Promise<string> {
  const no = await desk.take(body);
  const { message, decide } = peopleOf(desk, no);
  await desk.untilTask(no, `${no}/1`);
  await decide('u-sales-supervisor-1', `${no}/1`, 'approve');
  await decide('u-technical-1', `${no}/2`, 'approve');
  await decide('u-director-1', `${no}/3`, 'approve');
  await message('u-sales-1', 'confirmations', { revision: 1 });
  return no;
}

/** A shipment is picked, checked, scanned out and brought. */
async function deliver(desk: Desk, no: string, shipment: string): Promise<void> {
  const { decide } = peopleOf(desk, no);
  await desk.untilTask(no, `${shipment}/1`);
  await decide('u-warehouse-1', `${shipment}/1`, 'done');
  await decide('u-checker-1', `${shipment}/2`, 'done');
  await decide('u-warehouse-1', `${shipment}/3`, 'done');
  await desk.send('u-logistics-1', `/shipments/${shipment}/waybill`, {
    carrier: 'own-truck',
    waybillNo: `W${shipment}`,
  });
  await desk.send('u-logistics-1', `/shipments/${shipment}/events`, { event: 'delivered' });
}

/** Money as the API takes it. */
export function yuan(amount: string): { readonly amount: string; readonly currency: 'CNY' } {
  return { amount, currency: 'CNY' };
}
