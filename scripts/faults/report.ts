import { writeFileSync } from 'node:fs';
import { checks } from './check/checks';
import type { Evidence } from './check/evidence';
import type { Violation } from './check/violation';

/** The figures of a run, as `--json` writes them. */
export interface Figures {
  readonly seed: number;
  readonly kills: number;
  readonly accepted: number;
  readonly ended: number;
  readonly lost: number;
  readonly doubled: number;
  readonly ledgerDifferences: number;
  readonly stuck: number;
}

/** What a run found. */
export interface Report {
  readonly figures: Figures;
  readonly violations: readonly Violation[];
}

/** So many of one check are printed; the rest is more of the same. */
const mostPrinted = 12;

/** Runs every check over the evidence and prints a line for each, with what it found. */
export function reportOn(evidence: Evidence, kills: number, say: (line: string) => void): Report {
  const violations: Violation[] = [];
  for (const [name, check] of checks) {
    const found = check(evidence);
    violations.push(...found);
    say(
      `  ${found.length === 0 ? 'ok  ' : 'FAIL'} ${name.padEnd(36)} ${found.length === 0 ? '' : `${found.length} violations`}`,
    );
    for (const { invariant, subject, says } of found.slice(0, mostPrinted))
      say(`       ${invariant} ${subject}: ${says}`);
  }
  const orders = evidence.tables['orders'] ?? [];
  const counted = (what: Violation['counts']): number => violations.filter(({ counts }) => counts === what).length;
  const figures: Figures = {
    seed: evidence.seed,
    kills,
    accepted: orders.length,
    ended: orders.filter((row) => row['endedAt'] !== null).length,
    lost: counted('lost'),
    doubled: counted('doubled'),
    ledgerDifferences: counted('ledger'),
    stuck: counted('stuck'),
  };
  return { figures, violations };
}

/** Writes the figures where `--json` asked for them. */
export function writeFigures(file: string | undefined, figures: Figures): void {
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
}
