import { randomUUID } from 'node:crypto';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Dependencies } from './dependencies';
import { organisationReader } from '../prisma/organisation';
import { auth } from './plugins/auth';
import { documentation } from './plugins/documentation';
import { json } from './plugins/json';
import { limits } from './plugins/limits';
import { answerClientError, answerFrameworkError, problems } from './plugins/problems';
import { resources } from './resources';
import { decideByLink } from './worklist/decide-by-link';
import { healthRoutes } from './routes/health';

/** What the API is made of, and where it logs. */
export interface ApiOptions extends Omit<Dependencies, 'organisation'> {
  readonly logger?: FastifyBaseLogger;
}

/** One mebibyte holds the largest order there may be, several times over. */
const bodyLimit = 1024 * 1024;

/** Builds the API; `listen` and `close` are the caller's. */
export async function createApi({ logger, ...options }: ApiOptions): Promise<FastifyInstance> {
  const dependencies: Dependencies = { ...options, organisation: organisationReader(options.prisma) };
  const app: FastifyInstance = Fastify<RawServerDefault>({
    ...(logger === undefined ? {} : { loggerInstance: logger }),
    bodyLimit,
    trustProxy: trusted(dependencies.settings.trustedProxies),
    routerOptions: { maxParamLength: 200 },
    http: { maxHeaderSize: 16 * 1024 },
    // Slow senders are cut off; the longest answer waits two seconds for a message to be filed.
    requestTimeout: 30_000,
    connectionTimeout: 60_000,
    return503OnClosing: true,
    genReqId: ({ headers }) => requestId(headers['x-request-id']),
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
  });
  // Query strings hold names: only the path is logged.
  app.setChildLoggerFactory((parent, bindings, options) =>
    parent.child(bindings, { ...options, serializers: { ...options.serializers, req: loggedRequest } }),
  );
  // Fastify would hand a route text where it asks for JSON.
  app.removeContentTypeParser('text/plain');
  await app.register(json);
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  await app.register(problems);
  await app.register(limits, { perMinute: dependencies.settings.rateLimit });
  await app.register(auth, { prisma: dependencies.prisma });
  await app.register(documentation);
  await app.register(healthRoutes, dependencies);
  await app.register(decideByLink, dependencies);
  await app.register(
    async (scope) => {
      for (const routes of resources) await scope.register(routes, dependencies);
    },
    { prefix: '/api/v1' },
  );
  return app;
}

/**
 * Whose X-Forwarded-For is believed: `request.ip` is then the nearest address that is no trusted proxy, and whatever stands
 * before it in the header may be invented. Without proxies the header says nothing.
 */
const trusted = (proxies: readonly string[]): string[] | false => (proxies.length === 0 ? false : [...proxies]);

function loggedRequest({ method, url, ip }: FastifyRequest) {
  return { method, path: loggedPath(url), remoteAddress: ip };
}

/** What stands behind `/t/` is a key (HT-15, Y3), however its letters are written. */
function loggedPath(url: string): string {
  const [path = ''] = url.split('?', 1);
  return path.startsWith('/api/v1/') || !/^[/]+(t|%74)([/]|%2f)/i.test(path) ? path : '/t/…';
}

function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : randomUUID();
}
