import type { Policy } from '../policy/policy';

/** What a file of an order can be for, beside what holds of its policy wait for. */
const documents = [
  // A contract's two papers are waited for (RV-10).
  'contract_draft',
  'contract_signed',
  'contract',
  'confirmation',
  'proof_of_delivery',
  'quotation',
  'drawing',
  'photograph',
  'inspection',
  'bill',
  'payment',
  'correspondence',
  'other',
] as const;

/** Every purpose that a file of an order under this policy may have: a word that nothing waits for would be filed in vain. */
export const documentsUnder = ({ holds }: Policy): readonly string[] => [
  ...new Set([...documents, ...Object.keys(holds)]),
];
