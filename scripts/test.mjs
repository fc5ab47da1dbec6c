// `npm test`: installs and prepares what is missing, then runs all tests against real servers. The last line is `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, projectFolder } from './bootstrap.mjs';

prepare();
const folder = mkdtempSync(join(tmpdir(), 'dingdan-counts-'));
const countsFile = join(folder, 'counts.json');
const jest = join(projectFolder, 'node_modules', 'jest', 'bin', 'jest.js');
const reporters = ['--reporters=default', `--reporters=${join(projectFolder, 'scripts', 'count-reporter.cjs')}`];
// The reporters come last: after them Jest would take a test file's name for one more.
const child = spawn(process.execPath, [jest, ...process.argv.slice(2), ...reporters], {
  cwd: projectFolder,
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, DINGDAN_TEST_COUNTS: countsFile },
});
for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => child.kill(name));
child.on('exit', (code) => {
  const { passed, failed, skipped } = counts();
  rmSync(folder, { recursive: true, force: true });
  // A set-up that failed, or a run that was interrupted, is a failure although no test says so.
  const reported = code === 0 ? failed : Math.max(failed, 1);
  console.log(`${passed} passed, ${reported} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exitCode = reported > 0 ? 1 : 0;
});

function counts() {
  try {
    return JSON.parse(readFileSync(countsFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
