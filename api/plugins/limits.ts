import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { Problem } from '../problem';

declare module 'fastify' {
  interface FastifyInstance {
    /** Counts a request of somebody who is not known against his address. */
    countUnknown(request: FastifyRequest): Promise<void>;
  }
}

/** Security headers, and a generous limit per user or, where nobody is known to ask, per address. */
export const limits = plugin<{ readonly perMinute: number }>(async (app, { perMinute }) => {
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  });
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    cache: 10_000,
    // Runs after a request's sender is known: other plugins' hooks come before those of a route.
    keyGenerator: ({ knownCaller, ip }) => (knownCaller === undefined ? `address ${ip}` : `user ${knownCaller.userId}`),
    errorResponseBuilder: (_, { ttl }) => tooMany(ttl / 1000),
  });
  const count = app.createRateLimit({ max: perMinute, timeWindow: 60_000, keyGenerator: ({ ip }) => `address ${ip}` });
  app.decorate('countUnknown', async (request: FastifyRequest) => {
    const counted = await count(request);
    if (!counted.isAllowed && counted.isExceeded) throw tooMany(counted.ttlInSeconds);
  });
});

function tooMany(seconds: number): Problem {
  return new Problem({
    status: 429,
    code: 'too_many_requests',
    detail: 'Too many requests; wait as long as Retry-After says.',
    headers: { 'retry-after': String(Math.ceil(seconds)) },
  });
}
