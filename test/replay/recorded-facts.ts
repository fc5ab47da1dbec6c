import type { Fact } from '../../domain/inside/kernel/fact';
import { recordedIn } from './recording';

/** The facts that counted in a recorded workflow, as it filed them: together what was filed together. */
export const filingsOf = (name: string): readonly (readonly Fact[])[] =>
  recordedIn(name).filings.map(({ facts }) => facts.flatMap(({ fact, filed }) => (filed === 'applied' ? [fact] : [])));

/** The facts that counted in a recorded workflow, in their order. */
export const factsOf = (name: string): readonly Fact[] => filingsOf(name).flat();

/** The number of what a recorded workflow is about, an order, a shipment or a collection. */
export const noIn = (name: string): string => (recordedIn(name).input as { readonly no: string }).no;
