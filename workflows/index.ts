export { collection } from './collection';
export { order } from './order';
export { shipment } from './shipment';
