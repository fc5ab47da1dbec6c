import type { FastifyPluginAsync } from 'fastify';
import type { Restriction } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { requireInOrder, wrongField } from '../problem';
import { type View, addResource } from '../resource';
import { newRestriction, restriction, restrictionChange } from './sales-rules';

/** 限制: what legal wants to see before it is sold (RV-3). It ends on a day; it is not deleted, orders were judged by it. */
export const restrictionRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  const { prisma } = dependencies;
  addResource(app, dependencies, {
    url: '/restrictions',
    one: 'restriction',
    read: ['legal', 'sales_director', 'director', 'general_manager', 'admin'],
    write: ['legal', 'admin'],
    newOne: newRestriction,
    change: restrictionChange,
    view: restriction,
    list: async (_, { after, take, text }) => {
      const named = text === undefined ? {} : { reasonCode: { contains: text } };
      const where = { id: { gt: after }, ...named };
      return (await prisma.restriction.findMany({ where, orderBy: { id: 'asc' }, take })).map(viewOf);
    },
    find: async (_, id) => {
      const row = await prisma.restriction.findUnique({ where: { id } });
      return row === null ? undefined : viewOf(row);
    },
    create: async (transaction, body, { userId }) => {
      const { itemId = null, customerId = null, country = null, province = null, from, until = null, ...rest } = body;
      if (itemId !== null && (await transaction.item.count({ where: { id: itemId } })) === 0)
        throw wrongField('itemId', 'unknown', 'There is no such item.');
      if (customerId !== null && (await transaction.customer.count({ where: { id: customerId } })) === 0)
        throw wrongField('customerId', 'unknown', 'There is no such customer.');
      const data = { ...rest, itemId, customerId, country, province, fromOn: from, untilOn: until, setBy: userId };
      return viewOf(await transaction.restriction.create({ data }));
    },
    update: async (id, { until }, { userId }) => {
      const { fromOn: from } = await prisma.restriction.findUniqueOrThrow({ where: { id } });
      requireInOrder({ from, until });
      return viewOf(await prisma.restriction.update({ where: { id }, data: { untilOn: until, setBy: userId } }));
    },
  });
};

function viewOf({ fromOn: from, untilOn: until, setAt, ...rest }: Restriction): View {
  return { ...rest, from, until, setAt: setAt.toISOString() };
}
