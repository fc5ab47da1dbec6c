import type { RefusalCode } from '../../domain/inside/kernel/refusal';
import { roles as knownRoles } from '../../domain/inside/kernel/vocabulary';
import { type Outcome, outcomes } from '../../domain/inside/kernel/worklist/terms';
import { verdictFor } from '../../domain/outside/people/verdict';
import type { PrismaClient } from '../../prisma/generated/client';
import { readMessage, type WrittenMessage } from '../../prisma/inbox';
import { type TaskAsked, tasksAsked } from '../../prisma/tasks-asked';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { sha256Of } from '../digest';
import { tokenHash } from '../plugins/auth';

/** A one-time link as it stands now (HT-15). */
export interface LinkSeen {
  readonly hash: Buffer<ArrayBuffer>;
  /** The id that its answer has in the inbox: sent twice it is one message, and a second answer is none. */
  readonly messageId: string;
  readonly task: TaskAsked;
  /** What it answers; null: the person chooses. */
  readonly outcome: Outcome | null;
  readonly isExpired: boolean;
  /** Undefined when the person is not here any more. */
  readonly person: Caller | undefined;
  /** Why the person may not answer now. */
  readonly because: RefusalCode | undefined;
  /** What was answered by this link. */
  readonly written: WrittenMessage | undefined;
}

/** 32 random bytes in base64url. */
const tokenForm = /^[A-Za-z0-9_-]{43}$/;

/** The link of a token, its task and its person, as of now; undefined when nobody was given such a token. */
export async function seeLink(dependencies: Dependencies, token: string): Promise<LinkSeen | undefined> {
  return tokenForm.test(token) ? seeHash(dependencies, tokenHash(token)) : undefined;
}

/** The same by what is kept of a token. */
export async function seeHash(dependencies: Dependencies, hash: Buffer<ArrayBuffer>): Promise<LinkSeen | undefined> {
  const { prisma, organisation, now } = dependencies;
  const link = await prisma.decisionLink.findUnique({ where: { hash } });
  const task = link === null ? undefined : (await tasksAsked(prisma, [link.taskId])).get(link.taskId);
  if (link === null || task === undefined) return undefined;
  const messageId = `link-${sha256Of(hash).toString('hex')}`;
  const person = await callerById(prisma, link.userId);
  const verdict =
    person === undefined
      ? undefined
      : verdictFor(await organisation(person.organisation), person.userId, task, now().toISOString());
  return {
    hash,
    messageId,
    // Conditions are the policy's own words (RV-5): they are set where those are shown, not by a link.
    task: { ...task, outcomes: task.outcomes.filter((outcome) => outcome !== 'approve_with_conditions') },
    outcome: outcomes.find((known) => known === link.outcome) ?? null,
    isExpired: link.expiresAt <= now(),
    person,
    because: verdict !== undefined && 'because' in verdict ? verdict.because : undefined,
    written: await readMessage(prisma, messageId),
  };
}

/** Notes that a link was used, and in the task's history that it was answered so (HT-18). */
export async function noteUse(
  { prisma, now }: Dependencies,
  { hash, messageId, task, person }: LinkSeen,
): Promise<void> {
  await prisma.$executeRaw`
    with used as (
      update decision_links set "usedAt" = ${now()} where hash = ${hash} and "usedAt" is null returning "taskId", "userId")
    insert into task_events (id, "taskId", kind, actor, at)
    select ${`${messageId}:answered_by_link`}, ${task.id}, 'answered_by_link', ${person?.userId ?? ''}, ${now()} from used
    on conflict (id) do nothing`;
}

/** A user as a caller: with the roles that he has now; undefined when he left. */
async function callerById(prisma: PrismaClient, userId: string): Promise<Caller | undefined> {
  const [row] = await prisma.$queryRaw<
    readonly { readonly name: string; readonly roles: readonly string[]; readonly organisation: bigint }[]
  >`
    select u.name, array(select r.role from user_roles r where r."userId" = u.id order by r.role) as roles,
           (select v.version from organisation_version v) as organisation
      from users u where u.id = ${userId} and u.active`;
  if (row === undefined) return undefined;
  const roles = knownRoles.filter((role) => row.roles.includes(role));
  return { userId, name: row.name, roles, tokenId: 'link', organisation: row.organisation };
}
