import type { Logger } from 'pino';
import type { NoticeChannels } from '../../config/environment';
import type { PrismaClient } from '../../prisma/generated/client';
import { organisationReader } from '../../prisma/organisation';
import type { DeliverySettings } from './deliver';
import { mailChannel } from './mail';
import { robotChannel } from './robots';

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
