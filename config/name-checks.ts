import { askOf, type TaskKind, taskKinds } from '../domain/inside/processes';
import { type Policy, reviewTasks } from '../domain/outside/policy/policy';
import type { PolicyProblem } from './policy-problem';

/** Rows ascend and the last has no limit: every balance finds its authority (BL-3). */
export function amountRowProblems(table: string, rows: Policy['release']['rows']): readonly PolicyProblem[] {
  return rows.flatMap(({ upToFen }, index) => {
    const path = `${table}.${index}.upToFen`;
    const before = index === 0 ? -1 : (rows[index - 1]?.upToFen ?? null);
    if (index === rows.length - 1)
      return upToFen === null ? [] : [{ path, reason: 'the last row must have no limit (null)' }];
    if (upToFen === null) return [{ path, reason: 'only the last row may have no limit' }];
    return before !== null && upToFen <= before ? [{ path, reason: 'limits must ascend' }] : [];
  });
}

/** Rules are told apart by their names, and answers suit their tasks. */
export function nameProblems(policy: Policy): readonly PolicyProblem[] {
  const names = [...policy.reviews.rows, ...policy.reviews.waivers].map((row) => row.rule);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  return [
    ...(policy.reviews.rows.length === 0 ? [{ path: 'reviews.rows', reason: 'nobody would review any order' }] : []),
    ...twice.map((name) => ({ path: 'reviews', reason: `two rules are called ${name}` })),
    ...taskKinds.flatMap((kind) => {
      const { outcomes: offered, separateFrom, team: name } = policy.tasks[kind];
      return [
        ...(name !== undefined && policy.teams?.[name] === undefined
          ? [{ path: `tasks.${kind}.team`, reason: `there is no team ${name}` }]
          : []),
        ...(offered.length === 0 && askOf(kind)?.outcomes?.length !== 0
          ? [{ path: `tasks.${kind}.outcomes`, reason: 'nothing could ever answer this task' }]
          : []),
        ...(policy.tasks[kind].mustState !== undefined && !isReviewTask(kind)
          ? [{ path: `tasks.${kind}.mustState`, reason: 'only a review states a date or materials' }]
          : []),
        ...(separateFrom.includes(kind)
          ? [{ path: `tasks.${kind}.separateFrom`, reason: 'a task cannot exclude itself' }]
          : []),
      ];
    }),
  ];
}

const isReviewTask = (kind: TaskKind): boolean => (reviewTasks as readonly TaskKind[]).includes(kind);
