/** Search attributes that operators filter by in the Temporal UI; every server that runs orders has them registered. */
export const searchAttributes = {
  OrderStage: 'Keyword',
  Grade: 'Keyword',
  Salesperson: 'Keyword',
  Amount: 'Double',
  WaitingFor: 'KeywordList',
  WaitingSince: 'Datetime',
  PromisedDate: 'Datetime',
  OldestDue: 'Datetime',
} as const;
