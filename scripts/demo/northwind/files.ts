import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { Trouble } from '../../servers/trouble';
import { basisPointsOf, fenOf } from './numbers';

/** The books of Northwind Traders as their files say; money in whole fen (cents), discounts in basis points. */
export interface Northwind {
  readonly customers: readonly Customer[];
  readonly employees: readonly Employee[];
  readonly products: readonly Product[];
  readonly suppliers: readonly Supplier[];
  readonly shippers: readonly Shipper[];
  readonly orders: readonly Order[];
}

const text = z.string().transform((value) => value.replaceAll(String.raw`\n`, ', ').trim());
const optional = text.transform((value) => (value === '' ? null : value));
const money = z.string().transform(fenOf);
const count = z.coerce.number().int();
const date = z.iso.date();

const place = { address: text, city: text, region: optional, postal_code: optional, country: text };

const customer = z.object({ customer_id: text, company_name: text, contact_name: text, phone: text, ...place });
const employee = z.object({ employee_id: text, last_name: text, first_name: text, reports_to: optional });
const product = z.object({
  product_id: text,
  product_name: text,
  supplier_id: text,
  quantity_per_unit: text,
  unit_price: money,
  units_in_stock: count,
});
const supplier = z.object({ supplier_id: text, company_name: text, contact_name: text, phone: text, ...place });
const shipper = z.object({ shipper_id: text, company_name: text });
const order = z.object({
  order_id: text,
  customer_id: text,
  employee_id: text,
  order_date: date,
  required_date: date,
  shipped_date: z.union([date, z.literal('').transform(() => null)]),
  ship_via: text,
  freight: money,
  ship_name: text,
  ship_address: text,
  ship_city: text,
  ship_region: optional,
  ship_postal_code: optional,
  ship_country: text,
});
const line = z.object({
  order_id: text,
  product_id: text,
  unit_price: money,
  quantity: count,
  discount: z.string().transform(basisPointsOf),
});

type Customer = z.output<typeof customer>;
type Employee = z.output<typeof employee>;
type Product = z.output<typeof product>;
type Supplier = z.output<typeof supplier>;
type Shipper = z.output<typeof shipper>;
export type Line = z.output<typeof line>;
export type Order = z.output<typeof order> & { readonly lines: readonly Line[] };

/** Reads the files of the folder, or says which one is missing or wrong. */
export function readNorthwind(folder: string): Northwind {
  const linesOf = new Map<string, Line[]>();
  for (const row of readRows(folder, 'order_details', line))
    linesOf.set(row.order_id, [...(linesOf.get(row.order_id) ?? []), row]);
  return {
    customers: readRows(folder, 'customers', customer),
    employees: readRows(folder, 'employees', employee),
    products: readRows(folder, 'products', product),
    suppliers: readRows(folder, 'suppliers', supplier),
    shippers: readRows(folder, 'shippers', shipper),
    orders: readRows(folder, 'orders', order).map((row) => ({ ...row, lines: linesOf.get(row.order_id) ?? [] })),
  };
}

function readRows<T>(folder: string, name: string, row: z.ZodType<T>): readonly T[] {
  const file = join(folder, `${name}.csv`);
  const content = readOrSay(file);
  return parse(content, { columns: true, bom: true }).map((record: unknown, index: number) => {
    const read = row.safeParse(record);
    if (read.success) return read.data;
    throw new Trouble(`${file}, row ${index + 2}: ${z.prettifyError(read.error).replaceAll('\n', ' ')}`);
  });
}

function readOrSay(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new Trouble(`There is no file ${file}: --northwind takes the folder with Northwind's CSV files.`);
  }
}
