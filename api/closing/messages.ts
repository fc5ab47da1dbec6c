import type { Role } from '../../domain/inside/kernel/vocabulary';
import { type MessageRow, toOrder } from '../message-rows';
import { fenOf } from '../money';
import { money } from '../schemas/basics';

const whoAsks: readonly Role[] = [
  'sales',
  'sales_supervisor',
  'sales_director',
  'customer_service',
  'customer_service_supervisor',
];

export const closingMessages: readonly MessageRow[] = [
  toOrder('cancellationRequested', 'cancellation', {
    allow: whoAsks,
    summary: 'The order is to be cancelled (CF-6)',
    also: { cost: money.default({ amount: '0', currency: 'CNY' }) },
    says: ({ body: { cost } }) => ({ costFen: fenOf(cost) }),
  }),
  toOrder('cancellationWithdrawn', 'cancellation-withdrawals', {
    allow: whoAsks,
    summary: 'Who asked for a cancellation takes that back, before it is decided (HT-5)',
  }),
];
