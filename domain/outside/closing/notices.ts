import type { Notices } from '../notices/notice';

export const closingNotices = {
  /** RV-6: the customer is told; an archived order ended for him long ago. */
  orderEnded: ({ kind, as, reasonCode }) =>
    as === 'archived' ? undefined : { template: `${kind}.${as}`, to: ['customer', 'salesperson'], reasonCode },
} satisfies Notices;
