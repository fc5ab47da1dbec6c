import type { Notices } from '../notices/notice';

export const intakeNotices = {
  // IN-8
  orderAccepted: ({ kind, terms: { confirmationWithin } }) => ({
    template: kind,
    to: ['customer'],
    confirmationWithin,
  }),
} satisfies Notices;
