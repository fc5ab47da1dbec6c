// What every command needs before anything can be imported: plain Node, no dependency.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(projectFolder, 'node_modules');

/** Prisma fetches a migration engine at install and generate unless one is named. We use none (see prisma/migrate.ts): any file will do. */
const withoutDownload = { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' };

export async function prepare() {
  requireNode();
  await install();
  await generate();
}

/** Generates the Prisma client if the schema has changed since it was last generated. */
export async function generate({ always = false } = {}) {
  const schema = join(projectFolder, 'prisma', 'schema');
  const stamp = join(projectFolder, 'prisma', 'generated', '.schema.prisma');
  if (!existsSync(schema)) return;
  const wanted = readdirSync(schema)
    .toSorted()
    .map((name) => `// ${name}\n${readFileSync(join(schema, name), 'utf8')}`)
    .join('\n');
  if (!always && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const result = await run(process.execPath, [
    join(modules, 'prisma', 'build', 'index.js'),
    'generate',
    `--schema=${schema}`,
  ]);
  if (result.status !== 0) fail(`The Prisma client could not be generated:\n${result.output}`);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** One line for a person, and the end. */
export function fail(line) {
  console.error(line);
  process.exit(1);
}

function requireNode() {
  const wanted = [20, 19];
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < wanted[0] || (major === wanted[0] && minor < wanted[1])) {
    fail(
      `Node ${wanted.join('.')} or newer is needed, this is ${process.versions.node}: install a newer one from https://nodejs.org.`,
    );
  }
}

async function install() {
  const lock = join(projectFolder, 'package-lock.json');
  // npm writes this file at the end of each install.
  const installed = join(modules, '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  if (existsSync(installed) && sameVersions(lock, installed)) return;
  console.error('Installing dependencies (npm ci; once, a minute or two) …');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const quietly = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  let result = await run(npm, ['ci', ...quietly]);
  // A lock file without the optional packages of this platform is refused by `ci`; `install` fills the gap.
  if (result.output.includes('EUSAGE')) result = await run(npm, ['install', '--no-save', ...quietly]);
  if (result.status === 0) return;
  const network = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|network/i.test(result.output);
  if (result.missing) fail('npm is not on the PATH: install Node with npm from https://nodejs.org.');
  if (network)
    fail(
      'npm cannot reach its package registry: connect to the network, or set a registry with `npm config set registry <address>`.',
    );
  fail(`npm ci failed:\n${result.output.split('\n').slice(0, 12).join('\n')}`);
}

/** A fresh clone may date the lock file later than what is already installed from it. */
function sameVersions(lock, installed) {
  const versions = (file) =>
    JSON.stringify(
      Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages)
        .filter(([path, entry]) => path !== '' && !entry.optional)
        .map(([path, { version }]) => `${path} ${version}`)
        .toSorted(),
    );
  return versions(lock) === versions(installed);
}

/**
 * Runs a program in a process group of its own: a signal to us ends it with all that it has started, so that an interrupted
 * installation does not go on behind our back.
 */
async function run(command, args) {
  const child = spawn(command, args, {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...withoutDownload },
    detached: true,
  });
  const pass = (name) => {
    endGroup(child.pid, name);
    process.exit(1);
  };
  for (const name of signals) process.once(name, pass);
  const result = await new Promise((resolve) => {
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (output += part));
    child.once('error', (error) => resolve({ status: null, missing: error.code === 'ENOENT', output: String(error) }));
    child.once('close', (status) => resolve({ status, missing: false, output: output.trim() }));
  });
  for (const name of signals) process.off(name, pass);
  return result;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function endGroup(pid, name) {
  try {
    process.kill(-pid, name);
  } catch {
    // It has just ended by itself, or could not be started.
  }
}
