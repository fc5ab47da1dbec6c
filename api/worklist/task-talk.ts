import type { PrismaClient } from '../../prisma/generated/client';
import type { Caller } from '../caller';
import { namesOf } from './deciders';
import { ordersSeenBy } from '../scope';
import type { TaskRow } from './task-rows';
import { wordsSaid } from '../order/words-said';

/** Nobody reads more than this on one page. */
const mostNotes = 200;

/** What is said around a task: its history, notes, carbon copies and who has looked (HT-13, HT-18). */
export async function talkOf(
  prisma: PrismaClient,
  caller: Caller,
  { id: taskId, orderNo }: Pick<TaskRow, 'id' | 'orderNo'>,
) {
  const [history, notes, copies, [order]] = await Promise.all([
    prisma.taskEvent.findMany({ where: { taskId }, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: 500 }),
    prisma.note.findMany({ where: { taskId }, orderBy: [{ at: 'asc' }, { id: 'asc' }], take: mostNotes }),
    copiesOf(prisma, taskId),
    prisma.$queryRaw<readonly unknown[]>`select 1 from orders o where o.no = ${orderNo} and ${ordersSeenBy(caller)}`,
  ]);
  const looked = history.filter(({ kind }) => kind === 'seen');
  // The timeline of the order has the same words, for the same people (GV-1).
  const told = order === undefined ? [] : history.map(messageOf);
  const [names, words] = await Promise.all([
    namesOf(
      prisma,
      looked.map(({ actor }) => actor),
    ),
    wordsSaid(prisma, told),
  ]);
  return {
    history: history.map((row) => {
      const { kind, actor, at, detail } = row;
      return { kind, actor, at: at.toISOString(), detail, words: words.get(messageOf(row)) ?? null };
    }),
    notes: notes.map(noteView),
    copies,
    seen: looked.map(({ actor, at }) => ({ userId: actor, name: names.get(actor) ?? actor, at: at.toISOString() })),
  };
}

/** The message that a line derives from: `<message>:asked`, `<message>:decided:<task>`. */
const messageOf = ({ id, kind }: { readonly id: string; readonly kind: string }): string => {
  const end = id.lastIndexOf(`:${kind}`);
  return end < 0 ? id : id.slice(0, end);
};

/** Who got a carbon copy, and when he first looked. */
export async function copiesOf(prisma: PrismaClient, taskId: string) {
  const rows = await prisma.$queryRaw<
    readonly { userId: string; name: string; by: string; at: Date; seenAt: Date | null }[]
  >`select c."userId", u.name, c.by, c.at, e.at as "seenAt"
      from task_copies c join users u on u.id = c."userId"
      left join task_events e on e.id = c."taskId" || ':seen:' || c."userId"
     where c."taskId" = ${taskId} order by c.at, c."userId" limit 200`;
  return rows.map(({ at, seenAt, ...row }) => ({
    ...row,
    at: at.toISOString(),
    seenAt: seenAt?.toISOString() ?? null,
  }));
}

interface NoteRow {
  readonly id: string;
  readonly author: string;
  readonly text: string;
  readonly mentions: string[];
  readonly at: Date;
}

/** A note as a task shows it. */
export const noteView = ({ id, author, text, mentions, at }: NoteRow) => ({
  id,
  author,
  text,
  mentions,
  at: at.toISOString(),
});
