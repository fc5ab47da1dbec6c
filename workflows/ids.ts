/** Readable workflow ids and document numbers; all derive from the order's number, so every retry makes the same one. */

/** `order-20261121-0007` */
export const orderWorkflowId = (orderNo: string): string => `order-${orderNo}`;
/** `shipment-20261121-0007-S1` */
export const shipmentWorkflowId = (shipmentNo: string): string => `shipment-${shipmentNo}`;
/** `collection-20261121-0007-B1` */
export const collectionWorkflowId = (billNo: string): string => `collection-${billNo}`;

export const shipmentNo = (orderNo: string, serial: number): string => `${orderNo}-S${serial}`;
export const billNo = (orderNo: string, serial: number): string => `${orderNo}-B${serial}`;
export const purchaseNo = (orderNo: string, serial: string): string => `${orderNo}-P${serial}`;
export const productionNo = (orderNo: string, serial: string): string => `${orderNo}-M${serial}`;

/** The task queue that orders and their children run on. */
export const taskQueue = 'dingdan';
