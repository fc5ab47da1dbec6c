import type { PrismaClient } from '../../prisma/generated/client';

/** The free words of messages, by the message's id: they stay in PostgreSQL and go into no workflow (V5). */
export async function wordsSaid(
  prisma: PrismaClient,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (messageIds.length === 0) return new Map();
  const rows = await prisma.inboxMessage.findMany({
    // The words of a revision are the whole intake, personal data too.
    where: { id: { in: [...messageIds] }, kind: { not: 'orderRevised' } },
    select: { id: true, words: true },
  });
  return new Map(rows.flatMap(({ id, words }) => (words === null ? [] : [[id, words] as const])));
}
