import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import plugin from 'fastify-plugin';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import type { z } from 'zod';
import { wrongsOf } from '../../config/issues';
import { databaseIsAway } from '../../prisma/database-away';
import { type FieldError, Problem, unavailable } from '../problem';

/** Every answer that is no success leaves as RFC 9457 problem details with a stable `code`. */
export const problems = plugin(async (app) => {
  const addresses = collectAddresses(app);
  app.setErrorHandler((error, request, reply) => answer(problemOf(error), error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const methods = addresses(request.url);
    const problem =
      methods.length === 0
        ? new Problem({ status: 404, code: 'not_found', detail: 'There is nothing at this address.' })
        : new Problem({
            status: 405,
            code: 'method_not_allowed',
            detail: `This address answers ${methods.join(', ')}.`,
            headers: { allow: methods.join(', ') },
          });
    return answer(problem, undefined, request, reply);
  });
});

/** For what Fastify refuses before there is a request to route: a URL that cannot be decoded, an unknown version. */
export function answerFrameworkError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void answer(problemOf(error), error, request, reply);
}

/** For what Node refuses before Fastify sees it: headers too large, bytes that are not HTTP, a request that never ends. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const [status, code] =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? [431, 'headers_too_large']
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? [408, 'request_timeout']
        : [400, 'malformed_request'];
  const body = JSON.stringify(members({ status, code, detail: 'This is not a request.' }));
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${mediaType}\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const mediaType = 'application/problem+json';

function answer(problem: Problem, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { parts } = problem;
  if (parts.status >= 500) request.log.error({ err: error }, 'answered with an error');
  const body = { ...members(parts), requestId: request.id };
  return reply
    .code(parts.status)
    .headers(parts.headers ?? {})
    .type(mediaType)
    .serializer((payload: unknown) => JSON.stringify(payload))
    .send(body);
}

function members({ status, code, detail, errors, also }: Problem['parts']): Record<string, unknown> {
  return {
    ...also,
    type: `urn:dingdan:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(errors === undefined ? {} : { errors }),
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalidInput(error);
  if (databaseIsAway(error)) return unavailable('The database cannot be reached at the moment.');
  const known = fastifyProblem(error);
  return known ?? new Problem({ status: 500, code: 'internal_error', detail: 'Something is broken on our side.' });
}

function invalidInput(error: Parameters<typeof zodErrors>[0]): Problem {
  const part = partNames[error.validationContext ?? ''] ?? 'The request is';
  return new Problem({
    status: 400,
    code: 'invalid_input',
    detail: `${part} not what this address takes.`,
    errors: zodErrors(error),
  });
}

/** What Fastify calls the parts of a request, in words. */
const partNames: Readonly<Record<string, string>> = {
  body: 'The body is',
  headers: 'A header is',
  params: 'An id in the address is',
  querystring: 'The query is',
};

/** Bounded: a thousand wrong fields tell no more than the first hundred. */
const mostErrors = 100;

interface ZodError {
  readonly instancePath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params?: Readonly<Record<string, unknown>>;
}

function zodErrors({
  validation,
}: {
  readonly validation: readonly ZodError[];
  readonly validationContext?: string | undefined;
}) {
  const errors = validation.flatMap(fieldErrors);
  // Of one field the first says enough: the rest are what follows from it.
  const firsts = errors.filter(({ field }, index) => errors.findIndex((other) => other.field === field) === index);
  return firsts.slice(0, mostErrors);
}

function fieldErrors({ instancePath, keyword, message = 'wrong', params }: ZodError): readonly FieldError[] {
  const path = instancePath.split('/').filter((part) => part !== '');
  // The validator hands on zod's own issue, in other words.
  const issue = { ...params, code: keyword, path, message } as unknown as z.core.$ZodIssue;
  return wrongsOf(issue).map((wrong) => ({
    field: wrong.path.join('.'),
    code: wrong.code,
    message: wrong.code === 'unrecognized_keys' ? 'There is no such field.' : wrong.reason,
  }));
}

/** Fastify's own refusals, by their stable codes; whatever else of it is a 4xx keeps its status. */
const fastifyCodes: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body_too_large',
  FST_REQ_FILE_TOO_LARGE: 'body_too_large',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed_json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed_request',
  FST_ERR_BAD_URL: 'malformed_url',
  FST_ERR_MAX_PARAM_LENGTH: 'malformed_url',
};

/** Where Fastify's words help nobody, or repeat a whole address. */
const details: Readonly<Record<string, string>> = {
  malformed_url: 'This address is too long, or cannot be decoded.',
  unsupported_media_type: 'Send JSON, as `content-type: application/json`.',
  body_too_large: 'A body may have one mebibyte.',
};

function fastifyProblem(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return undefined;
  const status = error.statusCode;
  if (status < 400 || status >= 500) return undefined;
  const own = 'code' in error && typeof error.code === 'string' ? fastifyCodes[error.code] : undefined;
  const code = own ?? (error instanceof SyntaxError ? 'malformed_json' : 'malformed_request');
  return new Problem({ status, code, detail: details[code] ?? error.message });
}

/** Remembers the routes, to tell an unknown address from a known one that was asked with another method. */
function collectAddresses(app: FastifyInstance): (url: string) => readonly string[] {
  const known = new Map<string, { readonly form: RegExp; readonly methods: Set<string> }>();
  app.addHook('onRoute', ({ url, method }) => {
    const entry = known.get(url) ?? { form: formOf(url), methods: new Set() };
    for (const one of [method].flat()) entry.methods.add(one);
    known.set(url, entry);
  });
  return (url) => {
    const path = url.split('?', 1)[0] ?? '';
    const methods = [...known.values()].filter(({ form }) => form.test(path)).flatMap(({ methods: all }) => [...all]);
    return [...new Set(methods)].sort();
  };
}

function formOf(url: string): RegExp {
  const pattern = url
    .split('/')
    .map((part) =>
      part.startsWith(':') ? '[^/]+' : part === '*' ? '.*' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'),
    );
  return new RegExp(`^${pattern.join('/')}$`);
}
