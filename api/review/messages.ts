import { type MessageRow, toOrder } from '../message-rows';

export const reviewMessages: readonly MessageRow[] = [
  toOrder('reviewWithdrawn', 'review-withdrawals', {
    allow: ['sales', 'sales_supervisor', 'customer_service', 'customer_service_supervisor'],
    summary: 'The taker takes the order out of review, before anybody signed (HT-5)',
  }),
];
