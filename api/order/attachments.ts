import multipart, { type MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { paperIs } from '../../domain/inside/contract/papers';
import type { Actor } from '../../domain/inside/kernel/actor';
import { documentsUnder } from '../../domain/outside/contract/documents';
import { orderWorkflowId } from '../../workflows/ids';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { sha256Of } from '../digest';
import { findOrder, type OrderSeen } from './find-order';
import { allowedMediaTypes, isAllowed } from './media-types';
import { actorOf, deliver, headOf, messageAnswers } from '../message-route';
import { documentsOf } from './details';
import { policyNow } from '../policy/policies';
import { Problem, notFound, wrongField } from '../problem';
import { idempotencyHeader, messageId, orderNo, problemAnswers, reasonCode, text } from '../schemas/basics';
import { attachments } from './schemas';
import { standsAs } from '../worklist/acting-as';
import { holdTaskOf, openTaskOf } from '../worklist/task-rows';

const config = { allow: 'any-user' } as const;
const tags = ['attachments'];
const params = z.object({ no: orderNo });
const fileLimit = 10 * 1024 * 1024;

/** Files of an order: contracts, signed confirmations, receipts, photographs. Filing one is a message to the order. */
export const attachmentRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, dependencies) => {
  const { prisma } = dependencies;
  // Forms with files are taken at this address only: every other one takes JSON, and says so.
  await app.register(multipart, {
    // The package looks for files that were cut off between chunks only; the route looks when it has all of it.
    throwFileSizeLimit: false,
    limits: { fileSize: fileLimit, files: 2, fields: 5, fieldSize: 10_000, parts: 6, headerPairs: 20 },
  });

  app.get(
    '/orders/:no/attachments',
    { config, schema: { tags, params, response: { 200: attachments, ...problemAnswers } } },
    async ({ params: { no }, caller }) => {
      await findOrder(prisma, caller, no);
      return { items: await documentsOf(prisma, no) };
    },
  );

  app.get(
    '/attachments/:id',
    { config, schema: { tags, params: z.object({ id: messageId }), produces: [...allowedMediaTypes] } },
    async ({ params: { id }, caller }, reply) => {
      const row = await prisma.attachment.findUnique({ where: { id } });
      if (row === null) throw notFound('attachment');
      await findOrder(prisma, caller, row.orderNo);
      return reply
        .type(row.mediaType)
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(row.fileName)}`)
        .header('cache-control', 'private, no-store')
        .header('etag', `"${Buffer.from(row.sha256).toString('hex')}"`)
        .send(Buffer.from(row.content));
    },
  );

  app.post(
    '/orders/:no/attachments',
    {
      config,
      schema: {
        tags,
        params,
        headers: idempotencyHeader,
        consumes: ['multipart/form-data'],
        summary: 'A file and, before it, the field `purpose`',
        response: messageAnswers,
      },
    },
    async (request, reply) => {
      const { caller } = request;
      const order = await findOrder(prisma, caller, request.params.no);
      const { no } = order;
      const file = await fileOf(request);
      await requirePurpose(prisma, order, file.purpose);
      const { content, purpose, ...rest } = file;
      const by = await filerOf(dependencies, caller, { no, purpose });
      const head = headOf(dependencies, { request, said: {}, by });
      const { id } = head;
      const sha256 = sha256Of(content);
      const data = { ...rest, id, orderNo: no, purpose, size: content.length, sha256, content, filedBy: caller.userId };
      // A repetition finds its file filed, and is told apart by the digest of its message.
      await prisma.attachment.createMany({ data: [data], skipDuplicates: true });
      return deliver(dependencies, reply, {
        workflowId: orderWorkflowId(no),
        orderNo: no,
        sender: caller.userId,
        message: { ...head, kind: 'attachmentFiled', attachmentId: id, purpose },
        asked: [no, purpose, rest.fileName, sha256.toString('hex')],
      }).catch(async (error: unknown) => {
        await dropUnfiled(prisma, id);
        throw error;
      });
    },
  );
};

/** An unknown purpose is refused as a slip of the pen: whatever waits for the paper would go on waiting. */
async function requirePurpose(
  prisma: Dependencies['prisma'],
  { policyName: name, policyVersion: version }: OrderSeen,
  purpose: string,
): Promise<void> {
  const { policy } = await policyNow(prisma, { name, version });
  const purposes = documentsUnder(policy);
  if (purposes.includes(purpose)) return;
  const message = `There is no such purpose; there are ${purposes.join(', ')}.`;
  throw new Problem({
    status: 400,
    code: 'invalid_input',
    detail: message,
    errors: [{ field: 'purpose', code: 'unknown', message }],
    also: { purposes },
  });
}

/** A paper that a task asks for is filed by whoever may answer it: for another too, or as its fallback (HT-2, HT-7). */
async function filerOf(
  dependencies: Dependencies,
  caller: Caller,
  { no, purpose }: { readonly no: string; readonly purpose: string },
): Promise<Actor> {
  const kind = paperIs(purpose);
  const task =
    kind === undefined
      ? await holdTaskOf(dependencies.prisma, no, purpose)
      : await openTaskOf(dependencies.prisma, no, kind);
  return task === undefined ? actorOf(caller) : standsAs(dependencies, caller, task);
}

/** A file whose message was refused is nobody's. One that is refused later is dropped where that is filed (prisma/functions/inbox.sql). */
async function dropUnfiled(prisma: Dependencies['prisma'], id: string): Promise<void> {
  await prisma.$executeRaw`
    delete from attachments a where a.id = ${id} and not exists (
      select from inbox i where i.id = a.id and i.kind = 'attachmentFiled' and i.state <> 'ignored')`;
}

const form = z.object({ fileName: text(200), purpose: reasonCode });

/** The one file of the form; the fields before it come with it. A second one would be lost. */
async function onlyFile(request: FastifyRequest) {
  const files: { readonly part: MultipartFile; readonly content: Buffer }[] = [];
  for await (const part of request.files()) files.push({ part, content: await part.toBuffer() });
  const [first, second] = files;
  if (first === undefined) throw wrongField('file', 'required', 'Send a file.');
  if (second !== undefined) throw wrongField('file', 'too_many', 'Send one file: each is a message of its own.');
  return first;
}

/** What the package itself refuses says with which status. */
const isKnown = (error: unknown): boolean => error instanceof Error && 'statusCode' in error;

const damaged = new Problem({
  status: 400,
  code: 'malformed_request',
  detail: 'The form cannot be read: its boundary is missing, or it ends before its end.',
  errors: [{ field: 'file', code: 'invalid', message: 'The form cannot be read.' }],
});

async function fileOf(request: FastifyRequest) {
  if (!request.isMultipart()) {
    const detail = 'Send the file as multipart/form-data, with the field `purpose` before it.';
    throw new Problem({ status: 415, code: 'unsupported_media_type', detail });
  }
  const { part, content } = await onlyFile(request).catch((error: unknown) => {
    throw error instanceof Problem || isKnown(error) ? error : damaged;
  });
  // What lies beyond the limit was never read: such a file is not the one that was sent.
  if (part.file.truncated) {
    throw new Problem({ status: 413, code: 'body_too_large', detail: 'A file may have ten mebibytes.' });
  }
  const field = part.fields['purpose'];
  const said = field !== undefined && 'value' in field ? field.value : undefined;
  const parsed = form.safeParse({ fileName: part.filename, purpose: said });
  if (!parsed.success) throw wrongField('purpose', 'invalid', 'Send a file with a name and, before it, its purpose.');
  if (content.length === 0) throw wrongField('file', 'empty', 'The file is empty.');
  if (!isAllowed(part.mimetype, content)) {
    const detail = `Files may be ${allowedMediaTypes.join(', ')}, and must be what they say they are.`;
    throw new Problem({ status: 415, code: 'unsupported_media_type', detail });
  }
  return { ...parsed.data, mediaType: part.mimetype, content: Buffer.from(content) };
}
