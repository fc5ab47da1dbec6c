import plugin from 'fastify-plugin';
import { Problem } from '../problem';
import { repeatedKey } from '../repeated-key';

/** JSON bodies, read strictly: as Fastify reads them, and none with a name twice. */
export const json = plugin(async (app) => {
  const read = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    void read(request, body, (error, parsed) => {
      const wrong = error === null ? twice(body) : error;
      done(wrong ?? null, parsed);
    });
  });
});

/** What is wrong with a JSON text that has a name twice: which of the two is meant, nobody can say. */
export function twice(body: string): Problem | undefined {
  const path = repeatedKey(body);
  if (path === undefined) return undefined;
  // A body may be nested as deep as it is long.
  const field = path.slice(0, deepest).join('.').slice(0, longest);
  const detail = 'An object names a field twice: which of the two is meant, nobody can say.';
  return new Problem({
    status: 400,
    code: 'duplicate_key',
    detail,
    errors: [{ field, code: 'duplicate_key', message: 'This field stands there twice.' }],
  });
}

const deepest = 50;
const longest = 500;
