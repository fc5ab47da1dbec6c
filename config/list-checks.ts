import { parseDuration } from '../domain/outside/policy/duration';
import { largestTotalFen } from '../domain/outside/intake/amounts';
import type { RungAction } from '../domain/inside/kernel/ladder';
import type { LadderRow, Policy } from '../domain/outside/policy/policy';
import { neverRaised } from '../domain/outside/policy/policy-check';
import type { PolicyProblem } from './policy-problem';

/** Rows and names of a policy's lists that change nothing, because of what else stands in their list (GV-3). */
export const listProblems = (policy: Policy): readonly PolicyProblem[] => [
  ...repeated(policy, ''),
  ...amountProblems('release.rows', policy.release.rows, largestTotalFen),
  // What exceeds a limit is made of many orders: nothing bounds it.
  ...amountProblems('credit.specialBy', policy.credit.specialBy, Number.MAX_SAFE_INTEGER),
  ...raisedProblems(policy),
  ...areaProblems(policy.flags.remoteAreas),
  ...onceProblems('collection.ladder', policy.collection.ladder, ['suspend', 'legal']),
  ...onceProblems('clocks.deposit', policy.clocks.deposit, ['call']),
  ...silenceProblems(policy.clocks.transit),
  ...Object.entries(policy.teams ?? {}).flatMap(([name, { cutOff }]) =>
    cutOff === '24:00' ? [{ path: `teams.${name}.cutOff`, reason: 'nothing comes in later than 24:00' }] : [],
  ),
];

/** Nothing stands twice in a list, but for slots: two of a role sign in two of them. */
function repeated(value: unknown, path: string): readonly PolicyProblem[] {
  if (typeof value !== 'object' || value === null) return [];
  const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
  const inside = Object.entries(value).flatMap(([key, one]) => repeated(one, at(key)));
  if (!Array.isArray(value) || path.endsWith('.slots')) return inside;
  const items = value.map(shown);
  const again = items.flatMap((item, index) =>
    items.indexOf(item) < index
      ? [{ path: at(String(index)), reason: `stands in the list already, at ${items.indexOf(item)}` }]
      : [],
  );
  return [...again, ...inside];
}

/** Rows are the same if they take effect the same: whatever the order of their fields, and however their time is written. */
function shown(value: unknown): string {
  return JSON.stringify(value, (key, one: unknown) => {
    if (key === 'after' && typeof one === 'string') return parseDuration(one);
    return typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.fromEntries(sorted(one)) : one;
  });
}

const sorted = (value: object): readonly [string, unknown][] =>
  Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));

/** The first row that covers an amount names who may: one beyond every amount leaves nothing to those below it. */
function amountProblems(table: string, rows: Policy['release']['rows'], largestFen: number): readonly PolicyProblem[] {
  return rows.flatMap(({ upToFen, role }, index) => {
    if (upToFen === null) return [];
    const next = rows[index + 1];
    return [
      ...(upToFen >= largestFen
        ? [{ path: `${table}.${index}.upToFen`, reason: 'no order comes to more: the rows below it could never act' }]
        : []),
      ...(next?.role === role
        ? [{ path: `${table}.${index}.role`, reason: 'the next row names the same role: this limit decides nothing' }]
        : []),
    ];
  });
}

/** A flag is raised by something, and what says when it is raised belongs to one that is. */
function raisedProblems(policy: Policy): readonly PolicyProblem[] {
  const { raised, remoteAreas, priceUnlikeLastBp, discountWithoutPromotionBp } = policy.flags;
  const unused = (path: string, ...flags: Policy['flags']['raised']) =>
    flags.some((flag) => raised.includes(flag))
      ? []
      : [
          {
            path: `flags.${path}`,
            reason: `says when ${flags.join(' or ')} is raised, which flags.raised does not name`,
          },
        ];
  return [
    ...raised.flatMap((flag, index) => {
      const because = neverRaised(policy, flag);
      return because === undefined
        ? []
        : [{ path: `flags.raised.${index}`, reason: `${flag} is never raised: ${because}` }];
    }),
    ...(remoteAreas.length === 0 ? [] : unused('remoteAreas', 'remote_area')),
    ...(priceUnlikeLastBp === undefined ? [] : unused('priceUnlikeLastBp', 'price_unlike_last_deals')),
    ...(discountWithoutPromotionBp === undefined
      ? []
      : unused('discountWithoutPromotionBp', 'discount_unexplained', 'promotion_invalid')),
  ];
}

/** Areas are beginnings of names: 新 leaves nothing to 新疆, and no name begins with a space. */
const areaProblems = (areas: readonly string[]): readonly PolicyProblem[] =>
  areas.flatMap((area, index) => {
    const path = `flags.remoteAreas.${index}`;
    const wider = areas.find((other) => other !== area && area.startsWith(other));
    return [
      ...(area === area.trim() ? [] : [{ path, reason: 'begins or ends with a space: no name does' }]),
      ...(wider === undefined ? [] : [{ path, reason: `every name that begins so begins with ${wider}, too` }]),
    ];
  });

/** What stays in force until the wait ends is not begun again by a second rung. */
function onceProblems(
  path: string,
  ladder: readonly LadderRow[],
  actions: readonly RungAction[],
): readonly PolicyProblem[] {
  return ladder.flatMap((row, index) =>
    actions.includes(row.do) && ladder.slice(0, index).some((earlier) => earlier.do === row.do)
      ? [{ path: `${path}.${index}.do`, reason: `"${row.do}" is in force already, by a rung above` }]
      : [],
  );
}

/** From the call on somebody looks after it, and the wait begins anew with the carrier's next word. */
const silenceProblems = (ladder: readonly LadderRow[]): readonly PolicyProblem[] =>
  ladder.flatMap((row, index) =>
    row.do === 'call' && index < ladder.length - 1
      ? [{ path: `clocks.transit.${index}`, reason: 'nothing can follow once somebody is to call' }]
      : [],
  );
