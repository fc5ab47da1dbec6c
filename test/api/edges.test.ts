import { anOrder, type ApiUnderTest, answerOf, freshKey, startApi } from './api-under-test';

// What is refused at the door, and what the door says that it takes.

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi({ settings: { answerWithinMs: 300 } });
});
afterAll(() => api.stop());

const fieldsOf = ({ status, body }: { status: number; body: { errors?: readonly { field: string }[] } }) => [
  status,
  ...(body.errors ?? []).map(({ field }) => field),
];
/** A body as it stands, as JSON. */
const sent = async (user: string, path: string, body: string) =>
  answerOf(
    await fetch(`${api.url}/api/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${api.tokens[user]}`, 'content-type': 'application/json', ...freshKey() },
      body,
    }),
  );

test('RV-3 a restriction or promotion does not end before it begins, also when its end alone is changed', async () => {
  const legal = api.as('u-legal-1');
  const director = api.as('u-sales-director-1');
  const days = { from: '2026-06-01', until: '2026-05-31' };
  const restriction = { id: 'r-1', itemId: 'hinge-110', reasonCode: 'dual_use', from: days.from };
  const promotion = { id: 'SUMMER', name: '夏季', discountBp: 500, from: days.from };
  expect(fieldsOf(await legal.post('/restrictions', { ...restriction, ...days }, freshKey()))).toEqual([400, 'until']);
  expect(fieldsOf(await director.post('/promotions', { ...promotion, ...days }, freshKey()))).toEqual([400, 'until']);
  expect((await legal.post('/restrictions', restriction, freshKey())).status).toBe(201);
  expect((await director.post('/promotions', { ...promotion, until: '2026-09-01' }, freshKey())).status).toBe(201);
  for (const [who, url] of [
    [legal, '/restrictions/r-1'],
    [director, '/promotions/SUMMER'],
  ] as const) {
    const { status, body } = await who.patch(url, { until: days.until });
    expect([status, body.code, body.errors]).toMatchObject([400, 'invalid_input', [{ code: 'before_beginning' }]]);
    expect((await who.patch(url, { until: days.from })).body.until).toBe(days.from);
  }
});

test('RV-3 a promotion is for items that there are', async () => {
  const promotion = { id: 'ODD', name: '特价', discountBp: 500, from: '2026-06-01', until: '2026-07-01' };
  const made = (itemIds: readonly string[]) =>
    api.as('u-sales-director-1').post('/promotions', { ...promotion, itemIds }, freshKey());
  expect(fieldsOf(await made(['hinge-110', 'hinge-11O', 'none']))).toEqual([400, 'itemIds.1', 'itemIds.2']);
  expect((await made(['hinge-110'])).status).toBe(201);
});

test('Z3 a calendar is not published that is known until a day that is over, or before its own', async () => {
  const { document } = (await api.as('u-sales-1').get('/calendars/china')).body;
  const published = async (changes: object) =>
    api.as('u-admin-1').post('/calendars/china/versions', {
      basedOn: document.version,
      document: { ...document, version: 'edges', ...changes },
    });
  const none = { holidays: [], workdays: [] };
  const wrong = [
    await published({ ...none, knownUntil: '2020-12-31' }),
    await published({ holidays: ['2198-10-01'], workdays: [], knownUntil: '2198-09-30' }),
    await published({ holidays: [], workdays: ['2198-10-01'], knownUntil: '2198-09-30' }),
  ];
  expect(wrong.map(({ status, body }) => [status, body.errors[0]])).toMatchObject([
    [400, { field: 'document.knownUntil', code: 'past' }],
    [400, { field: 'document.knownUntil', code: 'before_its_days' }],
    [400, { field: 'document.knownUntil', code: 'before_its_days' }],
  ]);
  expect((await published({ ...none, knownUntil: '2198-10-01' })).status).toBe(201);
});

test('X1 a field that there is not, and a value that is none, are refused with their place and what is wrong', async () => {
  const order = { ...anOrder(), colour: 'red', channel: 'pigeon' };
  const { status, body } = await api.as('u-sales-1').post('/orders', order, freshKey());
  expect([status, body.code]).toEqual([400, 'invalid_input']);
  expect(body.errors).toEqual(
    expect.arrayContaining([
      { field: 'colour', code: 'unrecognized_keys', message: 'There is no such field.' },
      { field: 'channel', code: 'invalid_value', message: expect.stringMatching(/^must be one of ".*"phone"/) },
    ]),
  );
});

test('X1 a decision that names two outcomes is none, wherever the second stands', async () => {
  const { no } = (await api.as('u-sales-1').post('/orders', anOrder(), freshKey())).body;
  const bodies: readonly [string, string][] = [
    [`{"taskId":"${no}/1","outcome":"reject","outcome":"approve"}`, 'outcome'],
    [`{"taskId":"${no}/1","outcome":"reject","outcom\\u0065":"approve"}`, 'outcome'],
    [
      `{"taskId":"${no}/1","outcome":"approve","conditions":["a"],"amount":{"amount":"1","amount":"2"}}`,
      'amount.amount',
    ],
  ];
  for (const [body, field] of bodies) {
    const { status, body: problem } = await sent('u-sales-supervisor-1', `/orders/${no}/decisions`, body);
    expect([status, problem.code, problem.errors]).toMatchObject([400, 'duplicate_key', [{ field }]]);
  }
  expect(await api.prisma.inboxMessage.count({ where: { orderNo: no, kind: 'decisionMade' } })).toBe(0);
});

test('DL-1 RV-2 a file is for what something can wait for; a slip is refused with the purposes that there are', async () => {
  const { no } = (await api.as('u-sales-1').post('/orders', anOrder(), freshKey())).body;
  const filed = async (...purposes: readonly string[]) => {
    const form = new FormData();
    for (const purpose of purposes) form.append('purpose', purpose);
    form.set('file', new Blob(['%PDF-1.7 hello'], { type: 'application/pdf' }), 'a.pdf');
    const headers = { authorization: `Bearer ${api.tokens['u-sales-1']}`, ...freshKey() };
    return answerOf(await fetch(`${api.url}/api/v1/orders/${no}/attachments`, { method: 'POST', body: form, headers }));
  };
  const slip = await filed('recipe_confirmaton');
  expect([slip.status, slip.body.errors[0]]).toMatchObject([400, { field: 'purpose', code: 'unknown' }]);
  expect(slip.body.purposes).toEqual(
    expect.arrayContaining(['contract_signed', 'proof_of_delivery', 'recipe_confirmation', 'sampling', 'other']),
  );
  expect((await filed('contract_draft', 'other')).status).toBe(400);
  for (const purpose of ['recipe_confirmation', 'proof_of_delivery', 'other'])
    expect((await filed(purpose)).status).toBe(202);
  // What was filed when any word would do is there all the same.
  await api.prisma.attachment.updateMany({ where: { orderNo: no, purpose: 'other' }, data: { purpose: 'lunch_menu' } });
  const { body } = await api.as('u-sales-1').get(`/orders/${no}/attachments`);
  expect(body.items.map(({ purpose }: { purpose: string }) => purpose)).toContain('lunch_menu');
});

test('X7 no key of a message may look like what one workflow tells another', async () => {
  for (const key of ['20261121-0001-S1:handling:tell:1', 'a:123456', 'order/20261121-0001', '20261121-0001#7']) {
    const headers = { 'idempotency-key': key };
    const answer = await api.as('u-sales-1').post('/orders/20261121-0001/contacts', { answered: true }, headers);
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, 'idempotency-key']);
  }
});

test('CF-1 the OpenAPI document says of letters, files and problems what they are', async () => {
  const { paths } = (await answerOf(await fetch(`${api.url}/openapi.json`))).body;
  const typesOf = (path: string, status: string) => Object.keys(paths[`/api/v1${path}`].get.responses[status].content);
  expect(typesOf('/orders/{no}/letters/{letter}', '200')).toEqual(['text/html']);
  expect(typesOf('/orders/{no}/letters/{letter}', '4XX')).toEqual(['application/problem+json']);
  expect(typesOf('/attachments/{id}', '200')).toEqual(expect.arrayContaining(['application/pdf', 'image/png']));
  expect(typesOf('/orders/{no}', '200')).toEqual(['application/json']);
});

test('GV-3 a policy with a row that no order meets is refused when it is saved, with the row and the reason', async () => {
  const admin = api.as('u-admin-1');
  const { version, document } = (await admin.get('/policies/default')).body;
  const [first, ...rest] = document.reviews.rows;
  const when = [
    { field: 'totalFen', operator: 'above', value: 10_000 },
    { field: 'totalFen', operator: 'below', value: 5_000 },
  ];
  const published = (row: object) =>
    admin.post('/policies/default/versions', {
      basedOn: version,
      document: { ...document, reviews: { ...document.reviews, rows: [{ ...first, ...row }, ...rest] } },
    });
  const empty = await published({ when });
  expect([empty.status, empty.body.code, empty.body.errors[0]]).toMatchObject([
    400,
    'invalid_policy',
    { field: 'reviews.rows.0.when.1', message: expect.stringContaining('(every_order)') },
  ]);
  const unclear = await published({ when: [{ field: 'weather', operator: 'is', value: 'A' }] });
  expect(unclear.body.errors[0]).toMatchObject({
    field: 'reviews.rows.0.when.0.field',
    message: expect.stringMatching(/^must be one of "totalFen", .* \(every_order\)$/),
  });
});
