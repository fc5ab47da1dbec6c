import type { Explanation, Waiting } from './explain';
import type { Instant } from './vocabulary';
import { actionWords, roleWords, statusWords, type Words, wordsOf } from './words';

/**
 * "Why is it here?" (EX-1) as Markdown, for the current details in the Temporal UI: Chinese and English, times in the
 * company's zone (`offsetMinutes` east of UTC).
 */
export function explainInMarkdown(explanation: Explanation, offsetMinutes: number): string {
  const { status, since, waitsFor, holders, waiting, unpaidFen, missing, promisedOn, closedBecause, holds, credit } =
    explanation;
  const at = (instant: Instant): string => localTime(instant, offsetMinutes);
  const lines = [
    `**${both(statusWords[status])}** since ${at(since)}: waits for ${waitsFor}.`,
    ...(holders.length > 0 ? [`With: **${holders.map((role) => both(roleWords[role])).join(', ')}**.`] : []),
    ...(holders.length === 0 && waiting.length > 0 ? ['With nobody: only time has to pass.'] : []),
    ...(missing.length > 0 ? [`缺少 Missing: ${missing.join(', ')}.`] : []),
    ...(unpaidFen > 0 ? [`未付 Unpaid: ${yuan(unpaidFen)} CNY.`] : []),
    ...(promisedOn === null ? [] : [`承诺日期 Promised on ${promisedOn}.`]),
    ...holds.map(({ reason, gates }) => `冻结 Held: ${reason} (${gates.join(', ')}).`),
    ...(credit === null
      ? []
      : [`信用 Credit: ${credit.because}, used ${yuan(credit.usedFen)} of ${yuan(credit.limitFen)} CNY.`]),
    ...(closedBecause === null ? [] : [`关闭原因 Closed because: ${closedBecause}.`]),
  ];
  return [...lines, '', ...waiting.map((row) => line(row, at))].join('\n');
}

function line(row: Waiting, at: (instant: Instant) => string): string {
  const [next] = row.next;
  const saw = Object.entries(row.saw).map(([name, value]) => `${name} ${String(value)}`);
  const to =
    next === undefined || next.to.length === 0 ? '' : ` → ${next.to.map((role) => both(roleWords[role])).join(', ')}`;
  return [
    `- **${both(wordsOf(row.what))}**${row.taskId === null ? '' : ` \`${row.taskId}\``} since ${at(row.since)}`,
    ...(row.dueAt === null ? [] : [`due ${at(row.dueAt)}`]),
    ...(row.pausedAt === null ? [] : [`clock stopped at ${at(row.pausedAt)}`]),
    ...(row.rule === null ? [] : [`because ${row.rule}${saw.length > 0 ? ` (${saw.join(', ')})` : ''}`]),
    next === undefined
      ? 'nothing more happens by itself'
      : `next: ${both(actionWords[next.do])} at ${at(next.at)}${to}`,
  ].join(' · ');
}

const yuan = (fen: number): string => (fen / 100).toFixed(2);

const both = ({ zh, en }: Words): string => (zh === en ? zh : `${zh} ${en}`);

/** `2026-11-21 09:30 +08:00` */
function localTime(instant: Instant, offsetMinutes: number): string {
  const local = new Date(Date.parse(instant) + offsetMinutes * 60_000).toISOString();
  const size = Math.abs(offsetMinutes);
  const offset = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
  return `${local.slice(0, 10)} ${local.slice(11, 16)} ${offset}`;
}

const two = (number: number): string => String(number).padStart(2, '0');
