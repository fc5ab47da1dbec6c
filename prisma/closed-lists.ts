import type { Client } from 'pg';
import { orderStatuses } from '../domain/inside/kernel/vocabulary';

/** A column that holds one of a closed list of words. Its check is named for table and column. */
export interface ClosedList {
  readonly table: string;
  readonly column: string;
  readonly words: readonly string[];
}

/** The lists that the code says: a word that is added there needs no migration. */
export const closedLists: readonly ClosedList[] = [{ table: 'orders', column: 'status', words: orderStatuses }];

/** Makes each check say the words of the code, where it says others. Answers which it made anew. */
export async function renewClosedLists(client: Client, lists: readonly ClosedList[]): Promise<readonly string[]> {
  const renewed: string[] = [];
  for (const { table, column, words } of lists) {
    const check = checkOf({ table, column });
    const known = await wordsKnown(client, { table, column });
    if (words.length === known.length && words.every((word) => known.includes(word))) continue;
    const [of, name, what] = [table, check, column].map((one) => client.escapeIdentifier(one));
    const list = words.map((word) => client.escapeLiteral(word)).join(', ');
    await client.query(
      `alter table ${of} drop constraint if exists ${name}, add constraint ${name} check (${what} in (${list}))`,
    );
    renewed.push(check);
  }
  return renewed;
}

/** Whether the database takes every word that this program may write; a newer version's may take more. */
export async function takesEveryWord(client: Client): Promise<boolean> {
  for (const list of closedLists) {
    const known = await wordsKnown(client, list);
    if (!list.words.every((word) => known.includes(word))) return false;
  }
  return true;
}

type Place = Pick<ClosedList, 'table' | 'column'>;

const checkOf = ({ table, column }: Place): string => `${table}_${column}`;

/** The words of the check as it stands: PostgreSQL writes it as `CHECK ((status = ANY (ARRAY['on_hold'::text, …])))`. */
async function wordsKnown(client: Client, place: Place): Promise<readonly string[]> {
  const { rows } = await client.query<{ definition: string }>(
    `select pg_get_constraintdef(oid) as definition from pg_constraint
      where connamespace = current_schema()::regnamespace and conrelid = to_regclass(quote_ident($1)) and conname = $2`,
    [place.table, checkOf(place)],
  );
  const quoted = [...(rows[0]?.definition ?? '').matchAll(/'((?:[^']|'')*)'::text/g)];
  return quoted.map(([, word = '']) => word.replaceAll("''", "'"));
}
