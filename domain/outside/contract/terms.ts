import type { Considered } from '../intake/considered';

/** Whether a contract is drafted, signed by both sides and filed for it (RV-10). */
export const contractTerms = ({ intake, policy }: Considered): { readonly contract?: true } =>
  intake.kind === 'contract' && policy.contracts?.signedByBothSides === true ? { contract: true } : {};
