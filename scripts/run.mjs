// `node scripts/run.mjs NAME …`: installs and prepares what is missing, then runs scripts/NAME.ts in this very process, so
// that a signal reaches it directly. Every command of package.json that runs a TypeScript program begins here: each of them
// works on a fresh clone.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, projectFolder } from './bootstrap.mjs';

const [name = '', ...args] = process.argv.slice(2);
const script = join(projectFolder, 'scripts', `${name}.ts`);
process.argv = [process.execPath, script, ...args];
await prepare();
await import('tsx');
await import(pathToFileURL(script).href);
