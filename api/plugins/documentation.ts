import { readFile } from 'node:fs/promises';
import swagger from '@fastify/swagger';
import plugin from 'fastify-plugin';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

const config = { allow: 'public' } as const;
const schema = { hide: true };

/**
 * OpenAPI 3.1 from the zod schemas at `/openapi.json`, to browse at `/docs`. Register before the routes. The pages are
 * Swagger UI's own files: a plugin that serves them would bring routes that do not say whom they allow.
 */
export const documentation = plugin(async (app) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Dingdan', version: '1', description },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform: withMediaTypes,
  });
  app.get('/openapi.json', { config, schema }, async () => app.swagger());

  for (const [address, { type, content }] of await pages()) {
    app.get(address, { config, schema }, async (_, reply) =>
      reply.type(type).header('content-security-policy', policy).header('cache-control', 'max-age=3600').send(content),
    );
  }
});

type Transform = typeof jsonSchemaTransform;

/** Answers as they leave: problems as problems, and what is no JSON as what the route says that it produces. */
const withMediaTypes: Transform = (route) => {
  const { schema, url } = jsonSchemaTransform(route);
  const { produces, hide } = route.schema ?? {};
  if (hide === true) return { schema, url };
  const made = produces ?? ['application/json'];
  // A file has no schema: it is sent as it was filed.
  const given: Readonly<Record<string, unknown>> =
    produces !== undefined && schema?.response === undefined
      ? { 200: { type: 'string', format: 'binary' } }
      : Object(schema?.response);
  const response = Object.fromEntries(
    Object.entries(given).map(([status, answer]) => {
      // 204 has nothing in it.
      if (Object(answer).type === 'null') return [status, answer];
      const types = /^[45]/.test(status) ? ['application/problem+json'] : made;
      const content = Object.fromEntries(types.map((type) => [type, { schema: answer }]));
      return [status, { description: 'Default Response', content }];
    }),
  );
  return { schema: Object.keys(response).length === 0 ? schema : { ...schema, response }, url };
};

const description =
  'Orders from intake to archive. A message to an order answers 200 when it was applied, 409 when a rule refused it, ' +
  '202 when it is written down and will be filed. A POST with an `Idempotency-Key` may be repeated.';

/** Scripts and styles are our own files; Swagger UI's icons stand in its style sheet as data. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

interface PageFile {
  readonly type: string;
  readonly content: string | Buffer;
}

async function pages(): Promise<ReadonlyMap<string, PageFile>> {
  const file = (name: string) => readFile(require.resolve(`@fastify/swagger-ui/static/${name}`));
  const script = 'text/javascript; charset=utf-8';
  return new Map<string, PageFile>([
    ['/docs', { type: 'text/html; charset=utf-8', content: index }],
    ['/docs/start.js', { type: script, content: start }],
    ['/docs/swagger-ui-bundle.js', { type: script, content: await file('swagger-ui-bundle.js') }],
    ['/docs/swagger-ui.css', { type: 'text/css; charset=utf-8', content: await file('swagger-ui.css') }],
  ]);
}

const index = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Dingdan API</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="pages"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`;

const start = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#pages', deepLinking: true });\n`;
