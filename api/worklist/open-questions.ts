import type { Waiting } from '../../domain/inside/kernel/explain';
import type { PrismaClient } from '../../prisma/generated/client';

type Question = Waiting['questions'][number];

interface NoteRow {
  readonly taskId: string | null;
  readonly author: string;
  readonly at: Date;
}

/** Notes on the tasks that were asked something: a question is answered by another's note on its task (RV-6, HT-13). */
export async function notesOn(prisma: PrismaClient, waiting: readonly Waiting[]): Promise<readonly NoteRow[]> {
  const taskIds = waiting.flatMap(({ taskId, questions }) =>
    taskId === null || questions.length === 0 ? [] : [taskId],
  );
  if (taskIds.length === 0) return [];
  return prisma.note.findMany({
    where: { taskId: { in: taskIds } },
    select: { taskId: true, author: true, at: true },
    orderBy: { at: 'asc' },
  });
}

/** When somebody else wrote to the task after the question; null: it is unanswered. */
export function answeredAt(notes: readonly NoteRow[], taskId: string | null, question: Question): string | null {
  const { by, onBehalfOf, at } = question;
  const answer = notes.find(
    (note) => note.taskId === taskId && ![by, onBehalfOf].includes(note.author) && note.at >= new Date(at),
  );
  return answer?.at.toISOString() ?? null;
}
