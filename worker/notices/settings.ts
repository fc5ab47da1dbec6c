import type { Logger } from 'pino';
import type { NoticeChannels } from '../../config/environment';
import type { Robots } from '../../config/robots';
import type { PrismaClient } from '../../prisma/generated/client';
import { organisationReader, type ReadOrganisation } from '../../prisma/organisation';
import type { Channel } from './channels';
import { mailChannel } from './mail';
import { robotChannel } from './robots';

/** What delivers, and how. */
export interface DeliverySettings {
  readonly prisma: PrismaClient;
  readonly organisation: ReadOrganisation;
  readonly log: Pick<Logger, 'warn'>;
  readonly mail: { readonly channel: Channel; readonly from: string; readonly publicUrl: string } | undefined;
  readonly robots: Robots['robots'];
  readonly robotChannel: Channel;
  readonly digestMinutes: number;
  /** A worker that is stopped sends what it is at, and no more. */
  readonly stopping?: AbortSignal;
}

/** The channels that the environment names; without any, people read their notices in the app. */
export function deliverySettings(
  { mail, robots, digestMinutes }: NoticeChannels,
  { prisma, log }: { readonly prisma: PrismaClient; readonly log: Pick<Logger, 'warn'> },
): DeliverySettings {
  return {
    prisma,
    log,
    organisation: organisationReader(prisma),
    mail: mail && { ...mail, channel: mailChannel(mail) },
    robots,
    robotChannel: robotChannel(robots),
    digestMinutes,
  };
}
