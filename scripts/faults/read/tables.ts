import { onDatabase } from '../../servers/on-database';
import type { Row, Tables } from '../check/evidence';

/** What filings write: the tables that a history makes anew. */
export const readModel = [
  'orders',
  'facts',
  'tasks',
  'task_events',
  'notices',
  'payments',
  'charges',
  'allocations',
  'shipments',
  'shipment_lines',
  'collections',
  'purchase_orders',
  'production_orders',
  'ledger_entries',
  'ledger_legs',
];

const all = [
  ...readModel,
  'inbox',
  'stock_batches',
  'stock_requests',
  'stock_reservations',
  'stock_movements',
  'customers',
  'customer_suspensions',
  'credit_reservations',
  'incidents',
  'idempotency_keys',
  'order_lines',
  'items',
  'suppliers',
];

/** Lines of a task's history that people leave by looking; no workflow knows of them. */
const byLooking = `kind not in (
  'seen', 'claimed', 'unclaimed', 'answered_by_link', 'followed_up', 'copied', 'nudged', 'without_candidates', 'manned')`;

/** Notices that no history causes: people call each other, and the worker calls whoever has to stand in. */
const byCalling = `template not in ('task.nudged', 'task.copied', 'note.mentioned', 'task.without_candidates')`;

const conditions: Readonly<Record<string, string>> = { task_events: byLooking, notices: byCalling };

/** The tables of a database, as of one instant, as JSON. */
export async function readTables(url: string, tables: readonly string[] = all): Promise<Tables> {
  return onDatabase(url, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    const read: Record<string, readonly Row[]> = {};
    for (const table of tables) {
      const where = conditions[table] ?? 'true';
      const { rows } = await client.query<{ row: Row }>(`select to_jsonb(t) as row from ${table} t where ${where}`);
      read[table] = rows.map(({ row }) => row);
    }
    await client.query('commit');
    return read;
  });
}
