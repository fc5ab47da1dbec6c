import type { OrganNotices } from '../notices/notice';

export const intakeNotices = {
  told: {
    // IN-8
    orderAccepted: ({ kind, terms: { confirmationWithin } }) => ({
      template: kind,
      to: ['customer'],
      confirmationWithin,
    }),
  },
  texts: {
    orderAccepted: { zh: '订单已受理', en: 'The order was accepted' },
  },
} satisfies OrganNotices;
