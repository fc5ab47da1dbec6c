import type { OrderFact } from '../../domain/inside/fact';
import { recordedIn } from './recording';

/** The facts that counted in a recorded workflow, as it filed them: together what was filed together. */
export const filingsOf = (name: string): readonly (readonly OrderFact[])[] =>
  recordedIn(name).filings.map(({ facts }) =>
    facts.flatMap(({ fact, standing }) => (standing === 'applied' ? [fact] : [])),
  );

/** The facts that counted in a recorded workflow, in their order. */
export const factsOf = (name: string): readonly OrderFact[] => filingsOf(name).flat();
