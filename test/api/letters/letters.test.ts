import { apiAtWork } from '../api-at-work';

const place = apiAtWork();

const seller = {
  legalName: '宁波<海>工有限公司',
  taxNo: '91330200MA2AB3CD4E',
  address: '宁波市江北区大庆南路 1 号',
  phone: '0574-8700 0001',
  bankName: '宁波银行江北支行',
  bankAccount: '7001 0122 0000 1234',
};

const letter = async (no: string, kind: string) =>
  (await place.api.as('u-sales-1').get(`/orders/${no}/letters/${kind}`)).body as string;

test('RV-10 CF-1 BL-1 letters name the seller and where to pay to, as the company says it of itself', async () => {
  const no = await place.take({ kind: 'contract' });
  const director = place.api.as('u-director-1');
  expect(await letter(no, 'contract')).toContain('浙江鼎单家居有限公司');
  expect((await director.put('/company', seller)).body).toMatchObject({ ...seller, setBy: 'u-director-1' });
  expect((await director.put('/company', seller)).status).toBe(200);
  for (const kind of ['contract', 'confirmation']) {
    const page = await letter(no, kind);
    for (const part of [
      '宁波&lt;海&gt;工有限公司',
      seller.taxNo,
      seller.address,
      '宁波银行江北支行 7001 0122 0000 1234',
    ])
      expect(page).toContain(part);
  }
  const bare = { ...seller, taxNo: null, address: null, phone: null, bankName: null, bankAccount: null };
  await director.put('/company', bare);
  expect(await letter(no, 'contract')).not.toMatch(/税号|卖方地址|收款账户/);
});

test('MD-1 who sells is said by those who answer for the company, and in the form that letters need', async () => {
  expect((await place.api.as('u-sales-1').put('/company', seller)).status).toBe(403);
  const wrong = await place.api.as('u-admin-1').put('/company', { ...seller, taxNo: 'x', bankAccount: '1' });
  expect([wrong.status, wrong.body.errors.map(({ field }: { field: string }) => field)]).toEqual([
    400,
    ['taxNo', 'bankAccount'],
  ]);
  expect((await place.api.as('u-sales-1').get('/company')).status).toBe(200);
  await place.api.asOwner('delete from company');
  expect((await place.api.as('u-sales-1').get('/company')).body.code).toBe('not_found');
  expect(await letter(await place.take({ kind: 'contract' }), 'contract')).toMatch(/买方/);
});

test('CF-1 BL-1 RV-10 no letter says what is not so: a draft is marked, goods that are not ready ask for no balance, and an ordinary order has no contract', async () => {
  const no = await place.take();
  const get = (kind: string) => place.api.as('u-sales-1').get(`/orders/${no}/letters/${kind}`);
  expect((await get('confirmation')).body).toContain('【草稿 draft, not agreed】');
  const notice = await get('balance-notice');
  expect([notice.status, notice.body.code, notice.body.order]).toEqual([
    409,
    'not_yet',
    { no, status: 'pending_review' },
  ]);
  expect((await get('contract')).status).toBe(404);
  // Only when its workflow has filed does nobody write the status but this test.
  for (let filedSeq = 0; filedSeq === 0;)
    ({ filedSeq } = await place.api.prisma.order.findUniqueOrThrow({ where: { no }, select: { filedSeq: true } }));
  await place.api.prisma.order.update({ where: { no }, data: { status: 'awaiting_balance' } });
  expect((await get('balance-notice')).body).toContain('货物已备妥');
  expect((await get('confirmation')).body).not.toContain('草稿');
});
