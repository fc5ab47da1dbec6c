import { apiAtWork } from './api-at-work';

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
  const no = await place.take();
  const director = place.api.as('u-director-1');
  expect(await letter(no, 'contract')).toContain('浙江鼎单家居有限公司');
  expect((await director.put('/company', seller)).body).toMatchObject({ ...seller, setBy: 'u-director-1' });
  expect((await director.put('/company', seller)).status).toBe(200);
  for (const kind of ['contract', 'confirmation', 'balance-notice']) {
    const page = await letter(no, kind);
    for (const part of ['宁波&lt;海&gt;工有限公司', seller.taxNo, seller.address]) expect(page).toContain(part);
  }
  expect(await letter(no, 'balance-notice')).toContain('宁波银行江北支行 7001 0122 0000 1234');
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
  await place.api.prisma.company.deleteMany();
  expect((await place.api.as('u-sales-1').get('/company')).body.code).toBe('not_found');
  expect(await letter(await place.take(), 'contract')).toMatch(/买方/);
});
