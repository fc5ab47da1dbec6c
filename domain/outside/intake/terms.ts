import { backdatingSeconds } from './backdating';
import type { Considered } from './considered';

/** Whose order it is, what it is of, and what is still missing. */
export const intakeTerms = ({ intake, customer, policy, grade, complete, totals, small }: Considered) => ({
  // The hash is taken last, over everything else that the terms say.
  policy: { name: policy.name, version: policy.version, hash: '' },
  grade,
  customerId: customer?.id ?? null,
  salespersonId: intake.salespersonId ?? customer?.salespersonId ?? intake.takenBy,
  lines: complete.lines.map(({ line, item, quantity, netFen, taxFen }) => ({
    line,
    itemId: item.id,
    quantity,
    netFen,
    taxFen,
    supply: item.supply,
  })),
  totals,
  missing: [...complete.missing, ...(small.isWrong ? ['smallOrderPath'] : [])],
  wishedOn: complete.wishedOn,
  backdatingSeconds: backdatingSeconds(policy),
});
