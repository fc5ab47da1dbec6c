import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a group saw: by which vendor's robot, and the text. */
export interface Heard {
  readonly vendor: string;
  readonly text: string;
}

/** A server that stands in for the vendors of group robots and verifies signatures as each of them documents it. */
export interface Groups {
  readonly url: string;
  readonly heard: readonly Heard[];
  /** Answers given instead of hearing, in turn: an HTTP status, or a body. */
  readonly answers: (number | object)[];
  stop(): Promise<void>;
}

export const robotSecret = 'SECq7w2x9';
export const wecomKey = '693a91f6-7xxx';

export async function openGroups(): Promise<Groups> {
  const heard: Heard[] = [];
  const answers: (number | object)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const given = answers.shift();
      if (typeof given === 'number') return response.writeHead(given).end('{}');
      const url = new URL(request.url ?? '', 'http://group');
      const vendor = url.pathname.slice(1);
      const body = JSON.parse(Buffer.concat(chunks).toString()) as {
        text?: { content?: string };
        content?: { text?: string };
      };
      const answer = given ?? verdicts[vendor]?.(url, body) ?? { errcode: 404 };
      const { errcode, code } = answer as { errcode?: number; code?: number };
      if ((errcode ?? code) === 0) {
        heard.push({ vendor, text: body.text?.content ?? body.content?.text ?? '' });
      }
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    answers,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');
const hourMs = 3_600_000;

const verdicts: Readonly<Record<string, (url: URL, body: Record<string, unknown>) => object>> = {
  dingtalk: (url, body) => {
    const timestamp = url.searchParams.get('timestamp') ?? '';
    const isTimely = Math.abs(Date.now() - Number(timestamp)) < hourMs;
    const isSigned = url.searchParams.get('sign') === hmac(robotSecret, `${timestamp}\n${robotSecret}`);
    return isTimely && isSigned && body['msgtype'] === 'text'
      ? { errcode: 0, errmsg: 'ok' }
      : { errcode: 310000, errmsg: 'sign not match' };
  },
  feishu: (_url, body) => {
    const timestamp = String(body['timestamp']);
    const isTimely = Math.abs(Date.now() / 1000 - Number(timestamp)) < hourMs / 1000;
    const isSigned = body['sign'] === hmac(`${timestamp}\n${robotSecret}`, '');
    return isTimely && isSigned && body['msg_type'] === 'text'
      ? { code: 0, msg: 'success' }
      : { code: 19021, msg: 'sign match fail' };
  },
  wecom: (url, body) =>
    url.searchParams.get('key') === wecomKey && body['msgtype'] === 'text'
      ? { errcode: 0, errmsg: 'ok' }
      : { errcode: 93000, errmsg: 'invalid webhook url' },
};
