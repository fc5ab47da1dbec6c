// `npm start`: installs and prepares what is missing, then hands over to scripts/start.ts.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, projectFolder } from './bootstrap.mjs';

prepare();
const child = spawn(process.execPath, ['--import', 'tsx', join(projectFolder, 'scripts', 'start.ts')], {
  cwd: projectFolder,
  stdio: 'inherit',
});
// Ctrl-C reaches the child from the terminal as well; it takes the second one for impatience only after the first has worked.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(name, () => child.kill(name === 'SIGHUP' ? 'SIGTERM' : name));
child.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
