import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { roles } from '../../domain/inside/kernel/vocabulary';
import { roleWords } from '../../domain/inside/words';
import { fenOf } from '../money';
import { Problem } from '../problem';
import { grade, id, money, role, text } from '../schemas/basics';

/** One user as a file says him; columns that the file has not are undefined. */
export type UserRow = z.output<typeof userRow>;

/** What is wrong at one place of the file; rows are counted as a spreadsheet counts them, the header is row 1. */
export interface FileProblem {
  readonly row: number;
  readonly column: string;
  readonly reason: string;
}

/** Columns by either name; `limit…` are those of an approval limit (HT-11). */
const columns = {
  id: ['id', '工号'],
  name: ['name', '姓名'],
  email: ['email', '邮箱'],
  roles: ['roles', '角色'],
  superior: ['superior', '上级'],
  limitAmount: ['limitAmount', '审批金额'],
  limitDiscountBp: ['limitDiscountBp', '审批折扣'],
  limitGrades: ['limitGrades', '审批等级'],
} as const;
type Column = keyof typeof columns;
const required: readonly Column[] = ['id', 'name', 'roles'];

/** More people than this come in several files. */
const mostRows = 5000;

/** Who stands in a CSV file (MD-1), or every place that is wrong; as UTF-8, with or without a mark, or as GBK. */
export function readUserFile(content: Buffer): readonly UserRow[] {
  const [header = [], ...records] = recordsOf(textOf(content));
  const places = header.map((title) => columnOf(title));
  const problems: FileProblem[] = header.flatMap((title, index) => {
    const column = places[index];
    if (column === undefined) return [{ row: 1, column: title, reason: 'there is no such column' }];
    return places.indexOf(column) < index ? [{ row: 1, column, reason: 'this column stands twice' }] : [];
  });
  for (const column of required)
    if (!places.includes(column)) problems.push({ row: 1, column, reason: 'this column is missing' });
  if (records.length === 0) problems.push({ row: 1, column: 'id', reason: 'the file names nobody' });
  if (records.length > mostRows)
    problems.push({ row: mostRows + 2, column: 'id', reason: `a file may name ${mostRows}` });
  if (problems.length > 0) throw wrongFile(problems);
  const read = records.map((record, index) => readRow(record, { places, row: index + 2 }));
  const rows = read.flatMap((one) => ('user' in one ? [one.user] : []));
  const wrong = [...read.flatMap((one) => ('user' in one ? [] : one.problems)), ...twice(rows)];
  if (wrong.length > 0) throw wrongFile(wrong);
  return rows;
}

/** 400 with every place: row, column and reason; nothing of the file was taken. */
export function wrongFile(problems: readonly FileProblem[]): Problem {
  const told = problems.slice(0, mostTold);
  return new Problem({
    status: 400,
    code: 'invalid_file',
    detail: 'Nothing of the file was taken: every wrong place is named.',
    errors: told.map(({ row, column, reason }) => ({ field: `${row}.${column}`, code: 'invalid', message: reason })),
    also: { rows: told },
  });
}

const mostTold = 100;

function textOf(content: Buffer): string {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      // Takes the mark at the beginning away, if there is one.
      return new TextDecoder(encoding, { fatal: true }).decode(content);
    } catch {
      // Bytes that are no UTF-8 are GBK, or nothing.
    }
  }
  throw wrongFile([{ row: 1, column: 'id', reason: 'the file is neither UTF-8 nor GBK' }]);
}

function recordsOf(content: string): string[][] {
  try {
    return parse(content, { skip_empty_lines: true, trim: true, max_record_size: 100_000 });
  } catch (error) {
    const lines = error instanceof Error && 'lines' in error ? Number(error.lines) : 1;
    throw wrongFile([{ row: lines, column: 'id', reason: error instanceof Error ? error.message : 'this is no CSV' }]);
  }
}

const columnOf = (title: string): Column | undefined => {
  const [column] = Object.entries(columns).find(([, names]) => names.some((name) => name === title)) ?? [];
  return (Object.keys(columns) as Column[]).find((known) => known === column);
};

/** `sales;finance`, or the Chinese words: separated by ; 、 or |. */
const listOf = (cell: string): readonly string[] =>
  cell
    .split(/[;；、|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

const roleOf = (word: string): string => roles.find((known) => roleWords[known].zh === word) ?? word;

/** An empty cell takes away, a column that is not there changes nothing. */
const emptyIsNull = <Out>(schema: z.ZodType<Out, string>): z.ZodType<Out | null | undefined, string | undefined> =>
  z
    .string()
    .transform((cell) => (cell === '' ? null : cell))
    .pipe(schema.nullable())
    .optional();

const userRow = z.object({
  row: z.number(),
  id,
  name: text(100),
  email: emptyIsNull(z.email().max(200)),
  roles: z
    .string()
    .transform((cell): readonly string[] => [...new Set(listOf(cell).map(roleOf))])
    .pipe(z.array(role).min(1).readonly()),
  superior: emptyIsNull(id),
  limitAmount: emptyIsNull(
    z
      .string()
      .transform((amount) => ({ amount, currency: 'CNY' }))
      .pipe(money)
      .transform((amount) => fenOf(amount)),
  ),
  limitDiscountBp: emptyIsNull(z.string().transform(Number).pipe(z.int().min(0).max(10_000))),
  limitGrades: z
    .string()
    .transform((cell) => [...new Set(listOf(cell))])
    .pipe(z.array(grade))
    .optional(),
});

function readRow(
  record: readonly string[],
  { places, row }: { readonly places: readonly (Column | undefined)[]; readonly row: number },
): { readonly user: UserRow } | { readonly problems: readonly FileProblem[] } {
  const cells = Object.fromEntries(record.map((cell, index) => [places[index] ?? '', cell]));
  const parsed = userRow.safeParse({ ...cells, row });
  if (parsed.success) return { user: parsed.data };
  const problems = parsed.error.issues.map(({ path, message }) => ({
    row,
    column: String(path[0] ?? 'id'),
    reason: message,
  }));
  return {
    problems: problems.filter(({ column }, index) => problems.findIndex((one) => one.column === column) === index),
  };
}

function twice(rows: readonly UserRow[]): readonly FileProblem[] {
  const first = new Map<string, number>();
  return rows.flatMap((one) => {
    const before = first.get(one.id);
    if (before === undefined) first.set(one.id, one.row);
    return before === undefined ? [] : [{ row: one.row, column: 'id', reason: `stands in row ${before} already` }];
  });
}

/** The limit that a row sets: undefined where the file has no such columns, null where they are empty. */
export function limitOf({ limitAmount, limitDiscountBp, limitGrades }: UserRow) {
  if (limitAmount === undefined && limitDiscountBp === undefined && limitGrades === undefined) return undefined;
  const [amountFen, discountBp, grades] = [limitAmount ?? null, limitDiscountBp ?? null, limitGrades ?? []];
  return amountFen === null && discountBp === null && grades.length === 0 ? null : { amountFen, discountBp, grades };
}
