import { attached } from '../order/attached';
import { type MessageRow, toOrder } from '../message-rows';

export const confirmationMessages: readonly MessageRow[] = [
  toOrder('confirmationReturned', 'confirmations', {
    allow: ['sales', 'customer_service', 'customer_service_supervisor', 'sales_supervisor'],
    summary: 'The signed order confirmation came back (CF-1)',
    says: async ({ no, body: { attachmentId } }, dependencies) => attached(dependencies, no, attachmentId),
  }),
  toOrder('troubleReported', 'troubles', {
    allow: ['production', 'team_lead', 'technical', 'purchasing'],
    summary: 'Trouble moves the date of completion (PR-1)',
  }),
];
