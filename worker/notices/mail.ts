import { createTransport, type NodemailerError } from 'nodemailer';
import { type Html, html } from '../../domain/outside/notices/html';
import type { Channel, Entry, Message, Sent } from './channels';

export interface MailSettings {
  readonly smtpUrl: string;
  readonly from: string;
}

/** Mail by SMTP. Nothing of a message is read from files or fetched from addresses. */
export function mailChannel({ smtpUrl, from }: MailSettings): Channel & { close(): void } {
  const transport = createTransport({
    url: smtpUrl,
    disableFileAccess: true,
    disableUrlAccess: true,
    // A server that is silent for so long is away.
    connectionTimeout: waitMs,
    greetingTimeout: waitMs,
    socketTimeout: waitMs,
  });
  return {
    most: 50,
    send: async (message) => {
      try {
        const { response } = await transport.sendMail(mailOf(message, from));
        return { state: 'sent', answer: response.slice(0, 3) };
      } catch (error) {
        return trouble(error);
      }
    },
    close: () => transport.close(),
  };
}

const waitMs = 10_000;

/** Faults of the addressee or the message, as opposed to the line, the greeting or the login. */
const ofThisMessage = ['EENVELOPE', 'EMESSAGE'];

function trouble(error: unknown): Sent {
  const { code = 'unknown', responseCode } = error as Pick<NodemailerError, 'code' | 'responseCode'>;
  const answer = String(responseCode ?? code);
  if (responseCode !== undefined && ofThisMessage.includes(code))
    return { state: 'refused', answer, forGood: responseCode >= 500 };
  return { state: 'away', answer };
}

function mailOf({ to, messageId, entries, at }: Message, from: string) {
  return {
    from,
    to: { name: '', address: to },
    messageId,
    date: at,
    subject: subjectOf(entries),
    text: textOf(entries),
    html: pageOf(entries),
    // No answering machine answers it (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

function subjectOf(entries: readonly Entry[]): string {
  const [first, ...more] = entries;
  if (first === undefined || more.length > 0) return `订单通知 ${entries.length} 则 · ${entries.length} order notices`;
  return `${first.orderNo} ${first.says.zh} · ${first.says.en}`;
}

function textOf(entries: readonly Entry[]): string {
  return `${entries.map(entryText).join('\n\n')}\n\n${footer.zh}\n${footer.en}\n`;
}

const footer = {
  zh: '此邮件自动发送，请勿转发：链接只供您本人使用一次。',
  en: 'Sent automatically. Do not pass it on: its links are for you alone, and work once.',
};

const entryText = ({ orderNo, says, dueText, amountFen, links }: Entry): string =>
  [
    `订单 Order ${orderNo}`,
    says.zh,
    says.en,
    ...(amountFen === undefined ? [] : [`金额 Amount: ${yuan(amountFen)}`]),
    ...(dueText === undefined ? [] : [`期限 Due: ${dueText}`]),
    ...links.map(({ url, says: word }) => `${word.zh} ${word.en}: ${url}`),
  ].join('\n');

function pageOf(entries: readonly Entry[]): string {
  return html`<!doctype html>
    <html lang="zh">
      <head>
        <meta charset="utf-8" />
        <title>订单通知 Order notices</title>
      </head>
      <body style="font-family: sans-serif; line-height: 1.5; max-width: 40rem">
        ${entries.map(entryPart)}
        <p>
          <small>${footer.zh}<br />${footer.en}</small>
        </p>
      </body>
    </html>`.markup;
}

const entryPart = ({ orderNo, says, dueText, amountFen, links }: Entry): Html =>
  html`<div style="border-bottom: 1px solid #bbb; padding: 0.5rem 0">
    <p>订单 Order <b>${orderNo}</b><br />${says.zh}<br />${says.en}</p>
    ${amountFen === undefined ? null : html`<p>金额 Amount: ${yuan(amountFen)}</p>`}
    ${dueText === undefined ? null : html`<p>期限 Due: ${dueText}</p>`}
    ${links.map(({ url, says: word }) => html`<p><a href="${url}">${word.zh} ${word.en}</a></p>`)}
  </div>`;

const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`;
