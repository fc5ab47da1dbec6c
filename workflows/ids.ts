/** Readable workflow ids, made of the number of what a workflow is about, so that every retry makes the same one. */

/** `order-20261121-0007`, `shipment-20261121-0007-S1`, `collection-20261121-0007-B1` */
export const workflowIdOf = ({ of, no }: { readonly of: string; readonly no: string }): string => `${of}-${no}`;

export const orderWorkflowId = (orderNo: string): string => workflowIdOf({ of: 'order', no: orderNo });
export const shipmentWorkflowId = (shipmentNo: string): string => workflowIdOf({ of: 'shipment', no: shipmentNo });
export const collectionWorkflowId = (collectionNo: string): string =>
  workflowIdOf({ of: 'collection', no: collectionNo });

/** The shipments of an order are counted. */
export const shipmentNo = (orderNo: string, serial: number): string => `${orderNo}-S${serial}`;

/** The task queue that orders and their children run on. */
export const taskQueue = 'dingdan';
