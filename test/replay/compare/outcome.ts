import type { Filing } from '../../../domain/inside/filing';
import { rowsOf, type Rows } from '../../../domain/outside/filing/rows-of';
import type { Recorded } from '../recording';
import { comparableRow, type Row } from './comparable';
import { statusesOf } from './statuses';

/** What became of one workflow of a recorded story, without ids, sequence numbers and instants. */
export interface Outcome {
  readonly end: string;
  readonly statuses: readonly string[];
  /** What the database would hold of it, by table; the order of the rows means nothing. */
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

export const outcomeOf = ({ end, filings }: Recorded): Outcome => ({
  end,
  statuses: statusesOf(filings),
  tables: tablesOf(filings),
});

function tablesOf(filings: readonly Filing[]): Outcome['tables'] {
  const filing = atOnce(filings);
  return filing === undefined ? {} : comparableTables(rowsOf(filing));
}

/** How facts fall into batches is chance: their rows are those that they make when all of them are filed at once. */
function atOnce(filings: readonly Filing[]): Filing | undefined {
  const [first] = filings;
  const last = filings.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const tasks = new Map(filings.flatMap((filing) => filing.tasks.map((task) => [task.id, task])));
  return {
    ...last,
    firstSeq: first.firstSeq,
    facts: filings.flatMap(({ facts }) => facts),
    postings: filings.flatMap(({ postings }) => postings),
    tasks: [...tasks.values()],
  };
}

/** A fact's body is left out: what it means is in the other rows, and its fields may get other names. */
function comparableTables(rows: Rows): Outcome['tables'] {
  const { facts, tasks, history, notices, payments, reversals, purchases, productions, progress } = rows;
  const { charges, chargesStand, allocations, shipmentLines } = rows;
  const tables = {
    summary: [rows.summary],
    facts: facts.map(({ body: _body, ...row }) => row),
    tasks,
    history,
    notices,
    payments,
    reversals,
    charges,
    chargesStand: chargesStand ?? [],
    allocations: allocations ?? [],
    shipmentLines,
    postings: rows.entries.map((entry) => ({
      ...entry,
      legs: rows.legs.filter(({ entryKey }) => entryKey === entry.key).map((leg) => [leg.account, leg.amountFen]),
    })),
    purchases,
    productions,
    progress,
  };
  return Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, table.map(comparableRow)]));
}
