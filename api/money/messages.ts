import type { Role } from '../../domain/inside/kernel/vocabulary';
import { type MessageRow, toOrder } from '../message-rows';
import { text } from '../schemas/basics';

const whoBooks: readonly Role[] = ['finance', 'finance_lead'];

export const moneyMessages: readonly MessageRow[] = [
  toOrder('paymentReceived', 'payments', {
    allow: whoBooks,
    summary: 'Money came in (ST-2)',
    keyed: true,
    derived: ['paymentId'],
    also: { reference: text(100).optional().describe('The bank’s or provider’s own number of it') },
    hints: { chargeNo: 'The charge that the payer named; it is served first' },
    says: ({ head }) => ({ paymentId: head.id }),
    words: ({ reference, comment }) =>
      [reference, comment].filter((word) => word !== undefined).join('\n') || undefined,
    reference: ({ method, reference }) => (reference === undefined ? undefined : `${method}:${reference}`),
  }),
  toOrder('paymentReversed', 'payment-reversals', {
    allow: whoBooks,
    summary: 'A payment was entered wrongly (HG-4)',
    keyed: true,
  }),
];
