import type { OrganNotices } from '../notices/notice';

export const confirmationNotices = {
  told: {
    // CF-1
    confirmationSent: ({ kind, revision, offeredOn }) => ({ template: kind, to: ['customer'], revision, offeredOn }),
    // PR-1
    troubleReported: ({ kind, cause, newOfferedOn }) => ({
      template: kind,
      to: ['salesperson', 'customer'],
      cause,
      newOfferedOn,
    }),
  },
  texts: {
    confirmationSent: { zh: '订单确认书已发出', en: 'The order confirmation was sent' },
    troubleReported: { zh: '生产异常，交期变更', en: 'Trouble in production, the date moves', isUrgent: true },
  },
} satisfies OrganNotices;
