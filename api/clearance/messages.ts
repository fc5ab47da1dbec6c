import type { Role } from '../../domain/inside/kernel/vocabulary';
import { type MessageRow, toOrder } from '../message-rows';

const whoAsks: readonly Role[] = [
  'sales',
  'sales_supervisor',
  'sales_director',
  'customer_service',
  'customer_service_supervisor',
  'finance',
];

export const clearanceMessages: readonly MessageRow[] = [
  toOrder('releaseRequested', 'releases', {
    allow: whoAsks,
    summary: 'Leave is asked to ship before the balance is paid (BL-3)',
  }),
  toOrder('releaseWithdrawn', 'release-withdrawals', {
    allow: whoAsks,
    summary: 'Who asked for a release takes that back, before it is decided (HT-5)',
  }),
];
