import { createHmac } from 'node:crypto';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import type { Robot, RobotVendor } from '../../config/robots';
import type { Channel, Entry, Sent } from './channels';

/** The group robots of one vendor, by role. Plain text: order number, task, due time; nobody's name (GV-2). */
export function robotChannel(robots: ReadonlyMap<Role, Robot>): Channel {
  return {
    // WeCom takes 2,048 bytes; a line of a notice has some 150.
    most: 10,
    send: async ({ to, entries, at }) => {
      const robot = [...robots].find(([role]) => role === to)?.[1];
      if (robot === undefined) return { state: 'refused', answer: 'no robot', forGood: true };
      const { url, body } = requestOf(robot, entries.map(lineOf).join('\n'), at);
      return post(robot.vendor, url, body);
    },
  };
}

const lineOf = ({ orderNo, says, dueText }: Entry): string =>
  `${orderNo} ${says.zh} ${says.en}${dueText === undefined ? '' : ` 期限 due ${dueText}`}`;

interface RobotRequest {
  readonly url: string;
  readonly body: object;
}

/** As each vendor documents it: where the signature stands, over what, and in which unit the time is. */
function requestOf({ vendor, url, secret = '' }: Robot, text: string, at: Date): RobotRequest {
  switch (vendor) {
    case 'dingtalk': {
      const timestamp = String(at.getTime());
      const signed = new URL(url);
      signed.searchParams.set('timestamp', timestamp);
      signed.searchParams.set('sign', hmac(secret, `${timestamp}\n${secret}`));
      return { url: signed.toString(), body: { msgtype: 'text', text: { content: text } } };
    }
    case 'feishu': {
      const timestamp = String(Math.floor(at.getTime() / 1000));
      // Feishu's own way: what is signed is the key, and the message is empty.
      const sign = hmac(`${timestamp}\n${secret}`, '');
      return { url, body: { timestamp, sign, msg_type: 'text', content: { text } } };
    }
    case 'wecom':
      return { url, body: { msgtype: 'text', text: { content: text } } };
  }
}

const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');

/** Too many messages, or the vendor is busy: the same message may pass later. */
const passing: Readonly<Record<RobotVendor, readonly number[]>> = {
  dingtalk: [-1, 130101, 410100],
  feishu: [11232],
  wecom: [-1, 45009, 45033],
};

async function post(vendor: RobotVendor, url: string, body: object): Promise<Sent> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(waitMs),
    });
    if (!response.ok) {
      const forGood = response.status < 500 && response.status !== 429 && response.status !== 408;
      return { state: 'refused', answer: `HTTP ${response.status}`, forGood };
    }
    const code = codeIn(await response.json());
    if (code === 0) return { state: 'sent', answer: '0' };
    return {
      state: 'refused',
      answer: String(code ?? 'no code'),
      forGood: code !== undefined && !passing[vendor].includes(code),
    };
  } catch {
    // Errors of fetch name the address, which is a secret.
    return { state: 'refused', answer: 'unreachable', forGood: false };
  }
}

const waitMs = 10_000;

/** DingTalk and WeCom say `errcode`, Feishu `code`. */
function codeIn(answer: unknown): number | undefined {
  const { errcode, code } = (answer ?? {}) as { readonly errcode?: unknown; readonly code?: unknown };
  const said = errcode ?? code;
  return typeof said === 'number' ? said : undefined;
}
