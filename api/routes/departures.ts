import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { depart } from '../people/departure';
import type { Dependencies } from '../dependencies';
import { changedBy } from '../people/organisation-changes';
import { id, problemAnswers } from '../schemas/basics';
import { departure, newDeparture } from '../schemas/users';

/** 离职交接 (HT-7): repeating it changes nothing that is done, so it takes no key. */
export const departureRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  app.post(
    '/users/:id/departure',
    {
      config: { allow: ['admin'] },
      schema: {
        tags: ['users'],
        summary: 'Somebody leaves, and his successor takes over what names him (HT-7)',
        params: z.object({ id }),
        body: newDeparture,
        response: { 200: departure, ...problemAnswers },
      },
    },
    async (request) => {
      const { params, body, caller } = request;
      const by = changedBy(request, 'departure', body);
      return depart(dependencies, { userId: params.id, ...body, caller, by });
    },
  );
};
