import type { AddressInfo } from 'node:net';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server on loopback that keeps what it is sent, as a mail program reads it. */
export interface Mailbox {
  readonly url: string;
  readonly mails: readonly Email[];
  /** Code of the answer to the next recipients; undefined: welcome. */
  refuseWith: number | undefined;
  stop(): Promise<void>;
}

export async function openMailbox(port = 0): Promise<Mailbox> {
  const mails: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) =>
      done(box.refuseWith === undefined ? null : Object.assign(new Error('no'), { responseCode: box.refuseWith })),
    onData: (stream, _session, done) => {
      const keep = async (): Promise<void> => {
        const chunks: Buffer[] = [];
        for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array));
        mails.push(await PostalMime.parse(Buffer.concat(chunks)));
      };
      void keep().finally(done);
    },
  });
  const listening = await new Promise<AddressInfo>((resolve) => {
    const net = server.listen(port, '127.0.0.1', () => resolve(net.address() as AddressInfo));
  });
  const box: Mailbox = {
    url: `smtp://127.0.0.1:${listening.port}`,
    mails,
    refuseWith: undefined,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
  return box;
}
