import type { OrganNotices } from '../notices/notice';

export const moneyNotices = {
  told: {
    /** The customer is told what he is to pay: the balance before the goods go (BL-1), and a bill (ST-1); a deposit stands in the confirmation. */
    chargeRaised: ({ kind, purpose, chargeNo, netFen, taxFen, dueAt }) =>
      purpose === 'deposit'
        ? undefined
        : { template: `${kind}.${purpose}`, to: ['customer'], chargeNo, amountFen: netFen + taxFen, dueAt },
  },
  texts: {
    'chargeRaised.balance': { zh: '已请客户支付余款', en: 'The balance was asked for' },
    'chargeRaised.bill': { zh: '结算单已开出', en: 'The bill was issued' },
  },
} satisfies OrganNotices;
