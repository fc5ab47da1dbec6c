import { Client, Connection } from '@temporalio/client';
import type { Environment } from '../config/environment';
import { payloadCodec, type SealRegister } from '../config/payloads/codec';

interface Address extends Pick<
  Environment,
  'temporalAddress' | 'temporalNamespace' | 'temporalApiKey' | 'sealKeys' | 'payloadKeys'
> {
  readonly register: SealRegister;
}

/**
 * A client that connects on first use and fails at once when Temporal is away: the sender is told that his message is
 * written down, and the sweep rings again. The SDK's own retries would keep him waiting. A lost connection is tried again
 * every second, where gRPC by itself would wait up to two minutes.
 */
export function connectTemporal({
  temporalAddress: address,
  temporalNamespace: namespace,
  temporalApiKey,
  sealKeys,
  payloadKeys,
  register,
}: Address): Client {
  const connection = Connection.lazy({
    address,
    ...(temporalApiKey === undefined ? {} : { apiKey: temporalApiKey, tls: true }),
    interceptors: [],
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 1000 },
    connectTimeout: '2s',
  });
  const dataConverter = { payloadCodecs: [payloadCodec({ sealKeys, payloadKeys }, register)] };
  return new Client({ connection, namespace, dataConverter });
}
