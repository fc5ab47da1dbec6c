import { createServer, connect, type Socket } from 'node:net';

/** A wire between a program and its server, that can be held and cut. */
export interface Proxy {
  readonly address: string;
  /** From now on nothing that the program says arrives; what the server says still does. */
  hold(): void;
  /** Ends all connections; new ones are forwarded again. */
  cut(): void;
  close(): Promise<void>;
}

/** Forwards connections on a free port to `host:port`. */
export async function startProxy(target: string): Promise<Proxy> {
  const [host = '127.0.0.1', port = '0'] = target.split(':');
  const sockets = new Set<Socket>();
  let holds = false;
  const server = createServer((program) => {
    const upstream = connect({ host, port: Number(port) });
    for (const socket of [program, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        program.destroy();
        upstream.destroy();
      });
    }
    program.on('data', (bytes) => {
      // What is held is lost when the wire is cut, as on a wire.
      if (!holds) upstream.write(bytes);
    });
    upstream.pipe(program);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  const cut = (): void => {
    holds = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: `127.0.0.1:${typeof bound === 'object' && bound !== null ? bound.port : 0}`,
    hold: () => void (holds = true),
    cut,
    close: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
