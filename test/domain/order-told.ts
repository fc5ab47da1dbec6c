import type { Terms } from '../../domain/inside/intake/terms';
import type { Actor, UserActor } from '../../domain/inside/kernel/actor';
import type { AnyBody, Fact, FactHead } from '../../domain/inside/kernel/fact';
import type { Posting } from '../../domain/inside/kernel/posting';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import { openTasks } from '../../domain/inside/kernel/worklist/worklist';
import { type Dossier, order } from '../../domain/inside/order';
import { approvalsKey } from '../../domain/inside/review/review';

/** The instant of every fact that says no other. */
export const now = '2026-11-23T02:00:00.000Z';
const itself = { kind: 'process' } as const;
export const user = (userId: string, ...roles: Role[]): UserActor => ({ kind: 'user', userId, roles });

let serial = 0;
/** Of a fact that was told now, and never before. */
export const head = (by: Actor = itself, at = now): FactHead => ({ id: `c${++serial}`, at, by });

/** A fact as a test states it. */
export type Told = FactHead & AnyBody & Readonly<Record<string, unknown>>;

/** The dossier after a fact, how that stands, and what it entered into the ledger. */
export function tell(
  dossier: Dossier,
  fact: Fact | Told,
): { readonly after: Dossier; readonly stands: string; readonly postings: readonly Posting[] } {
  const { dossier: after, filed, postings } = order.reduce(dossier, fact);
  return { after, stands: filed.because ?? filed.filed, postings };
}

/** The same of several facts, one after the other; what is called for is opened between them. */
export const told = (dossier: Dossier, ...facts: readonly (Fact | Told)[]): Dossier =>
  facts.reduce((before, fact) => opened(tell(before, fact).after), dossier);

/** With everything open that is called for. */
export function opened(dossier: Dossier): Dossier {
  const [opens] = order.missing(dossier, now);
  return opens === undefined ? dossier : opened(tell(dossier, { ...opens, ...head() }).after);
}

/** An order as tina took it. */
export const taken = (terms: Terms): Dossier => {
  const accepted = { kind: 'orderAccepted', ...head(), takenBy: 'tina', terms } as const;
  return opened(order.open('1', accepted).dossier);
};

export const tasksOf = ({ worklist }: Dossier) => openTasks(worklist);
export const kinds = (dossier: Dossier): readonly string[] => tasksOf(dossier).map(({ kind }) => kind);

/** The books' yes, about the approvals that stand now. */
export const reserved = (dossier: Dossier, but: object = {}): Told => ({
  ...head(),
  kind: 'creditReserved',
  revision: dossier.intake.revision,
  about: approvalsKey(dossier),
  exposureFen: 0,
  customer: { suspended: false, holds: [] },
  ...but,
});

/** Accepted at the gate, with what that calls for. */
export const accepted = (dossier: Dossier): Dossier => told(dossier, reserved(dossier));
