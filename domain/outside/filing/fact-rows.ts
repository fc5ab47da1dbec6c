import type { Filing } from '../../inside/filing';
import type { FiledFact } from '../../inside/kernel/fact';
import type { RefusalCode } from '../../inside/kernel/refusal';
import type { Instant } from '../../inside/kernel/vocabulary';
import { happenedAt } from '../../inside/kernel/fact';
import { actorName, principalOf } from './applied';

export interface FactRow {
  readonly workflowId: string;
  readonly seq: number;
  readonly orderNo: string;
  readonly id: string;
  readonly kind: string;
  readonly filed: FiledFact['filed'];
  readonly because: RefusalCode | null;
  /** What the other columns do not say; with them it is the fact again (S3). */
  readonly body: Readonly<Record<string, unknown>>;
  readonly at: Instant;
  readonly happenedAt: Instant;
  readonly actor: string;
  readonly onBehalfOf: string | null;
}

/** How an inbox message ended; its row is there when the fact came from outside. */
export interface AnswerRow {
  readonly id: string;
  readonly state: FiledFact['filed'];
  readonly because: RefusalCode | null;
}

/** The dossier as filed: one row per fact, applied or ignored. */
export function factRows({ workflowId, orderNo, facts }: Filing): readonly FactRow[] {
  return withoutEchoes(facts).map(({ seq, fact, filed, because }) => {
    const { id, kind, at, happenedAt: _happened, ...body } = fact;
    return {
      workflowId,
      seq,
      orderNo,
      id,
      kind,
      filed,
      because: because ?? null,
      body,
      at,
      happenedAt: happenedAt(fact),
      actor: actorName(fact.by),
      onBehalfOf: principalOf(fact.by),
    };
  });
}

/** Rule 3 of the design: the state that the sender waits for. */
export function answerRows(facts: readonly FiledFact[]): readonly AnswerRow[] {
  return withoutEchoes(facts).map(({ fact, filed, because }) => ({
    id: fact.id,
    state: filed,
    because: because ?? null,
  }));
}

/** The first filing of an id is the one that counts (X2): an ignored fact that repeats an id of the same batch adds no row. */
function withoutEchoes(facts: readonly FiledFact[]): readonly FiledFact[] {
  const seen = new Set<string>();
  return facts.filter(({ fact, filed }) => {
    const echo = filed === 'ignored' && seen.has(fact.id);
    seen.add(fact.id);
    return !echo;
  });
}
