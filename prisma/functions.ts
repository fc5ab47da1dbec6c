import type { Client } from 'pg';
import type { FunctionFile } from './migration-files';

/**
 * Functions and triggers are not migrated: the files of prisma/functions/ say what they are now. `_functions` keeps what was made
 * of each file. See docs/decisions/functions-are-files.md.
 */
export async function functionsDiffer(client: Client, files: readonly FunctionFile[]): Promise<boolean> {
  await client.query(`create table if not exists "_functions" (
    "file" text primary key,
    "checksum" text not null,
    "made" text[] not null,
    "at" timestamptz not null default now()
  )`);
  const { rows } = await client.query<{ file: string; checksum: string }>(
    `select file, checksum from "_functions" order by file`,
  );
  const [made, wanted] = [rows, files.map(({ name, checksum }) => ({ file: name, checksum }))];
  return JSON.stringify(made) !== JSON.stringify(wanted);
}

/** Takes away what the files made before, triggers first, and nothing else: a function of somebody else's is not ours to drop. */
export async function removeFunctions(client: Client): Promise<void> {
  const { rows: functions } = await client.query<{ oid: string; name: string }>(
    `select distinct p.oid::text, p.oid::regprocedure::text as name from "_functions" f, unnest(f.made) as one, pg_proc p
      where p.oid = to_regprocedure(one)`,
  );
  const { rows: triggers } = await client.query<{ drop: string }>(
    `select format('drop trigger %I on %s', tgname, tgrelid::regclass) as drop from pg_trigger
      where not tgisinternal and tgfoid = any ($1::oid[])`,
    [functions.map(({ oid }) => oid)],
  );
  for (const trigger of triggers) await client.query(trigger.drop);
  for (const { name } of functions) await client.query(`drop function ${name}`);
  await client.query(`delete from "_functions"`);
}

/** Makes what the files say. What a file made is found by looking before and after: nobody has to keep a list. */
export async function addFunctions(client: Client, files: readonly FunctionFile[]): Promise<void> {
  for (const { name, sql, checksum } of files) {
    const before = await functionsHere(client);
    try {
      await client.query(sql);
    } catch (error) {
      throw new Error(`The functions of ${name} failed, and all was undone: ${String(error)}`, { cause: error });
    }
    const made = (await functionsHere(client)).filter((each) => !before.includes(each));
    await client.query(`insert into "_functions" (file, checksum, made) values ($1, $2, $3)`, [name, checksum, made]);
  }
}

async function functionsHere(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select oid::regprocedure::text as name from pg_proc where pronamespace = current_schema()::regnamespace`,
  );
  return rows.map(({ name }) => name);
}
