import { Connection } from '@temporalio/client';

/** Opens a connection for one piece of work and closes it again; with an API key it is encrypted. */
export async function withConnection<T>(
  address: string,
  work: (connection: Connection) => Promise<T>,
  apiKey?: string,
): Promise<T> {
  const secure = apiKey === undefined ? {} : { apiKey, tls: true };
  const connection = await Connection.connect({ address, connectTimeout: 2000, ...secure });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
