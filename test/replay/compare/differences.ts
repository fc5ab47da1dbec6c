import type { Recorded } from '../recording';
import { outcomeOf, type Outcome } from './outcome';
import { rowDifferences } from './row-differences';

/** The recording of one scenario: its workflows, by their names (`order`, `shipment-S1`). */
export type Recording = Readonly<Record<string, Recorded>>;

/** What became of a scenario otherwise than before, one sentence for each; none where both recordings come to the same. */
export function differences(before: Recording, after: Recording): readonly string[] {
  const workflows = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return workflows.flatMap((workflow) => {
    const [old, current] = [before[workflow], after[workflow]];
    const found =
      old === undefined || current === undefined
        ? [old === undefined ? 'is new' : 'is missing']
        : ofWorkflow(old, current);
    return found.map((line) => `${workflow} ${line}`);
  });
}

function ofWorkflow(before: Recorded, after: Recorded): readonly string[] {
  const current = outcomeOf(after);
  const old = outcomeOrReason(before);
  return typeof old === 'string'
    ? [`cannot be compared, its old facts make no rows any more: ${old}`]
    : between(old, current);
}

/** The facts of an older recording may have a shape that today's rows are not made from. */
function outcomeOrReason(recorded: Recorded): Outcome | string {
  try {
    return outcomeOf(recorded);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function between(before: Outcome, after: Outcome): readonly string[] {
  const tables = [...new Set([...Object.keys(before.tables), ...Object.keys(after.tables)])];
  return [
    ...(before.end === after.end ? [] : [`end was ${before.end}, is ${after.end}`]),
    ...statusDifferences(before.statuses.join(' > '), after.statuses.join(' > ')),
    ...tables.flatMap((table) =>
      rowDifferences(before.tables[table] ?? [], after.tables[table] ?? []).map((line) => `${table} ${line}`),
    ),
  ];
}

const statusDifferences = (before: string, after: string): readonly string[] =>
  before === after ? [] : [`statuses were ${before}`, `statuses are  ${after}`];
