import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { orderDetails } from './details';
import { orderFile as contents } from './file-schema';
import { seesPersonalData } from '../scope';

/** More facts than this no order has (W2: 50 revisions and 12 instalments make some 2,000 events). */
const mostFacts = 5000;

/** Who looked, claimed, was reminded … : a bound, not a page. */
const mostTrail = 20_000;

/** Everything of an order in one file, by class and by time, checked for completeness (AX-1). Contents of attachments are fetched one by one. */
export async function orderFile({ prisma, now }: Dependencies, caller: Caller, no: string) {
  const order = await orderDetails(prisma, caller, { no, after: 0, limit: mostFacts });
  const [intakes, tasks, history, notes, notices, entries, inbox] = await Promise.all([
    prisma.orderIntake.findMany({ where: { orderNo: no }, orderBy: { revision: 'asc' } }),
    prisma.task.findMany({ where: { orderNo: no }, orderBy: [{ openedAt: 'asc' }, { id: 'asc' }] }),
    prisma.taskEvent.findMany({
      // Of the order's own tasks, and of those of its shipments and collections.
      where: { OR: [{ taskId: { startsWith: `${no}/` } }, { taskId: { startsWith: `${no}-` } }] },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
      take: mostTrail,
    }),
    prisma.note.findMany({ where: { orderNo: no }, orderBy: [{ at: 'asc' }, { id: 'asc' }] }),
    prisma.notice.findMany({ where: { orderNo: no }, orderBy: [{ createdAt: 'asc' }, { key: 'asc' }] }),
    prisma.ledgerEntry.findMany({
      where: { orderNo: no },
      include: { legs: { orderBy: { leg: 'asc' } } },
      orderBy: [{ bookedAt: 'asc' }, { key: 'asc' }],
    }),
    prisma.inboxMessage.findMany({
      where: { orderNo: no },
      select: { id: true, kind: true, sender: true, receivedAt: true, state: true, because: true, settledAt: true },
      orderBy: [{ receivedAt: 'asc' }, { id: 'asc' }],
    }),
  ]);
  const personal = seesPersonalData(caller);
  const { timeline, documents, ...head } = order;
  const file = {
    no,
    writtenAt: now().toISOString(),
    order: head,
    intakes: personal ? intakes : intakes.map(({ body: _personal, ...rest }) => rest),
    facts: timeline.items,
    messages: inbox,
    decisions: tasks,
    history,
    notes,
    notices,
    ledger: entries,
    attachments: documents,
  };
  return contents.parse(plain({ ...file, completeness: completenessOf(file, timeline.next === null) }));
}

interface FileParts {
  readonly order: { readonly revision: number; readonly version: number };
  readonly intakes: readonly { readonly revision: number }[];
  readonly facts: readonly { readonly workflowId: string; readonly seq: number }[];
  readonly messages: readonly { readonly id: string; readonly state: string }[];
}

/** Whether anything is missing: a gap in the facts, a revision without its intake, a message that was never filed. */
function completenessOf({ order, intakes, facts, messages }: FileParts, isWhole: boolean) {
  const last = new Map<string, number>();
  for (const { workflowId, seq } of facts) last.set(workflowId, Math.max(seq, last.get(workflowId) ?? 0));
  const expected = [...last.values()].reduce((sum, seq) => sum + seq, 0);
  const gaps = [
    ...(isWhole ? [] : ['facts: more than fit into a file']),
    ...(expected === facts.length ? [] : ['facts: a sequence number is missing']),
    ...Array.from({ length: order.revision }, (_, index) => index + 1)
      .filter((revision) => !intakes.some((intake) => intake.revision === revision))
      .map((revision) => `intakes: revision ${revision}`),
    ...messages.filter(({ state }) => state === 'pending').map(({ id }) => `messages: ${id} is not filed yet`),
  ];
  return { complete: gaps.length === 0, gaps };
}

/** Rows as JSON: instants become text, fen become numbers (they are safe integers). */
function plain(value: unknown): unknown {
  const text = JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? Number(member) : member));
  return JSON.parse(text);
}
