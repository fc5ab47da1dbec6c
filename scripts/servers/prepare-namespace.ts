import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { type SearchAttributes, registerSearchAttributes } from './search-attributes';

/** How long an archived order can be looked at in Temporal; the dev server's own default is one day. */
const retention = '90 days';

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
