import { z } from 'zod';
import { text } from './basics';

/** Who sells, as letters show it; what is null stays blank on them. */
export const newCompany = z.strictObject({
  legalName: text(200).describe('Full legal name (公司全称)'),
  taxNo: z
    .string()
    .regex(/^[0-9A-Z]{15,20}$/)
    .nullable()
    .describe('统一社会信用代码, as invoices carry it'),
  address: text(300).nullable(),
  phone: text(40).nullable(),
  bankName: text(200).nullable(),
  bankAccount: z
    .string()
    .regex(/^[0-9A-Z -]{6,40}$/)
    .nullable()
    .describe('Where customers pay to'),
});

export const company = z.object({
  legalName: z.string(),
  taxNo: z.string().nullable(),
  address: z.string().nullable(),
  phone: z.string().nullable(),
  bankName: z.string().nullable(),
  bankAccount: z.string().nullable(),
  setBy: z.string(),
  setAt: z.string(),
});
