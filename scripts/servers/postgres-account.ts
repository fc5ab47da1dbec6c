import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Trouble } from './trouble';

/** The user PostgreSQL runs as; undefined means ourselves. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root. There it runs as `postgres`, or as `nobody` on a machine without that user. */
export function postgresAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  for (const user of ['postgres', 'nobody']) {
    try {
      return { uid: numberOf('-u', user), gid: numberOf('-g', user) };
    } catch {
      // No such user: try the next one.
    }
  }
  throw new Trouble(
    'PostgreSQL does not run as root and there is no user postgres or nobody: run as another user, or set DATABASE_URL.',
  );
}

/**
 * The folder itself if the account can reach it. A clone below a private folder (/root, a temporary directory) is out of
 * its reach; then the account gets a place of its own under /var/tmp, the same one each time.
 */
function withinReach(folder: string, account: Account | undefined): string {
  const full = resolve(folder);
  if (account === undefined || isReachable(dirname(full), account)) return full;
  return join('/var/tmp', `dingdan-postgres-${createHash('sha256').update(full).digest('hex').slice(0, 12)}`);
}

/** As `withinReach`, for a folder that is only read: it is copied there. */
export function readableCopy(folder: string, account: Account | undefined): string {
  const place = withinReach(folder, account);
  if (place === resolve(folder) || existsSync(place)) return place;
  const unfinished = `${place}.${process.pid}`;
  cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
  renameSync(unfinished, place);
  return place;
}

/**
 * As `withinReach`, for a folder that is kept. A link stands where it was wanted: whoever deletes the link, with all of
 * .data/, wants to begin anew, and does.
 */
export function keptFolder(folder: string, account: Account | undefined): string {
  const place = withinReach(folder, account);
  if (place === resolve(folder) || lstatSync(folder, { throwIfNoEntry: false }) !== undefined) return place;
  rmSync(place, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  symlinkSync(place, folder);
  return place;
}

/** Makes the folder, owned by the account and closed to others. */
export function makeOwnFolder(folder: string, account: Account | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (account !== undefined) chownSync(folder, account.uid, account.gid);
}

function numberOf(which: '-u' | '-g', user: string): number {
  return Number(execFileSync('id', [which, user], { encoding: 'utf8', stdio: 'pipe' }));
}

function isReachable(folder: string, account: Account): boolean {
  const parent = dirname(folder);
  return (!existsSync(folder) || maySearch(folder, account)) && (parent === folder || isReachable(parent, account));
}

function maySearch(folder: string, { uid, gid }: Account): boolean {
  const { mode, uid: owner, gid: group } = statSync(folder);
  if (owner === uid) return (mode & 0o100) !== 0;
  if (group === gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
