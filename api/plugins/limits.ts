import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import plugin from 'fastify-plugin';
import { Problem } from '../problem';
import { tokenHash } from './auth';

/** Security headers, and a generous limit per token or, without one, per address. */
export const limits = plugin<{ readonly perMinute: number }>(async (app, { perMinute }) => {
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  });
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    cache: 10_000,
    keyGenerator: ({ headers, ip }) =>
      headers.authorization === undefined ? ip : tokenHash(headers.authorization).toString('base64'),
    errorResponseBuilder: (_, { ttl }) =>
      new Problem({
        status: 429,
        code: 'too_many_requests',
        detail: 'Too many requests; wait as long as Retry-After says.',
        headers: { 'retry-after': String(Math.ceil(ttl / 1000)) },
      }),
  });
});
