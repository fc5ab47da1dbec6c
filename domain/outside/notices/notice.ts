import type { FactKind, FactNamed } from '../../inside/every-fact';
import type { Task } from '../../inside/kernel/worklist/task';
import type { NoticeTemplate } from './texts';

/** What people are to be told of a fact. Details hold numbers, dates and codes, no personal data. */
export interface Notice extends Readonly<Record<string, unknown>> {
  /** The product's own, which has a text in both languages, or one that the policy names. */
  readonly template: NoticeTemplate | (string & Record<never, never>);
  /** Roles, user ids, `customer`, `salesperson` and `taker`; empty: whoever holds the task that `of` names. */
  readonly to: readonly string[];
}

/** Of an organ's facts those that are told, each with what is told of it; `tasks` are those that its batch changed. */
export type Notices = {
  readonly [Kind in FactKind]?: (fact: FactNamed<Kind>, tasks: readonly Task[]) => Notice | undefined;
};
