import type { FastifyPluginAsync } from 'fastify';
import type { z } from 'zod';
import type { Item } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { fenOf, moneyOf } from '../money';
import { defined } from '../page';
import { type View, addResource } from '../resource';
import { item, itemChange, newItem } from '../schemas/master-data';

/** Items: what is sold, made or bought. */
export const itemRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  const { prisma } = dependencies;
  addResource(app, dependencies, {
    url: '/items',
    one: 'item',
    read: 'any-user',
    write: ['purchasing', 'production', 'sales_supervisor', 'sales_director', 'admin'],
    newOne: newItem,
    change: itemChange,
    view: item,
    list: async (_, { after, take, text }) => {
      const rows = await prisma.item.findMany({
        where: { id: { gt: after }, ...(text === undefined ? {} : { name: { contains: text, mode: 'insensitive' } }) },
        orderBy: { id: 'asc' },
        take,
      });
      return rows.map(viewOf);
    },
    find: async (_, id) => {
      const row = await prisma.item.findUnique({ where: { id } });
      return row === null ? undefined : viewOf(row);
    },
    create: async (transaction, { id, name, supply, ...body }) =>
      viewOf(await transaction.item.create({ data: { ...columnsOf(body), id, name, supply } })),
    update: async (id, change) => viewOf(await prisma.item.update({ where: { id }, data: columnsOf(change) })),
  });
};

function columnsOf({ listPrice, ...rest }: z.output<typeof itemChange>) {
  return { ...defined(rest), ...(listPrice === undefined ? {} : { listPriceFen: BigInt(fenOf(listPrice)) }) };
}

function viewOf({ listPriceFen, ...rest }: Item): View {
  return { ...rest, listPrice: { ...moneyOf(listPriceFen) } };
}
