import type { EveryFact } from '../domain/inside/every-fact';

/** A fact and the workflow that it is for. */
export interface Addressed {
  readonly workflowId: string;
  readonly orderNo: string;
  readonly message: EveryFact;
  readonly words?: string | undefined;
  /** What may be told once only. */
  readonly reference?: string | undefined;
  /** What is to be kept once the message was applied. */
  readonly afterwards?: () => Promise<void>;
}
