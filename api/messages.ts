import type { FastifyPluginAsync } from 'fastify';
import { billingMessages } from './billing/messages';
import { clearanceMessages } from './clearance/messages';
import { closingMessages } from './closing/messages';
import { confirmationMessages } from './confirmation/messages';
import type { Dependencies } from './dependencies';
import { goodsMessages } from './goods/messages';
import { holdsMessages } from './holds/messages';
import { intakeMessages } from './intake/messages';
import type { MessageRow } from './message-rows';
import { moneyMessages } from './money/messages';
import { reviewMessages } from './review/messages';
import { shippingMessages } from './shipping/messages';
import { worklistMessages } from './worklist/messages';

/** Everything that people and systems outside may tell a process, each with its one route: a row per kind of fact, by organ. */
const messages: readonly MessageRow[] = [
  ...worklistMessages,
  ...intakeMessages,
  ...moneyMessages,
  ...goodsMessages,
  ...reviewMessages,
  ...confirmationMessages,
  ...holdsMessages,
  ...clearanceMessages,
  ...shippingMessages,
  ...billingMessages,
  ...closingMessages,
];

/** The route of each message. */
export const messageRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  for (const { add } of messages) add?.(app, dependencies);
};
