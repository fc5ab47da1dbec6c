import { z } from 'zod';
import { civilDate, grade, id, inOrder, instant, money, moneyOut, notInOrder, text } from './basics';
import { address, invoice } from '../intake/schemas';

const basisPoints = z.int().min(0).max(10_000);
const days = z.int().min(0).max(3650);

const customerFields = z.strictObject({
  legalName: text(200),
  grade,
  creditLimit: money,
  paymentTermDays: days,
  taxRateBp: basisPoints.nullable(),
  salespersonId: id.nullable(),
  region: text(60).nullable(),
  contact: text(100).nullable(),
  phone: text(40).nullable(),
  address: address.nullable(),
  invoice: invoice.nullable(),
});
export const newCustomer = customerFields
  .partial()
  .required({ legalName: true })
  .extend({ id: id.optional().describe('Given by the client, or made') });
export const customerChange = customerFields.partial();
export const customer = z.object({
  id: z.string(),
  legalName: z.string(),
  grade: z.string(),
  creditLimit: moneyOut,
  paymentTermDays: z.int(),
  taxRateBp: z.int().nullable(),
  salespersonId: z.string().nullable(),
  region: z.string().nullable(),
  contact: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.unknown(),
  invoice: z.unknown(),
  creditAssessedAt: z.string().nullable().describe('When grade or limit were last said by who may; null: never'),
  creditAssessedBy: z.string().nullable(),
  suspended: z.boolean(),
  masked: z.boolean().describe('Contact, phone and address are not shown to this user'),
});

export const customerCredit = z.object({
  limit: moneyOut,
  receivables: moneyOut.describe('Billed and unpaid'),
  taken: moneyOut.describe('What open orders take up: reserved, or gone unpaid and not billed yet'),
  inReview: moneyOut.describe('What orders under review would take up once they are approved'),
  left: moneyOut.describe('Below zero where special approvals or a lower limit went past it'),
});

const itemFields = z.strictObject({
  name: text(200),
  specification: text(500),
  supply: z.enum(['stock', 'buy', 'make']),
  listPrice: money,
  taxRateBp: basisPoints,
  leadDays: days,
  supplierId: id.nullable(),
  active: z.boolean(),
});
export const newItem = itemFields.partial().required({ name: true, supply: true }).extend({ id });
export const itemChange = itemFields.partial();
export const item = z.object({
  id: z.string(),
  name: z.string(),
  specification: z.string(),
  supply: z.string(),
  listPrice: moneyOut,
  taxRateBp: z.int(),
  leadDays: z.int(),
  supplierId: z.string().nullable(),
  active: z.boolean(),
});

const supplierFields = z.strictObject({
  name: text(200),
  contact: text(100).nullable(),
  phone: text(40).nullable(),
  address: address.nullable(),
});
export const newSupplier = supplierFields.partial().required({ name: true }).extend({ id });
export const supplierChange = supplierFields.partial();
export const supplier = z.object({
  id: z.string(),
  name: z.string(),
  contact: z.string().nullable(),
  phone: z.string().nullable(),
  address: z.unknown(),
});

const named = z.strictObject({ name: text(200) });
export const newWarehouse = named.extend({ id });
export const warehouseChange = named.partial();
export const warehouse = z.object({ id: z.string(), name: z.string() });

/** The name of the environment variable that holds the carrier's webhook secret, never the secret. */
const webhookSecret = z.string().regex(/^WEBHOOK_SECRET_[A-Z0-9_]{1,40}$/);
export const newCarrier = named.extend({ id, webhookSecret: webhookSecret.nullable().optional() });
export const carrierChange = named.extend({ webhookSecret: webhookSecret.nullable() }).partial();
export const carrier = z.object({ id: z.string(), name: z.string(), webhookSecret: z.string().nullable() });

/** Goods that came in otherwise than for an order. What is in hand afterwards changes by orders alone. */
export const newBatch = z.strictObject({
  batchId: id.describe('The number on the batch: of this item'),
  itemId: id,
  warehouseId: id,
  shelf: text(60).optional(),
  receivedAt: instant.optional(),
  quantity: z.int().min(1).max(1_000_000),
});
export const batchChange = z.strictObject({ shelf: text(60).optional() });
/** `<itemId>:<batchId>`: a batch is of one item. Goods made are numbered by the message of their inspection. */
export const stockBatchId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}:[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/);
export const batch = z.object({
  id: z.string(),
  batchId: z.string(),
  itemId: z.string(),
  warehouseId: z.string(),
  shelf: z.string(),
  receivedAt: z.string(),
  inHand: z.int(),
  reserved: z.int(),
});

export const reportQuery = z
  .strictObject({
    channel: z.enum(['web_shop', 'store', 'dealer', 'phone', 'salesperson', 'email', 'fax', 'api', 'batch']).optional(),
    policy: id.optional().describe('Only orders under the policy of this name'),
    from: civilDate,
    to: civilDate,
  })
  .refine(inOrder, notInOrder);
export const report = z.object({
  orders: z.int(),
  /** Of the orders' last revisions. */
  lines: z.int(),
  goods: moneyOut,
  freight: moneyOut,
  total: moneyOut,
  shipped: z.int(),
  /** Left after the date the customer wished. */
  late: z.int(),
  neverShipped: z.int(),
  completed: z.int(),
  cancelled: z.int(),
});

/** What the postings of the orders taken in a time come to, by account: debits positive. */
export const ledgerReport = z.object({
  accounts: z.array(z.object({ account: z.string(), debit: moneyOut, credit: moneyOut, balance: moneyOut })),
});

export const incident = z.object({
  id: z.string(),
  workflowId: z.string().nullable(),
  orderNo: z.string().nullable(),
  kind: z.string(),
  detail: z.unknown(),
  openedAt: z.string(),
  closedAt: z.string().nullable(),
  closedBy: z.string().nullable(),
});
