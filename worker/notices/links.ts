import { createHash, randomBytes } from 'node:crypto';
import { needsWords } from '../../domain/outside/notices/answers';
import { outcomeWords } from '../../domain/outside/notices/texts';
import type { Outcome } from '../../domain/inside/kernel/worklist/terms';
import type { PrismaClient } from '../../prisma/generated/client';
import type { DecisionLink } from './channels';

/** A weekend and the days around it; afterwards a reminder brings fresh ones. */
const validDays = 7;

/**
 * One-time links for one person and one task (HT-15): one per answer that needs no words, and one for the others. A mail that
 * is sent again has new ones, for only their hashes are kept; all of them end with the task.
 */
export async function linksFor(
  prisma: PrismaClient,
  publicUrl: string,
  asked: { readonly userId: string; readonly task: { readonly id: string; readonly outcomes: readonly Outcome[] } },
  now: Date,
): Promise<readonly DecisionLink[]> {
  const { id: taskId, outcomes } = asked.task;
  const direct = outcomes.filter((outcome) => !needsWords(outcome));
  const answers = [...direct, ...(direct.length < outcomes.length ? [null] : [])];
  const links = answers.map((outcome) => ({ outcome, token: randomBytes(32).toString('base64url') }));
  await prisma.decisionLink.createMany({
    data: links.map(({ outcome, token }) => ({
      hash: createHash('sha256').update(token, 'latin1').digest(),
      userId: asked.userId,
      taskId,
      outcome,
      createdAt: now,
      expiresAt: new Date(now.getTime() + validDays * 86_400_000),
    })),
  });
  return links.map(({ outcome, token }) => ({
    url: `${publicUrl}/t/decide/${token}`,
    says: outcome === null ? { zh: '其他选项', en: 'other answers' } : outcomeWords[outcome],
  }));
}
