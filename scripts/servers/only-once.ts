import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { commandOf, isAlive } from './processes';
import type { Stoppable } from './together';
import { Trouble } from './trouble';

/** Refuses if another process that runs the same script holds the file; stopping gives it back. */
export function onlyOnce(pidFile: string, script: string): Stoppable {
  const other = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : 0;
  if (other > 0 && other !== process.pid && isAlive(other) && commandOf(other).includes(script)) {
    throw new Trouble(
      `Dingdan already runs from this folder (process ${other}): stop it with Ctrl-C or \`kill ${other}\` first.`,
    );
  }
  mkdirSync(dirname(pidFile), { recursive: true });
  writeFileSync(pidFile, String(process.pid));
  return { stop: async () => rmSync(pidFile, { force: true }) };
}
