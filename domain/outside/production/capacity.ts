import type { Supply } from '../../inside/intake/terms';
import { addWorkingCivilDays, type Calendar } from '../../inside/kernel/calendar';
import type { CivilDate } from '../../inside/kernel/vocabulary';

/** 产能: what a production line makes a working day, from a day on until its next row. */
interface LineCapacity {
  readonly line: string;
  readonly piecesPerDay: number;
  readonly fromOn: CivilDate;
}

/** What production can do and what it has to do already (RV-3). */
export interface CapacityNow {
  /** None: nobody has said what production can do, so nothing is said about dates either. */
  readonly lines: readonly LineCapacity[];
  /** What open orders still have to have made, by the day for which they are promised. */
  readonly owed: readonly { readonly dueOn: CivilDate; readonly pieces: number }[];
}

/** How an order fits in. */
export interface CapacityFit {
  /** Pieces that have to be made for it. */
  readonly neededPieces: number;
  /** The first day by whose end they are made and no open order is late for it; null: not within four years of work. */
  readonly firstPossibleOn: CivilDate | null;
  /** By the end of a day: what could be made for it without making an open order late. */
  readonly freePiecesBy: (day: CivilDate) => number;
}

interface Made {
  readonly quantity: number;
  readonly item: { readonly id: string; readonly supply: Supply; readonly availableNow: number | null };
}

/** Undefined: nothing is made for the order, or capacity is not known. What is in stock is not made (AL-1). */
export function capacityFit(
  capacity: CapacityNow,
  lines: readonly Made[],
  { today, calendar }: { readonly today: CivilDate; readonly calendar: Calendar },
): CapacityFit | undefined {
  const neededPieces = piecesToMake(lines);
  if (capacity.lines.length === 0 || neededPieces === 0) return undefined;
  const days = freeByDay(capacity, { today, calendar });
  const first = days.find(({ free }) => free >= neededPieces);
  return {
    neededPieces,
    firstPossibleOn: first?.day ?? null,
    freePiecesBy: (day) => Math.max(0, days.findLast((one) => one.day <= day)?.free ?? 0),
  };
}

function piecesToMake(lines: readonly Made[]): number {
  const made = new Map<string, number>();
  for (const { item, quantity } of lines)
    if (item.supply === 'make') made.set(item.id, (made.get(item.id) ?? -(item.availableNow ?? 0)) + quantity);
  return [...made.values()].reduce((sum, pieces) => sum + Math.max(0, pieces), 0);
}

/** About four years: whoever waits longer is talked to. */
const mostDays = 1000;

/**
 * Working days after today, each with the pieces that are free by its end; of today nobody knows how much is left. An order that is
 * due later may be made later, so what is free by a day is the least that is left by any day from it on.
 */
function freeByDay(
  { lines, owed }: CapacityNow,
  { today, calendar }: { readonly today: CivilDate; readonly calendar: Calendar },
): readonly { readonly day: CivilDate; readonly free: number }[] {
  const days: { day: CivilDate; free: number }[] = [];
  let day = today;
  let made = 0;
  while (days.length < mostDays) {
    day = addWorkingCivilDays(calendar, day, 1);
    made += piecesOn(lines, day);
    days.push({ day, free: made - owedBy(owed, day) });
  }
  let least = Infinity;
  for (const one of days.toReversed()) {
    least = Math.min(least, one.free);
    one.free = least;
  }
  return days;
}

const piecesOn = (lines: readonly LineCapacity[], day: CivilDate): number =>
  lines
    .filter(({ fromOn }) => fromOn <= day)
    .filter((row, _index, begun) => !begun.some(({ line, fromOn }) => line === row.line && fromOn > row.fromOn))
    .reduce((sum, { piecesPerDay }) => sum + piecesPerDay, 0);

const owedBy = (owed: CapacityNow['owed'], day: CivilDate): number =>
  owed.reduce((sum, { dueOn, pieces }) => (dueOn <= day ? sum + pieces : sum), 0);
