import type { Status } from './vocabulary';

/** Statuses whose order is over; what is still open there only winds it up (S2). */
export const isClosed = (status: Status): boolean =>
  status === 'cancelled' || status === 'rejected' || status === 'dead' || status === 'archived';
