// The last step of `npm run build`: tsc compiles programs only; what they read (policies, calendars, styles) goes to dist/ beside them.
import { cpSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './bootstrap.mjs';

for (const folder of ['activities', 'api', 'config', 'web', 'worker']) {
  const from = join(projectFolder, folder);
  if (!existsSync(from)) continue;
  const isData = (path) => statSync(path).isDirectory() || !/\.tsx?$/.test(path);
  cpSync(from, join(projectFolder, 'dist', folder), { recursive: true, filter: isData });
}
