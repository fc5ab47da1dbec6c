import type { Client } from 'pg';
import { Trouble } from '../scripts/servers/trouble';
import { nameOf } from './made-by';

/**
 * What the role of API and worker may do, given anew by every upgrade: read and add rows everywhere, change them where a row changes in
 * the course of business, delete them where the product does. It owns nothing: it cannot make, alter or drop a table, disable a
 * trigger or empty a table. See docs/decisions/two-roles.md.
 */
export async function grantRights(client: Client, ownerUrl: string, applicationUrl: string): Promise<void> {
  const role = roleOf(applicationUrl);
  requireOneDatabase(ownerUrl, applicationUrl);
  if (role.name === roleOf(ownerUrl).name) return; // one role for all: there is nothing to give (mightOf)
  await ensureRole(client, role);
  const name = client.escapeIdentifier(role.name);
  for (const statement of await statementsFor(client, name)) await client.query(statement);
}

/** Rows are added and never changed. */
const addedOnly = new Set([
  'calendar_versions',
  'facts',
  'ledger_entries',
  'ledger_legs',
  'organisation_changes',
  'policy_versions',
  'shipment_lines',
  'stock_movements',
  'task_events',
]);

/** Rows are deleted: a role or a limit that is taken away, a file whose message was refused, a refusal of credit that is over. */
const deletedToo = new Set(['approval_limits', 'attachments', 'credit_refusals', 'user_roles']);

async function statementsFor(client: Client, role: string): Promise<readonly string[]> {
  const { rows: about } = await client.query<{ database: string; schema: string }>(
    'select quote_ident(current_database()) as database, quote_ident(current_schema()) as schema',
  );
  const { database = '', schema = '' } = about[0] ?? {};
  const { rows: owned } = await client.query<{ name: string; quoted: string; isTable: boolean }>(
    `select relname as name, oid::regclass::text as quoted, relkind in ('r', 'p') as "isTable" from pg_class
      where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p', 'S') and pg_has_role(relowner, 'usage')`,
  );
  const { rows: functions } = await client.query<{ name: string }>('select unnest(made) as name from "_functions"');
  return [
    `revoke temporary on database ${database} from public`,
    `grant connect on database ${database} to ${role}`,
    `revoke create on schema ${schema} from public, ${role}`,
    `grant usage on schema ${schema} to ${role}`,
    ...owned.flatMap(({ name, quoted, isTable }) => [
      `revoke all on ${isTable ? 'table' : 'sequence'} ${quoted} from ${role}`,
      ...(isTable ? tableRights(name, quoted, role) : [`grant usage on sequence ${quoted} to ${role}`]),
    ]),
    ...functions.map(({ name }) => `grant execute on function ${name} to ${role}`),
  ];
}

function tableRights(name: string, quoted: string, role: string): readonly string[] {
  // The notes of the migrations; whoever starts reads which version made the database.
  if (name.startsWith('_')) return name === '_prisma_migrations' ? [`grant select on ${quoted} to ${role}`] : [];
  const rights = [
    'select',
    'insert',
    ...(addedOnly.has(name) ? [] : ['update']),
    ...(deletedToo.has(name) ? ['delete'] : []),
  ];
  return [`grant ${rights.join(', ')} on ${quoted} to ${role}`];
}

/** Made on first use, with the password of its address. One that is there is left as it is: its password is changed by hand. */
async function ensureRole(client: Client, { name, password }: Role): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  if (rowCount !== 0) return;
  try {
    await client.query(
      `create role ${client.escapeIdentifier(name)} login nosuperuser nocreatedb nocreaterole password ${client.escapeLiteral(password)}`,
    );
  } catch (error) {
    throw new Trouble(
      `The role ${name} of DATABASE_URL cannot be made (${error instanceof Error ? error.message : String(error)}): ` +
        'make it by hand, or let the role of DATABASE_OWNER_URL create roles.',
    );
  }
}

interface Role {
  readonly name: string;
  readonly password: string;
}

function roleOf(databaseUrl: string): Role {
  const { username, password } = new URL(databaseUrl);
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
}

/** Rights in another database than the one that is served would be of no use, and nobody would notice. */
function requireOneDatabase(ownerUrl: string, applicationUrl: string): void {
  const [owners, applications] = [nameOf(ownerUrl), nameOf(applicationUrl)];
  if (owners !== applications)
    throw new Trouble(`DATABASE_URL and DATABASE_OWNER_URL must name one database: ${applications}; ${owners}.`);
}

/** Why a connection may do more than the application should; undefined when it may not. */
export async function mightOf(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ role: string; isMighty: boolean }>(
    `select current_user as role, rolsuper or has_schema_privilege(current_schema(), 'create')
            or has_table_privilege('facts', 'update, delete, truncate, trigger') as "isMighty"
       from pg_roles where rolname = current_user`,
  );
  const [found] = rows;
  if (found?.isMighty !== true) return undefined;
  return (
    `The role ${found.role} of DATABASE_URL owns the tables and may change what must not change: give the application a role of its own ` +
    'and the owner to DATABASE_OWNER_URL (docs/operations.md, "Two roles").'
  );
}
