import { randomUUID } from 'node:crypto';
import { linksFor } from '../../../worker/notices/links';
import { apiAtWork, yuan } from '../api-at-work';
import { answerOf, freshKey } from '../api-under-test';
import { eventually } from '../worker-under-test';

const place = apiAtWork();

/** The open task of a kind, once it is there. */
const taskOf = (no: string, kind: string) =>
  eventually(async () => {
    const { body } = await place.api.as('u-admin-1').get(`/orders/${no}`);
    return (body.tasks as { id: string; kind: string; signing: object }[]).find((task) => task.kind === kind);
  });

async function decide(who: string, no: string, kind: string, body: object = {}) {
  const { id: taskId } = await taskOf(no, kind);
  return place.api.as(who).post(`/orders/${no}/decisions`, { taskId, outcome: 'approve', ...body }, freshKey());
}

async function file(who: string, no: string, purpose: string) {
  const form = new FormData();
  form.set('purpose', purpose);
  form.set('file', new Blob(['%PDF-1.7 contract'], { type: 'application/pdf' }), '合同.pdf');
  const headers = { authorization: `Bearer ${place.api.tokens[who]}`, 'idempotency-key': randomUUID() };
  return answerOf(
    await fetch(`${place.api.url}/api/v1/orders/${no}/attachments`, { method: 'POST', body: form, headers }),
  );
}

const cabinets = { lines: [{ itemId: 'cabinet-wall-800', quantity: 2, unitPrice: yuan('960.00') }] };
const reviewer = 'u-sales-supervisor-1';

test('RV-2 who signs for what is made states materials and date, by the API or by a link, and the order is promised for it', async () => {
  const no = await place.take(cabinets);
  await decide(reviewer, no, 'review.sales');
  expect((await taskOf(no, 'review.technical')).signing).toMatchObject({ mustState: ['materials', 'offeredOn'] });
  const bare = await decide('u-technical-1', no, 'review.technical');
  expect([bare.status, bare.body.code]).toEqual([409, 'materials_required']);
  const past = { materials: 'in_hand', offeredOn: '2020-02-01' };
  expect((await decide('u-technical-1', no, 'review.technical', past)).body.code).toBe('date_passed');
  const word = { materials: 'gone', offeredOn: 'tomorrow' };
  expect((await decide('u-technical-1', no, 'review.technical', word)).status).toBe(400);
  const other = await decide('u-technical-1', no, 'review.technical', {
    outcome: 'return',
    reasonCode: 'mood',
    comment: '今天不想做',
  });
  expect([other.status, other.body.code]).toEqual([409, 'unknown_reason']);
  const stated = { materials: 'to_be_bought', offeredOn: '2031-03-01' };
  expect((await decide('u-technical-1', no, 'review.technical', stated)).status).toBe(200);

  const { id } = await taskOf(no, 'review.production');
  const made = await linksFor(
    place.api.prisma,
    place.api.url,
    { userId: 'u-production-1', task: { id, outcomes: ['approve'] } },
    new Date(),
  );
  const url = made.find(({ says }) => says.en === 'approve')?.url ?? '';
  expect((await answerOf(await fetch(url))).body).toMatch(/name="materials"[\s\S]*name="offeredOn"/);
  const submit = async (fields: Record<string, string>) =>
    answerOf(await fetch(url, { method: 'POST', body: new URLSearchParams({ outcome: 'approve', ...fields }) }));
  for (const offeredOn of ['', '2020-01-01'])
    expect((await submit({ materials: 'in_hand', offeredOn })).status).toBe(400);
  expect((await submit({ materials: 'in_hand', offeredOn: '2031-03-09' })).status).toBe(200);
  await place.untilItIs(no, 'awaiting_confirmation');
  const { body } = await place.api.as('u-sales-1').get(`/orders/${no}`);
  expect(body.offeredOn).toBe('2031-03-09');
  const letter = await place.api.as('u-sales-1').get(`/orders/${no}/letters/confirmation`);
  expect(letter.body).toContain('2031-03-09');
});

test('RV-10 a contract goes from its draft to the paper with both signatures', async () => {
  const no = await place.take({ kind: 'contract', specialRequirements: '<b>加急</b>' });
  const draft = await place.api.as('u-sales-1').get(`/orders/${no}/letters/contract`);
  expect(draft.body).toMatch(/销售合同[\s\S]*&lt;b&gt;加急/);
  await taskOf(no, 'contract.draft');
  expect((await file('u-finance-1', no, 'contract_draft')).body.code).toBe('not_a_candidate');
  expect((await file('u-sales-1', no, 'contract_draft')).body.state).toBe('applied');
  expect((await decide(reviewer, no, 'review.sales')).status).toBe(200);
  expect((await decide('u-legal-1', no, 'review.contract')).status).toBe(200);
  expect((await decide('u-finance-1', no, 'review.contract')).status).toBe(200);
  expect((await decide('u-director-1', no, 'review.management')).status).toBe(200);
  expect((await file('u-legal-1', no, 'contract_signed')).body.code).toBe('not_yet');
  expect((await decide('u-director-1', no, 'contract.sign', { outcome: 'done' })).status).toBe(200);
  await taskOf(no, 'contract.file');
  const unsigned = await place.api.as('u-sales-1').get(`/orders/${no}`);
  expect(unsigned.body.status).toBe('approved');
  expect((await file('u-legal-1', no, 'contract_signed')).body.state).toBe('applied');
  const { status } = await eventually(async () => {
    const { body } = await place.api.as('u-sales-1').get(`/orders/${no}`);
    return body.status === 'approved' ? undefined : body;
  });
  expect(status).toBe('awaiting_confirmation');
  const { body: papers } = await place.api.as('u-sales-1').get(`/orders/${no}/attachments`);
  expect(papers.items.map(({ purpose }: { purpose: string }) => purpose).toSorted()).toEqual([
    'contract_draft',
    'contract_signed',
  ]);
});

test('HT-7 RV-10 who stands in for legal files the draft, and the record says for whom', async () => {
  const no = await place.take({ kind: 'contract' });
  await taskOf(no, 'contract.draft');
  expect((await file('u-finance-1', no, 'contract_draft')).body.code).toBe('not_a_candidate');
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const substitution = { substitute: 'u-finance-1', kinds: ['contract.draft'], until };
  expect((await place.api.as('u-legal-1').post('/substitutions', substitution)).status).toBe(201);
  expect((await file('u-finance-1', no, 'contract_draft')).body.state).toBe('applied');
  const filed = await place.api.prisma.fact.findFirst({
    where: { orderNo: no, kind: 'attachmentFiled', filed: 'applied' },
  });
  expect(filed).toMatchObject({ body: { by: { userId: 'u-finance-1', onBehalfOf: 'u-legal-1' } } });
});
