// Loaded before a program with `node --require`: writes a CPU profile of each of its threads when that thread ends.
const { writeFileSync } = require('node:fs');
const { Session } = require('node:inspector');
const { basename, join } = require('node:path');
const { threadId } = require('node:worker_threads');

const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.start');
process.on('exit', () => {
  session.post('Profiler.stop', (error, answer) => {
    if (error !== null) return;
    const part = basename(join(process.argv[1] ?? 'node', '..'));
    const file = `${part}-${process.pid}-${threadId}.cpuprofile`;
    writeFileSync(join(process.env.CPU_PROFILE_FOLDER ?? '.', file), JSON.stringify(answer.profile));
  });
});
