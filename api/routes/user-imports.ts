import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Dependencies } from '../dependencies';
import { sha256Of } from '../digest';
import { changedBy, changeOrganisationOnce } from '../people/organisation-changes';
import { Problem } from '../problem';
import { idempotencyHeader, problemAnswers } from '../schemas/basics';
import { userImport } from '../schemas/users';
import { readUserFile } from '../people/user-file';
import { importUsers } from '../people/user-import';

/** Users from a CSV file (MD-1): whole or not at all. */
export const userImportRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma, now }) => {
  // Forms with files are taken at this address only: every other one takes JSON, and says so.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

  app.post(
    '/users/import',
    {
      config: { allow: ['admin'] },
      schema: {
        tags: ['users'],
        summary: 'Users from a CSV file (text/csv), as UTF-8 or GBK: whole or not at all (MD-1)',
        consumes: ['text/csv'],
        headers: idempotencyHeader,
        response: { 200: userImport, ...problemAnswers },
      },
    },
    async (request) => {
      const { body, caller, headers, url } = request;
      if (!Buffer.isBuffer(body) || body.length === 0) {
        throw new Problem({ status: 415, code: 'unsupported_media_type', detail: 'Send the file as text/csv.' });
      }
      const rows = readUserFile(body);
      const asked = [url, sha256Of(body).toString('hex')];
      const creation = { by: changedBy(request, 'import'), key: headers['idempotency-key'], asked };
      return changeOrganisationOnce(prisma, creation, async (transaction) => ({
        ...(await importUsers(transaction, { rows, by: caller.userId, now: now() })),
      }));
    },
  );
};
