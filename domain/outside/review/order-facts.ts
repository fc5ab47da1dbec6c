import type { Considered } from '../intake/considered';
import type { Flag } from '../policy/flags';
import type { OrderFacts } from '../policy/policy';

/** What the rules see. An order without a complete line has no known amount: rules about it fail closed (HT-16). */
export function orderFacts(seen: Considered, flags: readonly Flag[]): OrderFacts {
  const { intake, grade, totals, complete } = seen;
  const discountBp = highestDiscountBp(seen);
  return {
    grade,
    channel: intake.channel,
    kind: intake.kind,
    flags: flags.map(({ flag }) => flag),
    ...(discountBp === undefined
      ? {}
      : {
          totalFen: totals.totalFen,
          discountBp,
          hasMade: complete.lines.some(({ item }) => item.supply === 'make'),
          isRepeat: complete.lines.every(({ item }) => item.usualQuantity !== null),
        }),
  };
}

/** The highest discount of any line; undefined while a line is not complete. */
export const highestDiscountBp = ({ intake, complete: { lines } }: Considered): number | undefined =>
  lines.length === 0 || lines.length < intake.lines.length
    ? undefined
    : Math.max(...lines.map(({ discountBp }) => discountBp));
