import { Connection } from '@temporalio/client';

/** Opens a connection for one piece of work and closes it again. */
export async function withConnection<T>(address: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout: 2000 });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}
