import { terms } from '../builders';
import { workplace } from './workplace';

const work = workplace('long-orders');

it('W2 an order with hundreds of messages continues as new, stays under 2,000 events a run and loses none of them', async () => {
  const order = await work.start(terms());
  const handle = work.environment.client.workflow.getHandle(`order-${order.no}`);
  const { runId: first } = await handle.describe();
  const said: string[] = [];
  const sayMany = async (): Promise<void> => {
    const burst = Array.from({ length: 50 }, (_, index) => `contact-${said.length + index + 1}`);
    await Promise.all(burst.map((id) => order.say({ kind: 'contactLogged', id, answered: false })));
    said.push(...burst);
    await order.until(({ receivedIds }) => burst.every((id) => receivedIds.some((block) => block.includes(id))));
    // Only what is filed is handed on: a run that never comes to rest stays the same one.
    await work.atRest(handle.workflowId);
  };
  while ((await handle.describe()).runId === first) await sayMany();
  await order.say({ kind: 'contactLogged', id: said.at(-1) ?? '', answered: false });
  expect((await handle.fetchHistory()).events?.length).toBeLessThan(2_000);

  await order.decide('review.sales');
  await order.until(({ status }) => status === 'awaiting_confirmation');
  const filed = work.firm.filings.filter(({ orderNo }) => orderNo === order.no).flatMap(({ facts }) => facts);
  expect(filed.map(({ seq }) => seq)).toEqual(filed.map((_, index) => index + 1));
  expect(filed.flatMap(({ fact }) => (fact.kind === 'contactLogged' ? [fact.id] : [])).sort()).toEqual(said.sort());
}, 240_000);
