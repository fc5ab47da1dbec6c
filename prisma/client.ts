import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from './generated/client';
import { preparedName, withPreparedStatements } from './prepared-statements';

export interface DatabaseLimits {
  /** Connections at most. For a worker: no fewer than its activity slots, one per call (invariants, rule 4). */
  readonly poolSize: number;
  /** How long a call waits for a connection of the pool. */
  readonly connectWithinMs: number;
  /** Longest statement. Filings take a millisecond, pages some tens; what takes seconds is lost. */
  readonly statementTimeoutMs: number;
  /** Longest wait for a lock: rows are locked for one statement. Shorter than the statement's, to be told apart. */
  readonly lockTimeoutMs: number;
  /** A client that opened a transaction and went silent must not hold its locks. */
  readonly idleInTransactionTimeoutMs: number;
  /** How long a connection is kept that nobody uses. A new one signs in and plans every statement anew: a few milliseconds of CPU. */
  readonly keepIdleMs: number;
  /**
   * Statements are planned once per connection, whatever their values: for those whose plan does not depend on them. PostgreSQL
   * plans a prepared statement anew five times before it considers that, and a filing has many parts to plan.
   */
  readonly plansOnce: boolean;
}

const defaults: DatabaseLimits = {
  poolSize: 10,
  connectWithinMs: 5_000,
  statementTimeoutMs: 10_000,
  lockTimeoutMs: 5_000,
  idleInTransactionTimeoutMs: 10_000,
  keepIdleMs: 600_000,
  plansOnce: false,
};

/** A Prisma client on its own bounded pool. Connects on first use; `$disconnect()` ends the pool. */
export function createPrismaClient(databaseUrl: string, limits: Partial<DatabaseLimits> = {}): PrismaClient {
  const within = { ...defaults, ...limits };
  const pool = new Pool({
    connectionString: databaseUrl,
    max: within.poolSize,
    connectionTimeoutMillis: within.connectWithinMs,
    statement_timeout: within.statementTimeoutMs,
    lock_timeout: within.lockTimeoutMs,
    idle_in_transaction_session_timeout: within.idleInTransactionTimeoutMs,
    idleTimeoutMillis: within.keepIdleMs,
    ...(within.plansOnce ? { options: '-c plan_cache_mode=force_generic_plan' } : {}),
  });
  // The pool drops a connection that breaks while nobody uses it; whoever asks next gets a new one, or hears the error.
  pool.on('error', () => undefined);
  const adapter = new PrismaPg(pool, { statementNameGenerator: preparedName });
  return withPreparedStatements(new PrismaClient({ adapter }), pool);
}
