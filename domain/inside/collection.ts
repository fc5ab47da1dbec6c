import { collectionClock, collectionIsOver, ladder } from './collection/ladder';
import type { DossierOf, TasksOf } from './kernel/process';
import { processOf } from './kernel/process-of';
import type { CollectionStatus, Fen, Instant } from './kernel/vocabulary';
import { nextAlarm } from './kernel/worklist/worklist';

const organs = [ladder] as const;
export type CollectionDossier = DossierOf<typeof organs>;
export type CollectionTask = TasksOf<typeof organs>;

/** Which status of a collection may follow which (S1). A payment that is taken back just before the end is collected again. */
export const nextCollectionStatuses: Readonly<Record<CollectionStatus, readonly CollectionStatus[]>> = {
  collecting: ['paid'],
  paid: ['collecting'],
};

/** 催收: the collection of one charge, until what is owed is paid (AR-2). */
export const collection = processOf(organs, {
  name: 'collection',
  rest: 'paid',
  next: nextCollectionStatuses,
  opening: ({ ladder: { terms } }) => ({ revision: 1, takers: [], terms }),
  backdatingSeconds: ({ ladder: { terms } }) => terms.backdatingSeconds,
  isOver: collectionIsOver,
  isClosed: (status) => status === 'paid',
  shut: () => [],
  ringsOnce: (clock) => clock === collectionClock,
});

/** A collection as lists show it. */
export interface CollectionSummary {
  readonly of: 'collection';
  readonly no: string;
  /** Whose collection it is; a charge that is owed again after it was paid has another one. */
  readonly chargeNo: string;
  readonly version: number;
  readonly level: string;
  readonly owedFen: Fen;
  readonly dueAt: Instant;
  /** When its ladder, or a task of it, goes on by itself. */
  readonly nextAt: Instant | null;
  readonly endedAt: Instant | null;
}

export function collectionSummary(dossier: CollectionDossier): CollectionSummary {
  const { no, version, at, worklist, ladder: now } = dossier;
  const { chargeNo, level, owedFen, dueAt } = now;
  const nextAt = nextAlarm(worklist)?.at ?? null;
  // After its end no fact counts any more, so the last one that counted ended it.
  const endedAt = collectionIsOver(dossier) ? at : null;
  return { of: 'collection', no, chargeNo, version, level, owedFen, dueAt, nextAt, endedAt };
}
