import { ApplicationFailure } from '@temporalio/common';
import { DatabaseError } from 'pg';
import type { LastingFault } from '../domain/outside/filing/lasting-faults';

/** Runs a piece of work; what the database refused for good becomes a failure that is not retried, the rest is thrown on. */
export async function orLastingFault<T>(
  work: () => Promise<T>,
  report: (failure: ApplicationFailure) => void,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = asLastingFault(error);
    if (failure === undefined) throw error;
    report(failure);
    throw failure;
  }
}

/** A failure that no retry cures. The message says what was refused; keys and numbers, no personal data. */
export function lasting(fault: LastingFault, message: string, cause?: unknown): ApplicationFailure {
  return ApplicationFailure.create({
    message,
    type: fault,
    nonRetryable: true,
    ...(cause instanceof Error ? { cause } : {}),
  });
}

function asLastingFault(error: unknown): ApplicationFailure | undefined {
  if (error instanceof ApplicationFailure) return error.nonRetryable === true ? error : undefined;
  const state = sqlState(error);
  const fault = state === undefined ? undefined : lastingFaultOf(state);
  return fault === undefined ? undefined : lasting(fault, messageOf(error), error);
}

/**
 * By the class of the code: 23 integrity violation, 22 data exception. Passing: 08 connection, 40 serialization and
 * deadlock, 53 resources, 55 lock not available, 57 timeouts and shutdown. 42 (no such table or column) passes, too: the
 * migration is still to come.
 */
function lastingFaultOf(state: string): LastingFault | undefined {
  if (state.startsWith('23')) return 'rows_refused';
  if (state.startsWith('22')) return 'value_refused';
  return undefined;
}

/** The five characters that PostgreSQL answered, in the driver's own error or where Prisma puts them; undefined for what is no answer of PostgreSQL. */
function sqlState(error: unknown): string | undefined {
  if (error instanceof DatabaseError) return error.code;
  const state = valueAt(error, 'meta', 'driverAdapterError', 'cause', 'originalCode');
  return typeof state === 'string' ? state : undefined;
}

function messageOf(error: unknown): string {
  const message =
    error instanceof DatabaseError
      ? error.message
      : valueAt(error, 'meta', 'driverAdapterError', 'cause', 'originalMessage');
  return typeof message === 'string' ? message : String(error);
}

function valueAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, name) => (typeof found === 'object' && found !== null ? Reflect.get(found, name) : undefined),
    value,
  );
}
