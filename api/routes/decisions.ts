import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { decisionTo } from '../decision';
import type { Dependencies } from '../dependencies';
import { addMessageRoute } from '../message-route';
import { orderNo } from '../schemas/basics';
import { decision } from '../schemas/messages';

/** Tasks are answered at their order, whichever workflow asks; whether the answer counts is judged there once more. */
export const decisionRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  addMessageRoute(app, dependencies, {
    url: '/orders/:no/decisions',
    allow: 'any-user',
    summary: 'A task is answered (RV-6)',
    params: z.object({ no: orderNo }),
    body: decision,
    becomes: ({ params: { no }, body, caller, head }) => decisionTo(dependencies, { no, body, caller, head }),
  });
};
