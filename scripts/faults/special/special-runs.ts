import type { Canary } from '../canary';
import type { Violation } from '../check/violation';
import type { Company } from '../company';
import type { Clients } from '../storm';

/** What a special run is played with. */
export interface SpecialRun {
  readonly company: Company;
  readonly clients: Clients;
  readonly canary: Canary;
  readonly seed: number;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  /** `short` belongs to `npm test`. */
  readonly size: 'full' | 'short';
}

/** The special runs, one after the other, on a company where nothing else happens. */
export async function specialRuns(_run: SpecialRun): Promise<readonly Violation[]> {
  return [];
}
