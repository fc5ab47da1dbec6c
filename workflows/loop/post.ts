import type { Whom } from '../../domain/inside/kernel/effect';

/**
 * How what crosses between processes is addressed and believed (X7). `open` says what a letter to this workflow tells, or
 * why it is not believed: it was not sealed by one of our processes, or it is for another workflow.
 */
export interface Post {
  readonly workflowIdOf: (whom: Whom) => string;
  readonly letterTo: (workflowId: string, told: unknown) => unknown;
  readonly open: (letter: unknown, workflowId: string) => { readonly told: unknown } | Distrust;
}

export type Distrust = 'unsealed' | 'addressed elsewhere' | 'not well-formed';
