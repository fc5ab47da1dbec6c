import { Trouble } from '../scripts/servers/trouble';

/** Throws one line if the database was made by migrations that this version does not have: it could not take over the data. */
export function requireOurMigrations(databaseUrl: string, applied: readonly string[], ours: readonly string[]): void {
  const first = ours[0] ?? '';
  if (applied.some((name) => !ours.includes(name) && name < first)) {
    throw new Trouble(
      `${nameOf(databaseUrl)} was made by Dingdan 0.1 before its first release schema, and its data cannot be taken over: ` +
        'move .data away (npm start then begins a new one), or set DATABASE_URL to an empty database.',
    );
  }
  const later = applied.find((name) => !ours.includes(name));
  if (later === undefined) return;
  throw new Trouble(
    `${nameOf(databaseUrl)} was brought up to date by a newer version of Dingdan (${later}): run that version, ` +
      'or set DATABASE_URL to another database.',
  );
}

/** The database in a sentence, without its password. */
export function nameOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `The database ${decodeURIComponent(pathname.slice(1))} at ${host}`;
}
