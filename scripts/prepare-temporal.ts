import { searchAttributes } from '../workflows/search-attributes';
import { ensureNamespace, prepareNamespace } from './servers/prepare-namespace';
import { withConnection } from './servers/temporal-connection';
import { Trouble, endWith } from './servers/trouble';

/** Sets the retention and registers the search attributes on the server named by TEMPORAL_ADDRESS, once per deployment. */
async function main(): Promise<void> {
  const address = process.env['TEMPORAL_ADDRESS'];
  const namespace = process.env['TEMPORAL_NAMESPACE'] ?? 'default';
  if (address === undefined || address === '')
    throw new Trouble('Set TEMPORAL_ADDRESS to the Temporal server to prepare.');
  await withConnection(
    address,
    async (connection) => {
      await ensureNamespace(connection, namespace);
      await prepareNamespace(connection, namespace, searchAttributes);
    },
    process.env['TEMPORAL_API_KEY'] || undefined,
  );
  console.log(`Namespace ${namespace} on ${address} keeps closed orders for 90 days and knows the search attributes.`);
}

main().catch(endWith);
