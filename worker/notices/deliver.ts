import { createHash } from 'node:crypto';
import { isStillTold } from '../../domain/outside/notices/addressees';
import { textOf } from '../../domain/outside/notices/texts';
import type { Organisation } from '../../domain/outside/people/organisation';
import { verdictFor } from '../../domain/outside/people/verdict';
import { organisationVersion, type TaskAsked, tasksAsked } from '../../prisma/tasks-asked';
import { addressNotices, type NoticeRow, noticesByKey, taskIds, toldBy } from './address';
import type { Channel, Entry, Sent } from './channels';
import { linksFor } from './links';
import { type QueuedRow, afterTrouble, dueGroups, markSent, nextDue, sealedAndDue, seal, withdraw } from './queue';
import type { DeliverySettings } from './settings';

/** What a pass works with, read once. */
interface Pass extends DeliverySettings {
  readonly present: Organisation;
  readonly now: Date;
}

/**
 * One pass: new notices become deliveries, what is due is bundled, sent and marked. Answers when the next one is due, or
 * undefined when nothing waits. Whoever dies between sending and marking leaves a bundle with its Message-ID: sent again
 * under the same (X4).
 */
export async function deliverOnce(settings: DeliverySettings, now: Date): Promise<Date | undefined> {
  const present = await settings.organisation(await organisationVersion(settings.prisma));
  const pass: Pass = { ...settings, present, now };
  const isMore = await addressNotices(settings, present, now);
  const due = await nextDue(settings.prisma);
  // Most passes only address: what nothing is due for is not looked through.
  if (due === undefined || due > now) return isMore ? now : due;
  await sealDue(pass);
  await sendSealed(pass);
  return isMore ? now : nextDue(settings.prisma);
}

/** Gives what is due for one addressee its Message-ID: from now on the bundle stays as it is. */
async function sealDue(pass: Pass): Promise<void> {
  for (const waiting of await dueGroups(pass.prisma, pass.now)) {
    const told = await stillTold(pass, waiting);
    const channel = channelOf(pass, waiting[0]?.channel);
    for (let start = 0; start < told.length; start += channel.most)
      await sealBundle(pass, told.slice(start, start + channel.most));
  }
}

async function sealBundle({ prisma, mail, now }: Pass, bundle: readonly QueuedRow[]): Promise<void> {
  const cause = bundle.map(({ noticeKey, addressee, channel }) => `${noticeKey} ${addressee} ${channel}`).join('\n');
  const left = createHash('sha256').update(cause).digest('hex').slice(0, 40);
  const domain = /@([A-Za-z0-9.-]+)/.exec(mail?.from ?? '')?.[1] ?? 'dingdan';
  await seal(prisma, { bundle, messageId: `<${left}@${domain}>`, now });
}

async function sendSealed(pass: Pass): Promise<void> {
  const away = new Set<string>();
  for (const bundle of await sealedAndDue(pass.prisma, pass.now)) {
    const [first] = bundle;
    if (pass.stopping?.aborted === true) return;
    if (first === undefined || away.has(first.channel)) continue;
    const told = await stillTold(pass, bundle);
    if (told.length === 0) continue;
    const sent = await sendBundle(pass, told);
    if (sent.state === 'sent') await markSent(pass.prisma, { bundle: told, answer: sent.answer, now: pass.now });
    else {
      if (sent.state === 'away') away.add(first.channel);
      pass.log.warn({ channel: first.channel, answer: sent.answer }, 'notices could not be sent');
      await afterTrouble(pass.prisma, { bundle: told, sent, now: pass.now });
    }
  }
}

async function sendBundle(pass: Pass, bundle: readonly QueuedRow[]): Promise<Sent> {
  const [{ addressee, channel, messageId } = { addressee: '', channel: '', messageId: null }] = bundle;
  const to = channel === 'mail' ? await mailAddress(pass, addressee) : addressee.replace(/^role:/, '');
  if (to === undefined) return { state: 'refused', answer: 'no address', forGood: true };
  const entries = await entriesOf(pass, bundle);
  return channelOf(pass, channel).send({ to, messageId: messageId ?? '', entries, at: pass.now });
}

async function mailAddress({ prisma }: Pass, userId: string): Promise<string | undefined> {
  return (await prisma.user.findUnique({ where: { id: userId }, select: { email: true } }))?.email ?? undefined;
}

const unavailable: Channel = {
  most: 50,
  send: () => Promise.resolve({ state: 'refused', answer: 'not configured', forGood: true }),
};

const channelOf = ({ mail, robotChannel }: DeliverySettings, channel: string | undefined): Channel =>
  channel === 'mail' ? (mail?.channel ?? unavailable) : robotChannel;

/** Those that still concern their addressee; the others are withdrawn (HT-9: a task that is closed is not announced any more). */
async function stillTold(pass: Pass, rows: readonly QueuedRow[]): Promise<readonly QueuedRow[]> {
  const read = await readAbout(pass, rows);
  const told = rows.filter((row) => {
    const { notice, task } = read(row);
    if (notice === undefined) return false;
    if (row.channel !== 'mail') return task === undefined || task.state === 'open';
    const about = { ...toldBy(notice), userId: row.addressee };
    return isStillTold(pass.present, about, task, pass.now.toISOString());
  });
  const over = rows.filter((row) => !told.includes(row));
  if (over.length > 0) await withdraw(pass.prisma, over);
  return told;
}

async function entriesOf(pass: Pass, bundle: readonly QueuedRow[]): Promise<readonly Entry[]> {
  const read = await readAbout(pass, bundle);
  const entries: Entry[] = [];
  // A task that is announced and reminded of in one mail has its links once.
  const linked = new Set<string>();
  for (const row of bundle) {
    const { notice, task } = read(row);
    if (notice === undefined) continue;
    const links = task === undefined || linked.has(task.id) ? [] : await decisionLinks(pass, row, task);
    if (task !== undefined) linked.add(task.id);
    entries.push({
      orderNo: row.orderNo,
      says: textOf(notice.template, { what: task?.kind ?? notice.of ?? undefined, outcome: notice.outcome ?? '' }),
      dueText: task?.state === 'open' ? task.dueText : undefined,
      amountFen: task?.amountFen,
      links,
    });
  }
  return entries;
}

/** Links for whoever may decide at this moment, and for nobody else (HT-15). */
async function decisionLinks({ prisma, mail, present, now }: Pass, row: QueuedRow, task: TaskAsked) {
  if (mail === undefined || row.channel !== 'mail' || task.state !== 'open') return [];
  if (!('by' in verdictFor(present, row.addressee, task, now.toISOString()))) return [];
  return linksFor(prisma, mail.publicUrl, { userId: row.addressee, task }, now);
}

interface About {
  readonly notice: NoticeRow | undefined;
  readonly task: TaskAsked | undefined;
}

/** What queued rows are about, as it stands now. */
async function readAbout({ prisma }: Pass, rows: readonly QueuedRow[]): Promise<(row: QueuedRow) => About> {
  const notices = await noticesByKey(
    prisma,
    rows.map(({ noticeKey }) => noticeKey),
  );
  const tasks = await tasksAsked(prisma, taskIds([...notices.values()]));
  return ({ noticeKey }) => {
    const notice = notices.get(noticeKey);
    return { notice, task: tasks.get(notice?.of ?? '') };
  };
}
