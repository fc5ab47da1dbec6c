import type { FactKind, FactNamed } from '../../inside/every-fact';
import type { Words } from '../../inside/kernel/vocabulary';
import type { Task } from '../../inside/kernel/worklist/task';

/** What people are to be told of a fact. Details hold numbers, dates and codes, no personal data. */
export interface Notice extends Readonly<Record<string, unknown>> {
  /** Which text it has: one of the product's own, or one that the policy names. */
  readonly template: string;
  /** Roles, user ids, `customer`, `salesperson` and `taker`; empty: whoever holds the task that `of` names. */
  readonly to: readonly string[];
}

/** What a notice says, in both languages: `{what}` is the task or wait that it is about, `{outcome}` the answer. */
export interface NoticeText extends Words {
  /** It asks somebody to answer its task, so that it says nothing any more once the task is closed. */
  readonly asksToAct?: true;
  /** It does not wait for a digest. */
  readonly isUrgent?: true;
}

/** What an organ tells people. */
export interface OrganNotices {
  /** Of its facts those that are told, each with what is told of it; `tasks` are those that its batch changed. */
  readonly told: {
    readonly [Kind in FactKind]?: (fact: FactNamed<Kind>, tasks: readonly Task[]) => Notice | undefined;
  };
  /** The text of each of its notices, by template. */
  readonly texts: Readonly<Record<string, NoticeText>>;
}
