import type { FastifyPluginAsync } from 'fastify';
import { billingMessages } from './billing/messages';
import { clearanceMessages } from './clearance/messages';
import { closingMessages } from './closing/messages';
import { confirmationMessages } from './confirmation/messages';
import { creditMessages } from './credit/messages';
import type { Dependencies } from './dependencies';
import { goodsMessages } from './goods/messages';
import { holdsMessages } from './holds/messages';
import { intakeMessages } from './intake/messages';
import type { MessageRow } from './message-rows';
import { moneyMessages } from './money/messages';
import { reviewMessages } from './review/messages';
import { shippingMessages } from './shipping/messages';
import { worklistMessages } from './worklist/messages';

/** Everything that may be told to a process from outside, each with the one way by which it comes: a row per kind of fact, by organ. */
export const messages: readonly MessageRow[] = [
  ...worklistMessages,
  ...intakeMessages,
  ...moneyMessages,
  ...goodsMessages,
  ...reviewMessages,
  ...creditMessages,
  ...confirmationMessages,
  ...holdsMessages,
  ...clearanceMessages,
  ...shippingMessages,
  ...billingMessages,
  ...closingMessages,
];

/** The route of each message. */
export const messageRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  for (const { comes } of messages) if ('url' in comes) comes.add?.(app, dependencies);
};
