import { nextAlarm, openTasks } from '../../../domain/inside/kernel/worklist/worklist';
import { type Evidence, orderNoOf } from './evidence';
import { dossierOf } from './folded';
import type { Violation } from './violation';

/** S4, S5 and rule 6: every order ended or waits for somebody; no part ended by itself; no operator is needed; the API was never at a loss. */
export function checkStuck({ runs, endings, tables, deaths, journal }: Evidence): readonly Violation[] {
  const stuck = (invariant: string, subject: string, says: string): Violation => ({
    invariant,
    subject,
    says,
    counts: 'stuck',
  });
  const held = new Set(
    runs
      .filter(
        ({ closed, dossier }) =>
          !closed && (openTasks(dossier.worklist).length > 0 || nextAlarm(dossier.worklist) !== undefined),
      )
      .map(({ workflowId }) => orderNoOf(workflowId)),
  );
  return [
    ...endings
      .filter(({ how }) => how === 'blocked')
      .map(({ orderNo, story, says }) => stuck('S4', orderNo, `${story}: ${says}`)),
    ...runs.flatMap(({ workflowId, type, closed, dossier }) =>
      type !== 'order' || closed || held.has(orderNoOf(workflowId)) || dossier.waitingFor.length > 0
        ? []
        : [stuck('S5', workflowId, `nobody holds the ball in ${dossier.status}`)],
    ),
    ...runs.flatMap(({ workflowId, type, closed, dossier }) =>
      type === 'order' && closed !== (dossierOf(dossier).closing.ended !== undefined)
        ? [stuck('S4', workflowId, 'is closed and its dossier is not')]
        : [],
    ),
    ...(tables['incidents'] ?? []).map((row) =>
      stuck('incident', String(row['orderNo']), `${String(row['kind'])}: ${JSON.stringify(row['detail'])}`),
    ),
    ...deaths.map((says) => ({ invariant: 'rule 6', subject: 'process', says })),
    ...journal.flatMap((entry): readonly Violation[] =>
      entry.what === 'answered' && entry.status === 503 && entry.retryAfter === null
        ? [
            {
              invariant: 'problem details',
              subject: entry.key,
              says: `${entry.path} was answered 503 without Retry-After`,
            },
          ]
        : [],
    ),
    ...journal.flatMap((entry): readonly Violation[] =>
      entry.what === 'answered' && entry.status === 500
        ? [{ invariant: 'problem details', subject: entry.key, says: `${entry.path} was answered 500` }]
        : [],
    ),
    ...journal.flatMap((entry): readonly Violation[] =>
      entry.what === 'answered' && [400, 401, 403].includes(entry.status)
        ? [
            {
              invariant: 'clients',
              subject: entry.key,
              says: `${entry.path} was answered ${entry.status}: ${JSON.stringify(entry.body).slice(0, 300)}`,
            },
          ]
        : [],
    ),
  ];
}
