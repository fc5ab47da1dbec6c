import type { Explanation } from './explain';
import type { Waiting } from './kernel/explain';
import type { Instant, Role, Words } from './kernel/vocabulary';
import { approvedOf } from './kernel/worklist/shown-signatures';
import type { Returned } from './review/returned';
import type { ShownHold } from './shown-holds';
import { statusWords } from './kernel/vocabulary';
import { actionWords, roleWords, wordsOf } from './words';

/**
 * "Why is it here?" (EX-1) as Markdown, for the current details in the Temporal UI: Chinese and English, times in the
 * company's zone (`offsetMinutes` east of UTC). It says what the API says.
 */
export function explainInMarkdown(explanation: Explanation, offsetMinutes: number): string {
  const { status, since, waitsFor, waitingFor, persons, waiting, unpaidFen, missing, promisedOn, shipments } =
    explanation;
  const { closedBecause, holds, returned, credit } = explanation;
  const at = clockOf(offsetMinutes);
  const named = persons.length > 0 ? ` (${persons.join(', ')})` : '';
  const lines = [
    `**${both(statusWords[status])}** since ${at(since)}: waits for ${waitsFor}.`,
    ...(waitingFor.length > 0 ? [`With: **${rolesInWords(waitingFor)}**${named}.`] : []),
    ...(waitingFor.length === 0 && waiting.length > 0 ? ['With nobody: only time has to pass.'] : []),
    ...(missing.length > 0 ? [`缺少 Missing: ${missing.join(', ')}.`] : []),
    ...(unpaidFen > 0 ? [`未付 Unpaid: ${yuan(unpaidFen)} CNY.`] : []),
    ...(promisedOn === null ? [] : [`承诺日期 Promised on ${promisedOn}.`]),
    ...(returned === null ? [] : [returnedLine(returned, at)]),
    ...holds.map((hold) => holdLine(hold, at)),
    ...(credit === null
      ? []
      : [`信用 Credit: ${credit.because}, used ${yuan(credit.usedFen)} of ${yuan(credit.limitFen)} CNY.`]),
    ...(shipments.length > 1
      ? [`发货 Shipments: ${shipments.map(({ no, state }) => `${no} ${state}`).join(', ')}.`]
      : []),
    ...(closedBecause === null ? [] : [`关闭原因 Closed because: ${closedBecause}.`]),
  ];
  return [...lines, '', waitingInMarkdown(waiting, offsetMinutes)].join('\n');
}

/** What is open on a desk, a line for each; also of a shipment or a collection. */
export const waitingInMarkdown = (waiting: readonly Waiting[], offsetMinutes: number): string =>
  waiting.map((row) => line(row, clockOf(offsetMinutes))).join('\n');

type At = (instant: Instant) => string;

function line(row: Waiting, at: At): string {
  const [next] = row.next;
  const saw = Object.entries(row.evidence).map(([name, value]) => `${name} ${String(value)}`);
  const to = next === undefined || next.to.length === 0 ? '' : ` → ${rolesInWords(next.to)}`;
  const notes = row.ruleNotes.map((note) => both(note)).join('; ');
  return [
    `- **${both(wordsOf(row.what))}**${row.taskId === null ? '' : ` \`${row.taskId}\``} since ${at(row.since)}`,
    ...peopleIn(row),
    ...signaturesIn(row, at),
    ...row.questions.map(({ by, onBehalfOf, at: when }) => `提问 question by ${nameOf(by, onBehalfOf)} at ${at(when)}`),
    ...(row.notAllowed.length === 0
      ? []
      : [`not ${row.notAllowed.map(({ userId, because }) => `${userId} (${because})`).join(', ')}`]),
    ...(row.dueAt === null ? [] : [`due ${at(row.dueAt)}`]),
    ...(row.pausedAt === null ? [] : [`clock stopped at ${at(row.pausedAt)}`]),
    ...(row.rule === null ? [] : [`because ${row.rule}${saw.length > 0 ? ` (${saw.join(', ')})` : ''}`]),
    ...(notes === '' ? [] : [notes]),
    next === undefined
      ? 'nothing more happens by itself'
      : `next: ${both(actionWords[next.do])} at ${at(next.at)}${to}`,
  ].join(' · ');
}

/** Who answers for it; who may act, where those are others; and who may where nobody of them is there. */
function peopleIn({ responsible, roles, users, superiors, fallback }: Waiting): readonly string[] {
  const mayAct = [
    ...roles.map((role) => both(roleWords[role])),
    ...users,
    ...superiors.map((key) => `the superior of ${key}`),
  ].join(', ');
  const areTheSame = mayAct === rolesInWords(roles) && roles.toSorted().join() === responsible.toSorted().join();
  return [
    ...(responsible.length === 0 ? [] : [`with ${rolesInWords(responsible)}`]),
    ...(mayAct === '' || areTheSame ? [] : [`may act: ${mayAct}`]),
    ...(fallback.length === 0 ? [] : [`if nobody of them is there: ${rolesInWords(fallback)}`]),
  ];
}

/** Of what more than one has to sign: how many have, and who. */
function signaturesIn({ signed, needed }: Waiting, at: At): readonly string[] {
  if (needed === null || (needed <= 1 && signed.length === 0)) return [];
  const who = signed.map(
    ({ userId, onBehalfOf, outcome, at: when }) => `${nameOf(userId, onBehalfOf)} (${outcome}, ${at(when)})`,
  );
  return [`signed ${approvedOf(signed)} of ${needed}${who.length === 0 ? '' : `: ${who.join(', ')}`}`];
}

function holdLine(hold: ShownHold, at: At): string {
  const { of, reason, gates, since, placedBy, until, reviewAt, releasedBy, liftsWhen, paper } = hold;
  const itself = paper === null ? liftsWhen : `the paper ${paper.purpose} is filed by ${rolesInWords(paper.filedBy)}`;
  return `${[
    `冻结 Held${of === 'customer' ? ' (客户 customer)' : ''}: ${reason} (${gates.join(', ')})`,
    ...(since === null ? [] : [`since ${at(since)}`]),
    ...(placedBy === null ? [] : [`by ${placedBy}`]),
    ...(until === null ? [] : [`until ${at(until)}`]),
    ...(reviewAt === null ? [] : [`looked at again ${at(reviewAt)}`]),
    `lifted by ${rolesInWords(releasedBy)}`,
    ...(itself === null ? [] : [`or by itself: ${itself}`]),
  ].join(' · ')}.`;
}

function returnedLine({ by, onBehalfOf, at: when, reasonCode, task, taskId, stands, asks }: Returned, at: At): string {
  const who = by === null ? '' : ` by ${nameOf(by, onBehalfOf)}`;
  const from = task === null ? '' : ` from ${both(wordsOf(task))} \`${taskId ?? ''}\``;
  const inWords = (kinds: Returned['asks']): string => kinds.map((kind) => both(wordsOf(kind))).join(', ');
  const kept = stands.length === 0 ? '' : `; stands if the change does not touch it: ${inWords(stands)}`;
  const asked = asks.length === 0 ? '' : `; then asks ${inWords(asks)}`;
  return `退回 Returned${who} at ${at(when)}${from}${reasonCode === null ? '' : `: ${reasonCode}`}${asked}${kept}.`;
}

const nameOf = (userId: string, onBehalfOf: string | null): string =>
  onBehalfOf === null ? userId : `${userId} for ${onBehalfOf}`;

const rolesInWords = (roles: readonly Role[]): string => roles.map((role) => both(roleWords[role])).join(', ');

const yuan = (fen: number): string => (fen / 100).toFixed(2);

const both = ({ zh, en }: Words): string => (zh === en ? zh : `${zh} ${en}`);

/** `2026-11-21 09:30 +08:00` */
const clockOf =
  (offsetMinutes: number): At =>
  (instant) => {
    const local = new Date(Date.parse(instant) + offsetMinutes * 60_000).toISOString();
    const size = Math.abs(offsetMinutes);
    const offset = `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
    return `${local.slice(0, 10)} ${local.slice(11, 16)} ${offset}`;
  };

const two = (number: number): string => String(number).padStart(2, '0');
