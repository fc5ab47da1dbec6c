import { createHash } from 'node:crypto';
import { type Html, html } from '../../domain/outside/notices/html';
import type { Words } from '../../domain/inside/kernel/vocabulary';
import { type Outcome, outcomesWithReason, type Statement } from '../../domain/inside/kernel/worklist/terms';
import { wordsOf } from '../../domain/inside/words';
import { needsWords } from '../../domain/outside/notices/answers';
import { outcomeWords, wordsOfOutcome, wordsOfRefusal } from '../../domain/outside/notices/texts';
import type { TaskAsked } from '../../prisma/tasks-asked';
import { yuan } from '../letters/letter';
import type { OrderSummary } from '../order/order-summary';

/** No quotation marks: the hash below is of the text as it stands on the page. */
const style = `body{font:16px/1.6 sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem;color:#222}
h1{font-size:1.3rem}th{text-align:left;padding-right:1rem;font-weight:normal;color:#555}
label{display:block;margin:.5rem 0}textarea{width:100%;min-height:5rem}button{font:inherit;padding:.5rem 1.5rem}`;

/** Made here, for a formatter would move its text inside a template, and the hash would not fit. */
const styleElement: Html = { markup: `<style>${style}</style>` };

/** Nothing but this style and the form: no script, no picture, nobody's frame. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

export interface PageParts {
  readonly title: Words;
  readonly task?: TaskAsked | undefined;
  readonly about?: Html | undefined;
  readonly more?: Html | undefined;
}

/** A plain page in both languages: what it is about, and what can be done or was. */
export function plainPage({ title, task, about, more }: PageParts): string {
  return html`<!doctype html>
    <html lang="zh">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>${title.zh} · ${title.en}</title>
        ${styleElement}
      </head>
      <body>
        <h1>${title.zh}<br />${title.en}</h1>
        ${task === undefined ? null : taskTable(task)} ${about ?? null} ${more ?? null}
      </body>
    </html>`.markup;
}

function taskTable(task: TaskAsked): Html {
  const kind = wordsOf(task.kind);
  return html`<table>
    ${row('订单 Order', task.orderNo)} ${row('任务 Task', `${kind.zh} · ${kind.en}`)}
    ${task.amountFen === undefined ? null : row('金额 Amount', yuan(task.amountFen))} ${row('期限 Due', task.dueText)}
  </table>`;
}

const row = (name: string, value: string): Html =>
  html`<tr>
    <th>${name}</th>
    <td>${value}</td>
  </tr>`;

/** What the answer is about: whose order, how much, of what, by when, and why it is asked (HT-15, HT-16). */
export function summaryPart({
  customer,
  totalFen,
  depositFen,
  wishedOn,
  offeredOn,
  rule,
  evidence,
  ruleNotes,
  lines,
  more,
}: OrderSummary): Html {
  const seen = Object.entries(evidence).map(([name, value]) => `${name} ${String(value)}`);
  return html`<table>
      ${customer === null ? null : row('客户 Customer', customer)} ${row('合计 Total', yuan(totalFen))}
      ${depositFen === 0 ? null : row('定金 Deposit', yuan(depositFen))}
      ${wishedOn === null ? null : row('期望日期 Wished for', wishedOn)}
      ${offeredOn === null ? null : row('预计日期 Expected', offeredOn)}
      ${row('原因 Because', seen.length === 0 ? rule : `${rule} (${seen.join(', ')})`)}
      ${ruleNotes.map(({ zh, en }) => row('说明 Note', `${zh} · ${en}`))}
    </table>
    <ol>
      ${lines.map(
        ({ line, name, specification, quantity, netFen }) =>
          html`<li value="${line}">${name} ${specification} × ${quantity} · ${yuan(netFen)}</li>`,
      )}
      ${more === 0 ? null : html`<li>另有 ${more} 行 · ${more} more lines</li>`}
    </ol>`;
}

/** Who decided what and when, of a task that is closed. */
export function decidedPart({ outcome, decidedBy, decidedByName, decidedText }: TaskAsked): Html {
  if (outcome === null) return html`<p>未作决定即作废。<br />It became void without an answer.</p>`;
  const words = wordsOfOutcome(outcome);
  const by = decidedByName ?? decidedBy ?? '';
  return html`<p>
    ${by} 于 ${decidedText} 作出决定：${words.zh}<br />Decided by ${by} at ${decidedText}: ${words.en}
  </p>`;
}

/** Why an answer does not count. */
export function becausePart(words: Words): Html {
  return html`<p>${words.zh}<br />${words.en}</p>`;
}

export const refusalPart = (code: Parameters<typeof wordsOfRefusal>[0]): Html => becausePart(wordsOfRefusal(code));

export interface Form {
  readonly task: TaskAsked;
  /** The one answer of this link, or null for a choice. */
  readonly outcome: Outcome | null;
  readonly name: string;
}

/** Its address is the page's own, so that no token stands in the markup; only its button decides (HT-15). */
export function formPart({ task, outcome, name }: Form): Html {
  const choice = outcome === null ? task.outcomes : [outcome];
  return html`<form method="post">
    <p>${name}，请确认您的决定。<br />${name}, please confirm your decision.</p>
    ${choice.map((one, index) => choicePart(one, index === 0 && choice.length === 1))}
    ${choice.some((one) => outcomesWithReason.includes(one)) ? reasonPart(task.reasons) : null}
    ${choice.some(isYes) ? statedPart(task.signing.mustState ?? []) : null} ${wordsPart(choice.filter(needsWords))}
    <button type="submit">提交 Submit</button>
  </form>`;
}

const choicePart = (outcome: Outcome, isOnly: boolean): Html =>
  isOnly
    ? html`<p>
        <input type="hidden" name="outcome" value="${outcome}" /><b
          >${outcomeWords[outcome].zh} ${outcomeWords[outcome].en}</b
        >
      </p>`
    : html`<label
        ><input type="radio" name="outcome" value="${outcome}" required /> ${outcomeWords[outcome].zh}
        ${outcomeWords[outcome].en}</label
      >`;

function reasonPart(reasons: readonly string[]): Html | null {
  if (reasons.length === 0) return null;
  return html`<label
    >理由 Reason
    <select name="reasonCode">
      <option value=""></option>
      ${reasons.map((reason) => html`<option>${reason}</option>`)}
    </select></label
  >`;
}

const isYes = (outcome: Outcome): boolean => outcome === 'approve';

/** What technical and production sign for (RV-2). */
const statedPart = (stated: readonly Statement[]): Html => html`${stated.map((one) => statements[one])}`;

const statements: Readonly<Record<Statement, Html>> = {
  materials: html`<label
    >物料（同意时必填）· Materials (needed to approve)
    <select name="materials">
      <option value=""></option>
      <option value="in_hand">已齐备 in hand</option>
      <option value="to_be_bought">需采购 to be bought</option>
    </select></label
  >`,
  offeredOn: html`<label
    >承诺完工日期（同意时必填）· Date of completion offered (needed to approve) <input type="date" name="offeredOn"
  /></label>`,
};

/** Of the answers that are offered, those which are none without words. */
function wordsPart(needing: readonly Outcome[]): Html | null {
  if (needing.length === 0) return null;
  const zh = needing.map((one) => outcomeWords[one].zh).join('、');
  const en = needing.map((one) => outcomeWords[one].en).join(', ');
  return html`<label
    >说明（${zh}时必填）· In words (needed to: ${en})
    <textarea name="words" maxlength="4000"></textarea>
  </label>`;
}
