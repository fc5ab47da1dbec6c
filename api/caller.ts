import type { Role } from '../domain/inside/kernel/vocabulary';

/** Who asks: a user by a bearer token. */
export interface Caller {
  readonly userId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly tokenId: string;
  /** The organisation's version when he was looked up. */
  readonly organisation: bigint;
}

/** Whom a route lets in: these roles, any user, or anybody at all. */
export type Allow = readonly Role[] | 'any-user' | 'public';

/** Whether a caller has at least one of the roles. */
export function hasRole(caller: Caller, allowed: readonly Role[]): boolean {
  return caller.roles.some((role) => allowed.includes(role));
}

declare module 'fastify' {
  interface FastifyContextConfig {
    allow?: Allow;
  }
  interface FastifyRequest {
    /** Who asks. Reading it on a public route throws. */
    readonly caller: Caller;
    /** Undefined on a public route. */
    knownCaller: Caller | undefined;
  }
}
