import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Company } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { notFound } from '../problem';
import { problemAnswers } from '../schemas/basics';
import { company, newCompany } from '../schemas/company';

const tags = ['company'];
const where = { id: 1 };

/** 公司资料: who sells, for the letters of every order. Set whole, so that setting it again changes nothing. */
export const companyRoutes: FastifyPluginAsyncZod<Dependencies> = async (app, { prisma, now }) => {
  app.get(
    '/company',
    { config: { allow: 'any-user' }, schema: { tags, response: { 200: company, ...problemAnswers } } },
    async () => {
      const row = await prisma.company.findUnique({ where });
      if (row === null) throw notFound('company yet');
      return viewOf(row);
    },
  );

  app.put(
    '/company',
    {
      config: { allow: ['director', 'general_manager', 'admin'] },
      schema: { tags, body: newCompany, response: { 200: company, ...problemAnswers } },
    },
    async ({ body, caller }) => {
      const data = { ...body, setBy: caller.userId, setAt: now() };
      return viewOf(await prisma.company.upsert({ where, create: data, update: data }));
    },
  );
};

function viewOf({ id: _only, setAt, ...rest }: Company) {
  return { ...rest, setAt: setAt.toISOString() };
}
