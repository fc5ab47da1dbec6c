import { type MessageRow, toOrder } from '../message-rows';

export const holdsMessages: readonly MessageRow[] = [
  toOrder('holdPlaced', 'holds', {
    allow: [
      'finance',
      'finance_lead',
      'legal',
      'quality',
      'sales_supervisor',
      'sales_director',
      'customer_service_supervisor',
      'director',
      'general_manager',
    ],
    summary: 'The order is stopped for a reason of its policy; a task asks for its release (HG-1, HG-2)',
  }),
];
