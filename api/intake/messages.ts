import { type MessageRow, toOrder } from '../message-rows';
import { revised } from './revisions';

/** What an order is told of its intake: calls to the customer, changes, files. */
export const intakeMessages: readonly MessageRow[] = [
  toOrder('contactLogged', 'contacts', {
    allow: ['sales', 'customer_service', 'customer_service_supervisor', 'sales_supervisor'],
    summary: 'The customer was contacted (IN-5)',
  }),
  revised,
  // A form with a file: its route is `routes/attachments.ts`.
  { kind: 'attachmentFiled', comes: { url: '/orders/:no/attachments' } },
];
