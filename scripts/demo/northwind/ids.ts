/** Northwind's ids as they stand in the product: marked, so that they never meet those of the company that is there. */

export const policyName = 'northwind';
/** Its orders come in as a batch; the number they had is kept with them. */
export const channel = 'batch';

export const customerId = (id: string): string => `nw-${id}`;
export const employeeId = (id: string): string => `nw-employee-${id}`;
export const itemId = (id: string): string => `nw-item-${id}`;
export const itemPrefix = itemId('');
export const supplierId = (id: string): string => `nw-supplier-${id}`;
export const carrierId = (id: string): string => `nw-shipper-${id}`;
export const openingBatch = 'opening';
export const warehouseId = 'nw-warehouse';

/** The same whenever the order is brought in: a repetition is the same order. */
export const orderKey = (id: string): string => `northwind-order-${id}`;
/** Payments carry a key of their own, so that no restart pays twice. */
export const paymentKey = (id: string, what: string): string => `northwind-payment-${id}-${what}`;
export const waybillNo = (id: string): string => `NW-${id}`;
