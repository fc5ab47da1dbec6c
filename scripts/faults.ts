import { join } from 'node:path';
import { faultOptions } from './faults/options';
import { writeFigures } from './faults/report';
import { runFaults } from './faults/run-faults';
import { projectFolder } from './servers/project';
import { withServers } from './servers/with-servers';

/** `npm run test:faults [-- --seed N --orders 100 --kills 20 --minutes 25 --json FILE]`. */
async function main(): Promise<void> {
  const options = faultOptions(process.argv.slice(2));
  const { seed } = options;
  const started = Date.now();
  const say = (line: string): void =>
    console.log(`${String(Math.round((Date.now() - started) / 1000)).padStart(5)} s  ${line}`);
  const { figures, violations } = await runFaults({
    ...options,
    special: 'full',
    say,
    keepIn: join(projectFolder, '.data', 'faults'),
  });
  writeFigures(options.jsonFile, figures);
  console.table([figures]);
  if (violations.length === 0) return;
  const subjects = [...new Set(violations.map(({ subject }) => subject))];
  console.error(`${violations.length} violations with --seed ${seed}: ${subjects.slice(0, 40).join(', ')}`);
  process.exitCode = 1;
}

// The company stops at the end of its run; after a signal whatever stands of it is ended.
withServers(main, { code: 1 });
