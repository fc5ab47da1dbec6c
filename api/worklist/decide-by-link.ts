import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Words } from '../../domain/inside/kernel/vocabulary';
import {
  materials,
  type Materials,
  type Outcome,
  outcomes,
  outcomesWithReason,
} from '../../domain/inside/kernel/worklist/terms';
import { needsWords } from '../../domain/outside/notices/answers';
import { type LinkSeen, noteUse, seeHash, seeLink } from './decision-link';
import { decisionTo } from './decision';
import type { Dependencies } from '../dependencies';
import { send } from '../inbox';
import { actorOf } from '../message-route';
import { becausePart, decidedPart, formPart, summaryPart, pagePolicy, plainPage, refusalPart } from './decide-page';
import { type OrderSummary, summaryOfOrder } from '../order/order-summary';
import { Problem } from '../problem';
import { keptDate, reasonCode, text } from '../schemas/basics';

/** Who clicks on links needs fewer requests than this. Who guesses at tokens of 256 bits is refused. */
const perMinute = 60;
const config = { allow: 'public', rateLimit: { max: perMinute, timeWindow: 60_000 } } as const;
const schema = { hide: true };
const url = '/t/decide/:token';
/** Four thousand characters of words, as forms encode them. */
const bodyLimit = 48 * 1024;

/**
 * One-time links of mails (HT-15): public, for the token is the key. Opening one shows what is asked; only its form decides,
 * because mail scanners open links. The answer goes the road of every decision.
 */
export const decideByLink: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  app.removeAllContentTypeParsers();
  const form = 'application/x-www-form-urlencoded';
  app.addContentTypeParser(form, { parseAs: 'string', bodyLimit }, (_request, body, done) =>
    done(null, formOf(String(body))),
  );
  app.addContentTypeParser('*', (_request, _body, done) => done(notTheForm));
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({
      'content-security-policy': pagePolicy,
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow, noarchive',
      'cache-control': 'no-store',
    });
  });
  app.get(url, { config, schema }, async (request, reply) => {
    const link = await seeLink(dependencies, tokenOf(request));
    if (link === undefined) return show(reply, unknown);
    const page = pageOf(link);
    // Only who may answer now is shown the order: a mail may lie in another's hands by then.
    return show(
      reply,
      page.asks === true ? { ...page, about: await summaryOfOrder(dependencies.prisma, link.task) } : page,
    );
  });
  app.post(url, { config, schema }, async (request, reply) => {
    const link = await seeLink(dependencies, tokenOf(request));
    if (link === undefined) return show(reply, unknown);
    const page = pageOf(link);
    // Clicked twice: the second waits for what comes of the first.
    if (page.asks !== true && link.written?.state !== 'pending') return show(reply, page);
    const answer = answerIn(link, request.body, dependencies.now());
    if ('zh' in answer) return show(reply, { status: 400, title: answer, link });
    return show(reply, await decide(dependencies, link, answer));
  });
};

/** The fields of a form. Our own names each once: of another, which of two answers is meant nobody can say, so it answers nothing. */
function formOf(body: string): Readonly<Record<string, string>> {
  const fields = [...new URLSearchParams(body)];
  const names = new Set(fields.map(([name]) => name));
  return names.size === fields.length ? Object.fromEntries(fields) : {};
}

const notTheForm = new Problem({
  status: 415,
  code: 'unsupported_media_type',
  detail: `Send the form of the page, as \`content-type: application/x-www-form-urlencoded\`.`,
});

const tokenOf = ({ params }: FastifyRequest): string => z.object({ token: z.string() }).parse(params).token;

interface Shown {
  readonly status: number;
  readonly title: Words;
  readonly link?: LinkSeen;
  readonly more?: ReturnType<typeof decidedPart>;
  readonly about?: OrderSummary | undefined;
  /** Whether the page has the form. */
  readonly asks?: boolean;
}

function show(reply: FastifyReply, { status, title, link, about, more }: Shown): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(plainPage({ title, task: link?.task, about: about && summaryPart(about), more }));
}

const unknown: Shown = { status: 404, title: { zh: '链接无效', en: 'This link is not known' } };

/** What a link shows as it stands now: its own answer, why it is dead, or the question. */
function pageOf(link: LinkSeen): Shown {
  const { task, written, person, because } = link;
  if (written !== undefined) return answered(link);
  if (task.state !== 'open') {
    const title = { zh: '此任务已处理，链接失效', en: 'This task is closed, and the link with it' };
    return { status: 410, title, link, more: decidedPart(task) };
  }
  if (link.isExpired) return { status: 410, title: { zh: '链接已过期', en: 'This link has expired' }, link };
  if (person === undefined) return { status: 403, title: mayNot, link, more: becausePart(left) };
  if (because !== undefined) return { status: 403, title: mayNot, link, more: refusalPart(because) };
  const title = { zh: '请作出决定', en: 'Your decision is asked for' };
  return { status: 200, title, link, more: formPart({ ...link, name: person.name }), asks: true };
}

const mayNot: Words = { zh: '您不能再处理此任务', en: 'You may not answer this task any more' };
const left: Words = { zh: '此用户已停用', en: 'this user is not active any more' };

/** Where the answer that was given by this link stands. */
function answered(link: LinkSeen): Shown {
  const { written, task } = link;
  const closed = task.state === 'open' ? {} : { more: decidedPart(task) };
  switch (written?.state) {
    case 'applied':
      return { status: 200, title: { zh: '已生效，链接已使用', en: 'It counted; the link is used' }, link, ...closed };
    case 'ignored': {
      const title = { zh: '未生效，链接已使用', en: 'It did not count; the link is used' };
      return {
        status: 409,
        title,
        link,
        more: task.state === 'open' ? refusalPart(written.because) : decidedPart(task),
      };
    }
    case 'pending':
    case undefined:
      return {
        status: 202,
        title: { zh: '已记录，正在处理', en: 'It is recorded and will be dealt with' },
        link,
        more: becausePart({ zh: '稍后刷新本页查看结果。', en: 'Open this page again to see what came of it.' }),
      };
  }
}

interface Answer {
  readonly outcome: Outcome;
  readonly reasonCode?: string;
  readonly conditions?: string[];
  readonly comment?: string;
  readonly materials?: Materials;
  readonly offeredOn?: string;
}

/** What the form says, or what it lacks. */
function answerIn({ outcome: fixed, task }: LinkSeen, body: unknown, now: Date): Answer | Words {
  const read = fields.safeParse(body);
  if (!read.success) return { zh: '请选择一项，说明须为文字', en: 'Choose an answer; words must be text' };
  const { outcome, reasonCode: reason, words, materials: stock, offeredOn } = read.data;
  if ((fixed !== null && fixed !== outcome) || !task.outcomes.includes(outcome))
    return { zh: '任务不提供此选项', en: 'The task does not offer this answer' };
  const needsReason = outcomesWithReason.includes(outcome);
  const isReasoned = task.reasons.length === 0 ? words !== undefined : task.reasons.includes(reason ?? '');
  if ((needsReason && !isReasoned) || (needsWords(outcome) && words === undefined))
    return { zh: '请返回并填写理由', en: 'Go back and give a reason' };
  const { mustState = [] } = task.signing;
  const isStated =
    (!mustState.includes('materials') || stock !== undefined) &&
    (!mustState.includes('offeredOn') || offeredOn !== undefined);
  if (outcome === 'approve' && !isStated)
    return { zh: '请返回并填写物料与完工日期', en: 'Go back and state materials and date of completion' };
  // A slip of the pen must not use the link up; the order judges by its own calendar all the same.
  if (offeredOn !== undefined && offeredOn < now.toISOString().slice(0, 10))
    return { zh: '完工日期已过，请返回修改', en: 'The date lies in the past: go back and change it' };
  return {
    outcome,
    ...(stock === undefined || outcome !== 'approve' ? {} : { materials: stock }),
    ...(offeredOn === undefined || outcome !== 'approve' ? {} : { offeredOn }),
    ...(needsReason ? { reasonCode: reason ?? inWords } : {}),
    ...(words === undefined ? {} : { comment: words }),
  };
}

/** The code of a reason that stands in the words beside it. */
const inWords = 'in_words';

const blank = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), schema.optional());
const fields = z.object({
  outcome: z.enum(outcomes),
  reasonCode: blank(reasonCode),
  words: blank(text(4000)),
  materials: blank(z.enum(materials)),
  offeredOn: blank(keptDate),
});

async function decide(dependencies: Dependencies, link: LinkSeen, answer: Answer): Promise<Shown> {
  const { task, person, messageId } = link;
  if (person === undefined) return pageOf(link);
  const head = { id: messageId, at: dependencies.now().toISOString(), by: actorOf(person) };
  const body = { taskId: task.id, ...answer };
  try {
    const addressed = await decisionTo(dependencies, { no: task.orderNo, body, caller: person, head });
    const asked = ['link', task.id, answer];
    await send(dependencies, { ...addressed, words: answer.comment, sender: person.userId, asked });
  } catch (error) {
    if (!(error instanceof Problem) || error.parts.status >= 500) throw error;
    const words = refusedAtDoor[error.parts.code];
    return {
      status: 409,
      title: mayNot,
      link,
      more: becausePart(words ?? { zh: error.parts.code, en: error.message }),
    };
  }
  await noteUse(dependencies, link);
  return pageOf((await seeHash(dependencies, link.hash)) ?? link);
}

const refusedAtDoor: Readonly<Record<string, Words>> = {
  claimed_by_other: { zh: '他人已认领此任务', en: 'somebody else has claimed this task' },
  idempotency_key_reused: { zh: '此链接已使用', en: 'this link is used' },
  not_found: { zh: '此任务不再由您处理', en: 'the task is not, or no longer, for you' },
};
