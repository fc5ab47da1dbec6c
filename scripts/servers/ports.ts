import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { Trouble } from './trouble';

/** A port on 127.0.0.1 that nothing uses at this moment. */
async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Several free ports, all different. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add(await freePort());
  return [...ports];
}

/** Throws one clear line if the port is taken. `variable` is the environment variable that moves it. */
export async function requireFreePort(
  port: number,
  what: { readonly name: string; readonly variable: string },
): Promise<void> {
  if (!(await canListen(port)) || (await answers(port))) {
    throw new Trouble(
      `Port ${port} for ${what.name} is already in use: stop the program that uses it, or choose another port with ${what.variable}=<port>.`,
    );
  }
}

/**
 * Whether the process that listens on the port is this one. Where the system does not tell (no /proc) it is believed:
 * the port was free before the server started, and the server is alive.
 */
export function listensOn(pid: number, port: number): boolean {
  if (!existsSync(`/proc/${pid}/net/tcp`)) return true;
  const inodes = listeningInodes(pid, port);
  return readdirSync(`/proc/${pid}/fd`).some((descriptor) => inodes.has(socketInode(`/proc/${pid}/fd/${descriptor}`)));
}

async function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A server bound to another address of this machine (::1, 0.0.0.0) does not stop us from listening on 127.0.0.1. */
async function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: 'localhost', timeout: 1000 });
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

function listeningInodes(pid: number, port: number): ReadonlySet<string> {
  const listening = '0A'; // TCP_LISTEN in the kernel's table
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = ['tcp', 'tcp6']
    .map((table) => `/proc/${pid}/net/${table}`)
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').trim().split('\n').slice(1))
    .map((row) => row.trim().split(/\s+/));
  return new Set(rows.filter((row) => row[1]?.endsWith(suffix) && row[3] === listening).map((row) => row[9] ?? ''));
}

function socketInode(link: string): string {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(link))?.[1] ?? 'none';
  } catch {
    return 'none'; // closed since the folder was listed
  }
}
