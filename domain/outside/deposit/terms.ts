import { percentOf } from '../../inside/kernel/money';
import type { Fen } from '../../inside/kernel/vocabulary';
import type { Considered } from '../intake/considered';
import type { Evidence } from '../policy/conditions';

/** What is asked for before anything begins, unless production starts at once (CF-2, CF-4). */
export const depositTerms = (seen: Considered) => ({
  depositFen: depositFen(seen),
  startsAtOnce: seen.gradeRow.startsAtOnce,
});

export const depositFen = (seen: Considered): Fen => percentOf(seen.totals.totalFen, depositBp(seen));

/** By grade (CF-4), or by the path that was picked for a small order (CF-5). */
const depositBp = ({ gradeRow, small }: Considered): number => small.row?.depositBp ?? gradeRow.depositBp;

/** Which rule asked for the deposit, and what it saw. */
export const explainedDeposit = (seen: Considered): { readonly rule: string; readonly evidence: Evidence } => ({
  rule: seen.small.path === null ? `grade ${seen.grade}` : `small order: ${seen.small.path}`,
  evidence: { grade: seen.grade, totalFen: seen.totals.totalFen, depositBp: depositBp(seen) },
});
