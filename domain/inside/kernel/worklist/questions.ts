import { personsBehind } from '../actor';
import type { Decision, Task } from './task';
import type { Instant } from '../vocabulary';

/** A question as people read it. */
export interface ShownQuestion {
  readonly by: string;
  readonly onBehalfOf: string | null;
  readonly at: Instant;
  readonly factId: string;
}

/** A question keeps the task open (RV-6): the last of each who asks stands until he answers the task himself. */
export const asked = (task: Task, question: Decision): Task => ({
  ...task,
  questions: [...(task.questions ?? []).filter((one) => !isSamePerson(one, question)), question],
});

/** Who has answered waits for no answer any more. */
export function withoutQuestionsOf(task: Task, signature: Decision): Task {
  const { questions, ...rest } = task;
  if (questions === undefined) return task;
  const left = questions.filter((one) => !isSamePerson(one, signature));
  return left.length === 0 ? rest : { ...rest, questions: left };
}

export const questionsOf = ({ questions = [] }: Pick<Task, 'questions'>): readonly ShownQuestion[] =>
  questions.map(({ by, at, factId }) => {
    const [userId = by.kind, onBehalfOf] = personsBehind(by);
    return { by: userId, onBehalfOf: onBehalfOf ?? null, at, factId };
  });

const isSamePerson = (one: Decision, other: Decision): boolean =>
  personsBehind(one.by).some((userId) => personsBehind(other.by).includes(userId));
