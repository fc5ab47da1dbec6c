import { type Server, type Socket, connect, createServer } from 'node:net';

/** A line to a server that can be cut and mended: a small TCP proxy. */
export interface CutLine {
  readonly port: number;
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function startLine(to: { readonly host: string; readonly port: number }): Promise<CutLine> {
  const open = new Set<Socket>();
  const pass = (near: Socket): void => {
    const far = connect(to.port, to.host);
    for (const [one, other] of [[near, far] as const, [far, near] as const]) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
  };
  let server = await listening(createServer(pass), 0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cut = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  };
  return {
    port,
    cut,
    mend: async () => {
      server = await listening(createServer(pass), port);
    },
    close: async () => {
      if (server.listening) await cut();
    },
  };
}

async function listening(server: Server, port: number): Promise<Server> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return server;
}
