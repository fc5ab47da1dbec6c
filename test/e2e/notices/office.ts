import type { Robot } from '../../../config/robots';
import type { EveryFact } from '../../../domain/inside/every-fact';
import type { Role } from '../../../domain/inside/kernel/vocabulary';
import type { Task } from '../../../domain/inside/kernel/worklist/task';
import { deliverOnce } from '../../../worker/notices/deliver';
import type { DeliverySettings } from '../../../worker/notices/settings';
import { deliverySettings } from '../../../worker/notices/settings';
import { acceptOrder, type Company, openCompany } from '../database/company';
import { batch, head, review } from '../../filings';
import { type Mailbox, openMailbox } from '../../harness/smtp';

/** A company with people who have mail, an SMTP server, and the delivery of its notices. */
export interface Office extends Company {
  readonly box: Mailbox;
  settings(
    changes?: Partial<{ digestMinutes: number; robots: ReadonlyMap<Role, Robot>; smtpUrl: string }>,
  ): DeliverySettings;
  /** One pass so many minutes after nine. */
  deliver(minute?: number, settings?: DeliverySettings): Promise<Date | undefined>;
  hire(userId: string, roles: readonly string[]): Promise<void>;
  /** A fresh order with an open review by sales; answers the order's number. */
  order(task?: Partial<Task>): Promise<string>;
  file(no: string, facts: readonly EveryFact[], tasks?: readonly Task[]): Promise<void>;
  deliveries(no: string): Promise<readonly Delivered[]>;
}

interface Delivered {
  readonly addressee: string;
  readonly channel: string;
  readonly state: string;
  readonly attempts: number;
  readonly answer: string | null;
  readonly template: string;
}

const minute = (count: number): Date => new Date(Date.now() + count * 60_000);

export const taskOf = (no: string, changes: Partial<Task> = {}): Task => ({ ...review, id: `${no}/1`, ...changes });

export async function openOffice(): Promise<Office> {
  const company = await openCompany();
  const box = await openMailbox();
  let serial = 0;
  const next = new Map<string, number>();
  const settings: Office['settings'] = ({ digestMinutes = 0, robots = new Map(), smtpUrl = box.url } = {}) =>
    deliverySettings(
      {
        mail: { smtpUrl, from: '订单 <orders@dingdan.test>', publicUrl: 'https://dingdan.test' },
        robots,
        digestMinutes,
      },
      { prisma: company.prisma, log: { warn: () => undefined } },
    );
  const file: Office['file'] = async (no, facts, tasks = []) => {
    const firstSeq = next.get(no) ?? 1;
    next.set(no, firstSeq + facts.length);
    await company.activities.fileFacts(batch({ orderNo: no, firstSeq, facts, tasks }));
  };
  return {
    ...company,
    box,
    settings,
    file,
    deliver: (count = 0, given = settings()) => deliverOnce(given, minute(count)),
    hire: async (userId, roles) => {
      await company.query('insert into users (id, name, email) values ($1, $1, $2)', [
        userId,
        `${userId}@dingdan.test`,
      ]);
      for (const role of roles) await company.query('insert into user_roles values ($1, $2)', [userId, role]);
    },
    order: async (changes = {}) => {
      serial += 1;
      const no = `20261123-${String(serial).padStart(4, '0')}`;
      await acceptOrder(company, no);
      const task = taskOf(no, changes);
      await file(no, [{ ...head(`${no}#1`), kind: 'taskOpened', task }], [task]);
      return no;
    },
    deliveries: (no) =>
      company.query<Delivered>(
        `select d.addressee, d.channel, d.state, d.attempts, d.answer, n.template
           from deliveries d join notices n on n.key = d."noticeKey" where d."orderNo" = $1 order by d.id`,
        [no],
      ),
    close: async () => {
      await box.stop();
      await company.close();
    },
  };
}
