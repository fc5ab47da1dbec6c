import { addCivilDays } from '../../inside/kernel/calendar';
import type { CivilDate } from '../../inside/kernel/vocabulary';
import { parseDuration } from '../policy/duration';
import type { Policy } from '../policy/policy';
import type { OrderIntake } from './order-intake';

/** How far before its entry a fact may have happened (HG-4). */
export function backdatingSeconds({ backdating }: Pick<Policy, 'backdating'>): number {
  const length = parseDuration(backdating);
  return length.kind === 'workingDays' ? length.days * 86_400 : length.seconds;
}

/** An order may have been taken before it is entered, as long as policy lets facts be late; else it is of the day it is entered (HG-4). */
export function dayOfOrder({ orderedOn }: OrderIntake, policy: Policy, today: CivilDate): CivilDate {
  const earliest = addCivilDays(today, -Math.ceil(backdatingSeconds(policy) / 86_400));
  return orderedOn === undefined || orderedOn > today || orderedOn < earliest ? today : orderedOn;
}
