import { loadPolicy } from '../../config/load-policy';
import type { Policy } from '../../domain/outside/policy/policy';

/** The policy that fault runs play under; its name in the database. */
export const faultPolicy = 'faults';

type LadderRow = Policy['collection']['ladder'][number];

/**
 * The demo's rules with reminders four times as far apart: a server takes seconds to come back, and a run would otherwise
 * be little but reminders. Ends that the stories wait for stay short.
 */
export function faultPolicyDocument(): object {
  const { policy: demo } = loadPolicy('demo');
  const stretched = (rows: readonly LadderRow[]): readonly LadderRow[] =>
    rows.map((row) => ({ ...row, after: row.do === 'lapse' ? 'PT30S' : fourfold(row.after) }));
  const each = <Before, After>(table: Readonly<Record<string, Before>>, change: (row: Before) => After) =>
    Object.fromEntries(Object.entries(table).map(([name, row]) => [name, change(row)]));
  return {
    ...demo,
    name: faultPolicy,
    // The promotion that orders name is a canary, which no table knows.
    flags: { ...demo.flags, raised: demo.flags.raised.filter((flag) => flag !== 'promotion_invalid') },
    // As it is stored: orders keep the version that the document says.
    version: 1,
    clocks: each(demo.clocks, stretched),
    tasks: each(demo.tasks, (task) => ({ ...task, due: fourfold(task.due), ladder: stretched(task.ladder) })),
    confirmedAfter: 'PT4S',
    archivedAfter: 'PT6S',
    unclaimedAfter: 'PT20S',
  };
}

/** `PT3S` becomes `PT12S`. */
function fourfold(duration: string): string {
  const seconds = /^PT(\d+)S$/.exec(duration)?.[1];
  return seconds === undefined ? duration : `PT${4 * Number(seconds)}S`;
}
