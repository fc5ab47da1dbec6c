import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { type SearchAttributes, registerSearchAttributes } from './search-attributes';

/** How long an archived order can be looked at in Temporal; the dev server's own default is one day. */
const retention = '90 days';

/** A new namespace is known to all parts of a server after some ten seconds. */
const knownWithinMs = 60_000;

/** Makes the namespace if it is missing, and waits until it can be worked with. */
export async function ensureNamespace(
  { workflowService, operatorService }: Connection,
  namespace: string,
): Promise<void> {
  try {
    await workflowService.describeNamespace({ namespace });
    return;
  } catch (error) {
    if (!isNotFound(error)) throw error;
  }
  await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(retention) });
  for (const until = Date.now() + knownWithinMs; ; await pause(500)) {
    try {
      await operatorService.listSearchAttributes({ namespace });
      return;
    } catch (error) {
      if (!isNotFound(error) || Date.now() > until) throw error;
    }
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === grpcNotFound;
}

const grpcNotFound = 5;

/** Sets retention and registers the search attributes; repeating it changes nothing. */
export async function prepareNamespace(
  connection: Connection,
  namespace: string,
  searchAttributes: SearchAttributes,
): Promise<void> {
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(retention) },
  });
  await registerSearchAttributes(connection, namespace, searchAttributes);
}
