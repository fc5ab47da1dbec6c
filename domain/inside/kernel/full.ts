import type { Base } from './dossier';
import { limits } from './limits';

/**
 * A process has come to so many tasks or facts that it takes only what brings it on (W2): an approval, a rejection, a cancellation,
 * money, and goods as far as they complete a line. What could be said again and again is refused from here on.
 */
export const isFull = ({ worklist, version }: Pick<Base, 'worklist' | 'version'>): boolean =>
  worklist.tasks.length >= limits.tasks || version >= limits.facts;
