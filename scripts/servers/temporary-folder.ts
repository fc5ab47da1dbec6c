import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Stoppable } from './together';
import { watchOverFolder } from './watchdog';

/** A folder for servers to work in; it goes when it is stopped, and also when this process is killed. */
export function temporaryFolder(purpose: string): Stoppable & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), `dingdan-${purpose}-`));
  chmodSync(folder, 0o711); // PostgreSQL's own account has to pass through
  const callOff = watchOverFolder(folder);
  return {
    folder,
    stop: async () => {
      rmSync(folder, { recursive: true, force: true });
      callOff();
    },
  };
}
