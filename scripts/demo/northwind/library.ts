import type { Northwind } from './files';
import { createOnce } from '../create-once';
import { assessments } from './grades';
import * as ids from './ids';
import { moneyOf } from './numbers';
import { inParallel } from '../in-parallel';
import type { People } from './people';

/** What is said about the opening stock. */
export const stockRule =
  'opening stock: what the files say is left, and all that was ever ordered; nothing is bought in';

/** Brings in customers, suppliers, carriers, goods and an opening stock (MD-1); what is there already stays as it is. */
export async function bringInLibrary(people: People, northwind: Northwind, concurrency: number): Promise<void> {
  const { admin } = people;
  const rows = rowsOf(northwind);
  for (const group of rows)
    await inParallel(group, concurrency, async ({ path, body }) => createOnce(admin, path, body));
}

interface Row {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** In groups: each may refer to those before it. */
function rowsOf(northwind: Northwind): readonly (readonly Row[])[] {
  const { suppliers, shippers } = northwind;
  return [
    [
      { path: '/warehouses', body: { id: ids.warehouseId, name: 'Northwind' } },
      ...suppliers.map((one) => ({
        path: '/suppliers',
        body: {
          id: ids.supplierId(one.supplier_id),
          name: one.company_name,
          contact: one.contact_name,
          phone: one.phone,
          address: addressOf(one),
        },
      })),
      ...shippers.map((one) => ({
        path: '/carriers',
        body: { id: ids.carrierId(one.shipper_id), name: one.company_name },
      })),
      ...customersOf(northwind),
    ],
    itemsOf(northwind),
    batchesOf(northwind),
  ];
}

function customersOf(northwind: Northwind): readonly Row[] {
  const assessed = assessments(northwind);
  return northwind.customers.map((one) => {
    const { grade = 'C', creditLimitFen = 0 } = assessed.get(one.customer_id) ?? {};
    return {
      path: '/customers',
      body: {
        id: ids.customerId(one.customer_id),
        legalName: one.company_name,
        grade,
        creditLimit: moneyOf(creditLimitFen),
        // Export: no tax.
        taxRateBp: 0,
        region: one.country,
        contact: one.contact_name,
        phone: one.phone,
        address: addressOf(one),
      },
    };
  });
}

function itemsOf({ products }: Northwind): readonly Row[] {
  return products.map((one) => ({
    path: '/items',
    body: {
      id: ids.itemId(one.product_id),
      name: one.product_name,
      specification: one.quantity_per_unit,
      supply: 'stock',
      listPrice: moneyOf(one.unit_price),
      taxRateBp: 0,
      supplierId: ids.supplierId(one.supplier_id),
    },
  }));
}

function batchesOf(northwind: Northwind): readonly Row[] {
  return northwind.products.map(({ product_id: id }) => ({
    path: '/stock',
    body: {
      batchId: ids.openingBatch,
      itemId: ids.itemId(id),
      warehouseId: ids.warehouseId,
      quantity: openingQuantity(northwind, id),
    },
  }));
}

/** Enough for every order of the files, with what is left in the end. */
export function openingQuantity({ products, orders }: Northwind, productId: string): number {
  const left = products.find(({ product_id: id }) => id === productId)?.units_in_stock ?? 0;
  const ordered = orders
    .flatMap(({ lines }) => lines)
    .filter(({ product_id: id }) => id === productId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
  // A batch has at least one piece.
  return Math.max(1, left + ordered);
}

interface Place {
  readonly address: string;
  readonly city: string;
  readonly region: string | null;
  readonly postal_code: string | null;
  readonly country: string;
}

/** An address abroad: street (with the postal code, which has no field of its own), city, country (IN-3). */
export function addressOf({ address, city, region, postal_code: code, country }: Place) {
  return {
    country,
    ...(region === null ? {} : { province: region }),
    city,
    street: [address, code].filter(Boolean).join(', '),
  };
}
