/** What the company sells: of the scarce item there is too little for everybody, so that orders compete for it. */
export const items = [
  { id: 'hinge', supply: 'stock', listPriceFen: 1_200 },
  { id: 'scarce', supply: 'stock', listPriceFen: 2_500 },
  { id: 'sink', supply: 'buy', listPriceFen: 68_000 },
  { id: 'cabinet', supply: 'make', listPriceFen: 240_000 },
  { id: 'shelf', supply: 'make', listPriceFen: 9_000 },
] as const;

export type ItemId = (typeof items)[number]['id'];

export const specification = 'standard';

/** Batches that the warehouse opens with. */
export const openingBatches = [
  { id: 'hinge:1', itemId: 'hinge', inHand: 40, day: 1 },
  { id: 'hinge:2', itemId: 'hinge', inHand: 100_000, day: 2 },
  { id: 'scarce:1', itemId: 'scarce', inHand: 7, day: 1 },
  { id: 'scarce:2', itemId: 'scarce', inHand: 5, day: 2 },
] as const;

/** Customers of each grade. Those who pay late have orders of their own: a suspension stops all of a customer's. */
export const customers = [
  { id: 'c-a-1', grade: 'A' },
  { id: 'c-a-2', grade: 'A' },
  { id: 'c-b-1', grade: 'B' },
  { id: 'c-b-2', grade: 'B' },
  { id: 'c-c-1', grade: 'C' },
  { id: 'c-late-1', grade: 'A' },
  { id: 'c-late-2', grade: 'A' },
] as const;

export const carrier = 'sf';
