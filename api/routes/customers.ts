import { randomUUID } from 'node:crypto';
import type { FastifyPluginAsync } from 'fastify';
import type { z } from 'zod';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import { Prisma, type Customer } from '../../prisma/generated/client';
import type { Caller } from '../caller';
import type { Dependencies } from '../dependencies';
import { fenOf, moneyOf } from '../money';
import { defined } from '../page';
import { type View, addResource } from '../resource';
import { customer, customerChange, newCustomer } from '../schemas/master-data';
import { customersSeenBy, seesPersonalData } from '../scope';

/** Who decides what a customer is worth: neither who sells to him nor who serves him (GV-1). */
const assessors: readonly Role[] = ['finance_lead', 'sales_director', 'director', 'general_manager', 'admin'];

/** The fields that reviews, deposits, credit and taxes hang on. */
const assessed = { grade: assessors, creditLimit: assessors, paymentTermDays: assessors, taxRateBp: assessors };

/** Customers: personal data is masked for roles that need none (GV-2). */
export const customerRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  const { prisma, now } = dependencies;
  /** Who says the grade or the limit, be it as it was, has assessed the customer (RV-3). */
  const assessmentIn = ({ grade, creditLimit }: z.output<typeof customerChange>, { userId }: Caller) =>
    grade === undefined && creditLimit === undefined ? {} : { creditAssessedAt: now(), creditAssessedBy: userId };
  addResource(app, dependencies, {
    url: '/customers',
    one: 'customer',
    read: 'any-user',
    write: [
      'sales',
      'sales_supervisor',
      'sales_director',
      'customer_service',
      'customer_service_supervisor',
      'finance_lead',
      'director',
      'general_manager',
      'admin',
    ],
    reserved: assessed,
    newOne: newCustomer,
    change: customerChange,
    view: customer,
    list: async (caller, { after, take, text }) => {
      const rows = await prisma.$queryRaw<readonly Customer[]>`
        select c.* from customers c
         where c.id > ${after} and ${customersSeenBy(caller)} and ${named(text)}
         order by c.id limit ${take}`;
      return rows.map((row) => viewFor(caller, row));
    },
    find: async (caller, id) => {
      const [row] = await prisma.$queryRaw<readonly Customer[]>`
        select c.* from customers c where c.id = ${id} and ${customersSeenBy(caller)}`;
      return row === undefined ? undefined : viewFor(caller, row);
    },
    create: async (transaction, { id, legalName, grade, ...body }, caller) => {
      // Grade C until somebody has assessed him (RV-3).
      const row = { ...columnsOf(body), legalName, grade: grade ?? 'C', id: id ?? `c-${randomUUID()}` };
      const data = { ...row, ...assessmentIn({ grade, ...body }, caller) };
      return viewOf(await transaction.customer.create({ data }));
    },
    update: async (id, change, caller) => {
      const data = { ...columnsOf(change), ...assessmentIn(change, caller) };
      return viewOf(await prisma.customer.update({ where: { id }, data }));
    },
  });
};

function named(text: string | undefined): Prisma.Sql {
  if (text === undefined) return Prisma.sql`true`;
  return Prisma.sql`c."legalName" ilike ${`%${text.replaceAll(/[\\%_]/g, '\\$&')}%`}`;
}

function columnsOf({ creditLimit, address, invoice, ...rest }: z.output<typeof customerChange>) {
  return {
    ...defined(rest),
    ...(creditLimit === undefined ? {} : { creditLimitFen: BigInt(fenOf(creditLimit)) }),
    ...(address === undefined ? {} : { address: address === null ? Prisma.DbNull : defined(address) }),
    ...(invoice === undefined ? {} : { invoice: invoice === null ? Prisma.DbNull : defined(invoice) }),
  };
}

function viewFor(caller: Caller, row: Customer): View {
  const view = viewOf(row);
  if (seesPersonalData(caller)) return view;
  return { ...view, contact: null, phone: null, address: null, invoice: null, masked: true };
}

function viewOf({
  creditLimitFen,
  creditAssessedAt,
  suspendedAt,
  suspendedBy: _by,
  createdAt: _at,
  address,
  invoice,
  ...rest
}: Customer): View {
  return {
    ...rest,
    address,
    invoice,
    masked: false,
    creditLimit: { ...moneyOf(creditLimitFen) },
    creditAssessedAt: creditAssessedAt?.toISOString() ?? null,
    suspended: suspendedAt !== null,
  };
}
