import type { OrganNotices } from '../notices/notice';

export const closingNotices = {
  told: {
    /** RV-6: the customer is told; an archived order ended for him long ago. */
    orderEnded: ({ kind, as, reasonCode }) =>
      as === 'archived' ? undefined : { template: `${kind}.${as}`, to: ['customer', 'salesperson'], reasonCode },
  },
  texts: {
    'orderEnded.cancelled': { zh: '订单已取消', en: 'The order was cancelled' },
    'orderEnded.rejected': { zh: '订单已拒绝', en: 'The order was rejected' },
    'orderEnded.dead': { zh: '订单已成死单', en: 'The order is dead' },
  },
} satisfies OrganNotices;
