import type { Considered } from '../intake/considered';

/** Why an order may be held, what that shuts, and who lifts it (HG-1, RV-5). */
export const holdsTerms = ({ policy }: Considered) => ({ holds: policy.holds });
