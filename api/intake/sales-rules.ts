import { z } from 'zod';
import { id, keptDate, money, moneyOut, reasonCode, text } from '../schemas/basics';

const subjects = ['itemId', 'customerId', 'country'] as const;

export const newRestriction = z
  .strictObject({
    id,
    itemId: id.optional(),
    customerId: id.optional(),
    country: text(60).optional(),
    province: text(60).optional().describe('How it begins: 新疆 is also 新疆维吾尔自治区'),
    reasonCode,
    from: keptDate,
    until: keptDate.optional().describe('The last day; absent: without end'),
  })
  .refine((one) => subjects.filter((subject) => one[subject] !== undefined).length === 1, {
    error: 'give one of itemId, customerId and country',
    path: ['itemId'],
  })
  .refine(({ country, province }) => province === undefined || country !== undefined, {
    error: 'a province lies in a country',
    path: ['country'],
  })
  .refine(({ from, until }) => until === undefined || from <= until, {
    error: 'it ends before it begins',
    path: ['until'],
  });
export const restrictionChange = z.strictObject({ until: keptDate.nullable() });
export const restriction = z.object({
  id: z.string(),
  itemId: z.string().nullable(),
  customerId: z.string().nullable(),
  country: z.string().nullable(),
  province: z.string().nullable(),
  reasonCode: z.string(),
  from: z.string(),
  until: z.string().nullable(),
  setBy: z.string(),
  setAt: z.string(),
});

export const newPromotion = z
  .strictObject({
    id: id.describe('The code that orders name'),
    name: text(200),
    itemIds: z.array(id).max(500).default([]).describe('Empty: all items'),
    discountBp: z.int().min(0).max(10_000),
    minimum: money.default({ amount: '0', currency: 'CNY' }).describe('Of the goods without tax'),
    from: keptDate,
    until: keptDate.describe('The last day'),
  })
  .refine(({ from, until }) => from <= until, { error: 'it ends before it begins', path: ['until'] });
export const promotionChange = z.strictObject({ until: keptDate });
export const promotion = z.object({
  id: z.string(),
  name: z.string(),
  itemIds: z.array(z.string()),
  discountBp: z.int(),
  minimum: moneyOut,
  from: z.string(),
  until: z.string(),
  setBy: z.string(),
  setAt: z.string(),
});
