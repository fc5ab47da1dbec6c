import type { Whom } from '../domain/inside/kernel/effect';
import { fits, text } from '../domain/inside/kernel/shape';
import { isUnsealed } from '../domain/inside/kernel/unsealed';
import { workflowIdOf } from './ids';
import { letterTo } from './messages';

/** How what crosses between processes is addressed and believed (X7). */
export interface Post {
  readonly workflowIdOf: (whom: Whom) => string;
  readonly letterTo: (workflowId: string, told: unknown) => unknown;
  /** What a letter to this workflow tells, or why it is not believed. */
  readonly open: (letter: unknown, workflowId: string) => { readonly told: unknown } | Distrust;
  /** Why what a workflow of this process starts with is not believed; undefined: it was made for it. */
  readonly doubt: (input: unknown, process: string, workflowId: string) => Distrust | undefined;
}

/** Why it is not believed: none of our processes sealed it, it is for another workflow, or it cannot be read. */
type Distrust = 'unsealed' | 'addressed elsewhere' | 'not well-formed';

export const post: Post = { workflowIdOf, letterTo, open, doubt };

const letter = { to: text() };
const start = { no: text() };

function open(told: unknown, workflowId: string): { readonly told: unknown } | Distrust {
  if (isUnsealed(told)) return 'unsealed';
  if (!fits(letter, told) || !('told' in told)) return 'not well-formed';
  return told.to === workflowId ? { told: told.told } : 'addressed elsewhere';
}

function doubt(input: unknown, process: string, workflowId: string): Distrust | undefined {
  if (isUnsealed(input)) return 'unsealed';
  if (!fits(start, input) || !('first' in input || 'soFar' in input)) return 'not well-formed';
  return workflowIdOf({ of: process, no: input.no }) === workflowId ? undefined : 'addressed elsewhere';
}
