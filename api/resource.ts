import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Role } from '../domain/inside/kernel/vocabulary';
import type { Prisma } from '../prisma/generated/client';
import { type Allow, type Caller, hasRole } from './caller';
import { violatesUnique } from '../prisma/database-away';
import type { Dependencies } from './dependencies';
import { once, type Transaction } from './once';
import { pageOf } from './page';
import { Problem, notFound, refused } from './problem';
import { id as anyId, idempotencyHeader, limit, problemAnswers, text } from './schemas/basics';

/** A row as it is shown: plain JSON with its id. */
export type View = Prisma.InputJsonObject & { readonly id: string };

/** What a page is asked for. */
export interface ListQuery {
  readonly after: string;
  readonly take: number;
  readonly text: string | undefined;
}

/** Master data of one kind (MD-1): a list, one of it, a new one, a change. Nothing is deleted: orders refer to it. */
export interface Resource<New extends z.ZodObject, Change extends z.ZodObject> {
  /** The address under `/api/v1`, and the word for one in messages. */
  readonly url: string;
  readonly one: string;
  /** The form of its ids, where they are not as people make them. */
  readonly id?: z.ZodType<string>;
  readonly read: Allow;
  readonly write: readonly Role[];
  /** Fields that not all who write may set, and who may. */
  readonly reserved?: Readonly<Record<string, readonly Role[]>>;
  readonly newOne: New;
  readonly change: Change;
  readonly view: z.ZodType;
  list(caller: Caller, query: ListQuery): Promise<readonly View[]>;
  find(caller: Caller, id: string): Promise<View | undefined>;
  create(transaction: Transaction, body: z.output<New>, caller: Caller): Promise<View>;
  /** Called where `find` found it. */
  update(id: string, change: z.output<Change>, caller: Caller): Promise<View>;
}

/** Adds the four routes of a resource. */
export function addResource<New extends z.ZodObject, Change extends z.ZodObject>(
  app: FastifyInstance,
  { prisma }: Dependencies,
  resource: Resource<New, Change>,
): void {
  const { url, one, id = anyId, read, write, view, reserved = {} } = resource;
  const tags = [url.slice(1)];
  const typed = app.withTypeProvider<ZodTypeProvider>();
  const item = { tags, params: z.object({ id }), response: { 200: view, ...problemAnswers } };
  const querystring = z.strictObject({ after: id.optional(), limit, text: text(100).optional() });
  const page = z.object({ items: z.array(view), next: z.string().nullable() });

  typed.get(
    url,
    { config: { allow: read }, schema: { tags, querystring, response: { 200: page, ...problemAnswers } } },
    async ({ query, caller }) => {
      const asked = { after: query.after ?? '', take: query.limit + 1, text: query.text };
      return pageOf(await resource.list(caller, asked), query.limit, (row) => row.id);
    },
  );

  typed.get(`${url}/:id`, { config: { allow: read }, schema: item }, async ({ params, caller }) => {
    const found = await resource.find(caller, params.id);
    if (found === undefined) throw notFound(one);
    return found;
  });

  typed.post(
    url,
    {
      config: { allow: write },
      schema: { tags, headers: idempotencyHeader, body: resource.newOne, response: { 201: view, ...problemAnswers } },
    },
    async ({ body, caller, headers }, reply) => {
      requireOwnFields(caller, body, reserved);
      const creation = { userId: caller.userId, key: headers['idempotency-key'], asked: [url, body] };
      // The validator has parsed the body by this very schema; the compiler cannot see through the type parameter.
      const made = await once(prisma, creation, (transaction) =>
        resource.create(transaction, body as z.output<New>, caller),
      ).catch((error: unknown) => {
        throw violatesUnique(error) ? refused('already_exists', `There is a ${one} with this id.`) : error;
      });
      return reply.code(201).header('location', `/api/v1${url}/${made.id}`).send(made);
    },
  );

  typed.patch(
    `${url}/:id`,
    { config: { allow: write }, schema: { ...item, body: resource.change } },
    async ({ params, body, caller }) => {
      requireOwnFields(caller, body, reserved);
      if ((await resource.find(caller, params.id)) === undefined) throw notFound(one);
      return resource.update(params.id, body as z.output<Change>, caller);
    },
  );
}

/** 403 with the name of every field that the caller may not set. */
function requireOwnFields(
  caller: Caller,
  body: unknown,
  reserved: NonNullable<Resource<never, never>['reserved']>,
): void {
  const errors = Object.entries(reserved)
    .filter(([field, roles]) => Object.hasOwn(Object(body), field) && !hasRole(caller, roles))
    .map(([field, roles]) => ({ field, code: 'forbidden', message: `Only ${roles.join(', ')} may set this.` }));
  if (errors.length === 0) return;
  const detail = `Your roles do not allow you to set ${errors.map(({ field }) => field).join(', ')}.`;
  throw new Problem({ status: 403, code: 'forbidden', detail, errors });
}
