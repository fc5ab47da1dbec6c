import type { Clock } from '../ladder';
import { nextRung } from '../ladder';
import type { Said } from '../shape';
import type { Instant } from '../vocabulary';
import { wouldDoNothing } from './escalation';
import type { worklistFacts } from './facts';
import { clockOf, nextAlarm, taskOf, type Worklist } from './worklist';

type RungReached = { readonly kind: 'rungReached' } & Said<(typeof worklistFacts)['rungReached']>;

/**
 * The rung that is due at `now`, as the fact to note; undefined when none is. One at a time: the first may change the rest.
 * `ringsOnce` names the clocks of which only the highest rung that is due tells anybody, however late it is looked at (DN-1).
 */
export function dueRung(
  worklist: Worklist,
  now: Instant,
  ringsOnce: (clock: string) => boolean = () => false,
): RungReached | undefined {
  const alarm = nextAlarm(worklist);
  if (alarm === undefined || alarm.at > now) return undefined;
  const clock = clockOf(worklist, alarm.of);
  const rung = clock && nextRung(clock);
  if (clock === undefined || rung === undefined) return undefined;
  const isPassedOver =
    (ringsOnce(alarm.of) && higherIsDue(clock, now)) || wouldDoNothing(taskOf(worklist, alarm.of), rung);
  return {
    kind: 'rungReached',
    of: alarm.of,
    rung: clock.rung,
    do: rung.do,
    to: rung.to,
    ...(rung.notice === undefined ? {} : { notice: rung.notice }),
    ...(isPassedOver ? { passedOver: true as const } : {}),
  };
}

function higherIsDue({ rungs, rung }: Clock, now: Instant): boolean {
  const at = rungs[rung]?.at ?? now;
  return rungs.some((higher) => at < higher.at && higher.at <= now);
}
