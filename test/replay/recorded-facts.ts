import type { EveryFact } from '../../domain/inside/every-fact';
import { recordedIn } from './recording';

/** The facts that counted in a recorded workflow, as it filed them: together what was filed together. */
export const filingsOf = (name: string): readonly (readonly EveryFact[])[] =>
  recordedIn(name).filings.map(({ facts }) =>
    facts.flatMap(({ fact, standing }) => (standing === 'applied' ? [fact] : [])),
  );

/** The facts that counted in a recorded workflow, in their order. */
export const factsOf = (name: string): readonly EveryFact[] => filingsOf(name).flat();
