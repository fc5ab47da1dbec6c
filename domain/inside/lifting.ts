import { personsBehind } from './actor';
import { isKeptOut, slotFor } from './authority';
import { openTasks } from './desk';
import type { Dossier } from './dossier';
import type { Message, RefusalCode } from './fact';
import type { Hold } from './gate';
import { balanceFen } from './leave';

/** Holds whose own condition has come true are gone; nobody has to lift them (HG-2). */
export function withoutLifted(dossier: Dossier): Dossier {
  const stays = (hold: Hold): boolean => {
    switch (dossier.terms.holds[hold.reason]?.liftsWhen) {
      case 'paid_in_full':
        return balanceFen(dossier) > 0;
      case 'signed_paper':
        return dossier.confirmation?.returnedAt === undefined;
      case 'filed':
        return !Object.hasOwn(dossier.papers ?? {}, hold.reason);
      case undefined:
        return true;
    }
  };
  return dossier.holds.every(stays) ? dossier : { ...dossier, holds: dossier.holds.filter(stays) };
}

type Filed = Extract<Message, { kind: 'attachmentFiled' }>;

/**
 * A paper that lifts a hold comes from whom policy names for it, or who is asked to lift it; what a reviewer demanded the taker
 * does not settle alone (RV-5, HT-10). With no such hold it is a file like any other.
 */
export function judgeLifting(dossier: Dossier, { purpose, by }: Filed): RefusalCode | undefined {
  const { terms, takenBy, lastEditors } = dossier;
  const held = dossier.holds.filter(({ reason }) => reason === purpose);
  const row = terms.holds[purpose];
  if (row?.liftsWhen !== 'filed' || held.length === 0) return undefined;
  if (by.kind !== 'user') return 'not_a_candidate';
  const asked = openTasks(dossier).filter(({ about }) => held.some(({ id }) => id === about));
  const hasIt = asked.some((task) => typeof slotFor(task, by) !== 'string');
  const isNamed = by.roles.some((role) => (row.filedBy ?? row.releasedBy).includes(role));
  if (!hasIt && !isNamed) return 'not_a_candidate';
  const isDemanded = held.some(({ setBy }) => setBy !== undefined);
  const isTaker = personsBehind(by).some((userId) => [takenBy, ...lastEditors].includes(userId));
  const isOut = asked.some((task) => isKeptOut(task, by));
  return isOut || (isDemanded && isTaker && row.takerFiles !== true) ? 'four_eyes' : undefined;
}

/** What a hold demands is answered by a paper that comes after it. */
export function withoutPapersFor(dossier: Dossier, reasons: readonly string[]): Dossier {
  if (dossier.papers === undefined) return dossier;
  const papers = Object.entries(dossier.papers).filter(([purpose]) => !reasons.includes(purpose));
  return { ...dossier, papers: Object.fromEntries(papers) };
}
