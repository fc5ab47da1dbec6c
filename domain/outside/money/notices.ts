import type { Notices } from '../notices/notice';

export const moneyNotices = {
  /** The customer is told what he is to pay: the balance before the goods go (BL-1), and a bill (ST-1); a deposit stands in the confirmation. */
  chargeRaised: ({ kind, purpose, chargeNo, netFen, taxFen, dueAt }) =>
    purpose === 'deposit'
      ? undefined
      : { template: `${kind}.${purpose}`, to: ['customer'], chargeNo, amountFen: netFen + taxFen, dueAt },
} satisfies Notices;
