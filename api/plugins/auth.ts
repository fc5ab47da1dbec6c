import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify';
import plugin from 'fastify-plugin';
import { type Role, roles as knownRoles } from '../../domain/inside/kernel/vocabulary';
import type { PrismaClient } from '../../prisma/generated/client';
import { type Caller, hasRole } from '../caller';
import { Problem, forbidden } from '../problem';

/** Deny by default: bearer tokens are looked up by their hash, and a route that does not say whom it lets in does not build. */
export const auth = plugin<{ readonly prisma: PrismaClient }>(async (app, { prisma }) => {
  app.addHook('onRoute', requireAllow);
  app.decorateRequest('knownCaller', undefined);
  app.decorateRequest('caller', {
    getter(this: FastifyRequest): Caller {
      if (this.knownCaller === undefined) throw new Error(`${this.url} is public: nobody is known to ask`);
      return this.knownCaller;
    },
  });
  app.addHook('onRequest', async (request) => {
    const { allow } = request.routeOptions.config;
    // Unknown addresses have no route and are answered 404 whoever asks.
    if (request.is404 || allow === 'public') return;
    const caller = await callerOf(prisma, request.headers.authorization).catch(async (error: unknown) => {
      await app.countUnknown(request);
      throw error;
    });
    request.knownCaller = caller;
    if (allow === undefined || (allow !== 'any-user' && !hasRole(caller, allow))) throw forbidden();
  });
});

function requireAllow(this: FastifyInstance, route: RouteOptions): void {
  if (route.config?.allow === undefined) {
    throw new Error(`${String(route.method)} ${route.url} does not say whom it allows (config.allow)`);
  }
}

/** The digest that a token is kept as, and found by: comparing digests tells nothing about tokens through time. */
export function tokenHash(token: string): Buffer<ArrayBuffer> {
  return createHash('sha256').update(token, 'latin1').digest();
}

/** 32 random bytes in base64url. */
const tokenForm = /^Bearer ([A-Za-z0-9_-]{43})$/i;

async function callerOf(prisma: PrismaClient, authorization: string | undefined): Promise<Caller> {
  const token = tokenForm.exec(authorization ?? '')?.[1];
  if (token === undefined) throw unauthenticated(authorization === undefined ? 'Send a bearer token.' : wrongToken);
  const [row] = await prisma.$queryRaw<readonly CallerRow[]>`/* prepared */
    select t.id as "tokenId", u.id as "userId", u.name,
           array(select r.role from user_roles r where r."userId" = u.id order by r.role) as roles,
           (select v.version from organisation_version v) as organisation
      from api_tokens t join users u on u.id = t."userId"
     where t.hash = ${tokenHash(token)} and t."revokedAt" is null and t."expiresAt" > now() and u.active`;
  if (row === undefined) throw unauthenticated(wrongToken);
  return { ...row, roles: row.roles.filter(isRole) };
}

interface CallerRow {
  readonly tokenId: string;
  readonly userId: string;
  readonly name: string;
  readonly organisation: bigint;
  readonly roles: readonly string[];
}

const wrongToken = 'This token is unknown, expired or revoked.';

function unauthenticated(detail: string): Problem {
  return new Problem({ status: 401, code: 'unauthenticated', detail, headers: { 'www-authenticate': 'Bearer' } });
}

function isRole(role: string): role is Role {
  return knownRoles.some((known) => known === role);
}
