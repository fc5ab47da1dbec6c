import type { IntakeLine, OrderIntake } from '../../../domain/outside/intake/order-intake';
import { ask, customer, intake, line } from '../order-builders';

const missing = (but: Partial<OrderIntake>): readonly string[] => ask({ intake: intake(but) }).terms.missing;
const inChina = {
  country: '中国',
  province: '江苏省',
  city: '苏州市',
  district: '姑苏区',
  street: '人民路',
  number: '1号',
};
const abroad = {
  country: 'Germany',
  province: null,
  city: 'Berlin',
  district: null,
  street: 'Obere Str. 57',
  number: null,
};

describe('what an order must say', () => {
  test('IN-3 the customer with his full legal name', () => {
    const { terms, explanation } = ask({ customer: null });
    expect(terms.missing).toEqual(['customerId']);
    expect([terms.grade, terms.customerId, explanation.gradeIsAssumed]).toEqual(['C', null, true]);
    expect(ask({ customer: customer({ legalName: ' ' }) }).terms.missing).toEqual(['customer.legalName']);
  });

  test('IN-3 contact and phone', () => {
    expect(missing({ contact: null, phone: ' ' })).toEqual(['contact', 'phone']);
  });

  test.each([
    '+86 512 6666 8888',
    '13912345678',
    '(5) 555-4729',
    '030-0074321',
    '0621-08460',
    '40.32.21.21',
    '010-12345678 转 203',
    '+49 30 1234 ext. 5',
  ])('IN-3 %s can be dialled', (phone) => {
    expect(missing({ phone })).toEqual([]);
  });

  test.each(['1234', 'call me', '139-1234-567x', `+${'1'.repeat(21)}`, ' '.repeat(50) + '13912345678'])(
    'IN-3 "%s" is no phone number',
    (phone) => {
      expect(missing({ phone })).toEqual(['phone']);
    },
  );

  test('IN-3 an address in China has province, city, district, street and number', () => {
    const empty = { country: 'CN', province: null, city: '', district: ' ', street: null, number: null };
    expect(missing({ address: empty })).toEqual(
      ['province', 'city', 'district', 'street', 'number'].map((field) => `address.${field}`),
    );
    expect(missing({ address: null })).toEqual(['address']);
    for (const country of ['CN', 'China', '中国'])
      expect(missing({ address: { ...inChina, country, number: null } })).toEqual(['address.number']);
  });

  test('IN-3 an address abroad has street, city and country', () => {
    expect(missing({ address: abroad })).toEqual([]);
    expect(missing({ address: { ...abroad, street: null } })).toEqual(['address.street']);
    expect(missing({ address: { ...abroad, country: ' ' } })).toEqual(['address.country']);
  });

  test.each<[string, Partial<IntakeLine>]>([
    ['itemId', { itemId: null }],
    ['itemId', { itemId: 'NOBODY-KNOWS' }],
    ['name', { name: '' }],
    ['specification', { specification: null }],
    ['quantity', { quantity: 0 }],
    ['quantity', { quantity: 1.5 }],
    ['quantity', { quantity: null }],
    ['unitPriceFen', { unitPriceFen: null }],
    ['unitPriceFen', { unitPriceFen: -1 }],
    ['unitPriceFen', { quantity: 1_000_000, unitPriceFen: 99_999_999_999 }],
    ['discountBp', { discountBp: 10_001 }],
  ])('IN-3 a line with a wrong %s is named', (field, but) => {
    expect(missing({ lines: [line(), line(but)] })).toEqual([`lines.1.${field}`]);
  });

  test('IN-3 at least one line, and the totals are those of what is there', () => {
    expect(missing({ lines: [] })).toEqual(['lines']);
    const { totals, lines } = ask({ intake: intake({ lines: [line({ quantity: null }), line()] }) }).terms;
    expect(totals).toEqual({ goodsFen: 1000_00, taxFen: 130_00, freightFen: 0, totalFen: 1130_00 });
    expect(lines.map((row) => row.line)).toEqual([2]);
  });

  test('IN-3 payment state and delivery wish', () => {
    expect(missing({ paymentState: null, deliveryWish: null })).toEqual(['paymentState', 'deliveryWish.method']);
    expect(missing({ deliveryWish: { date: '2026-02-30', method: 'express', window: null } })).toEqual([
      'deliveryWish.date',
    ]);
  });

  test('IN-4 a special invoice needs title and tax number, an ordinary one does not', () => {
    expect(missing({ invoice: { kind: 'special', title: null, taxNumber: ' ' } })).toEqual([
      'invoice.title',
      'invoice.taxNumber',
    ]);
    expect(missing({ invoice: { kind: 'ordinary', title: null, taxNumber: null } })).toEqual([]);
  });

  test('IN-4 freight and tolerance that make no sense are named', () => {
    expect(missing({ freightFen: -1, toleranceBp: 10_001 })).toEqual(['freightFen', 'toleranceBp']);
  });

  test('IN-3 net and tax are rounded per line, and the total is their sum', () => {
    const lines = [line({ quantity: 3, unitPriceFen: 333, discountBp: 500 }), line({ quantity: 1, unitPriceFen: 50 })];
    expect(ask({ intake: intake({ lines, freightFen: 1000 }) }).terms.totals).toEqual({
      goodsFen: 949 + 50,
      taxFen: 123 + 7,
      freightFen: 1000,
      totalFen: 2129,
    });
  });
});
