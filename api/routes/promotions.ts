import type { FastifyPluginAsync } from 'fastify';
import type { Promotion } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { fenOf, moneyOf } from '../money';
import { type View, addResource } from '../resource';
import { newPromotion, promotion, promotionChange } from '../schemas/sales-rules';

/** 促销: the discounts that an order may name (RV-3). One that ends earlier gets another last day. */
export const promotionRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  const { prisma } = dependencies;
  addResource(app, dependencies, {
    url: '/promotions',
    one: 'promotion',
    read: 'any-user',
    write: ['sales_director', 'admin'],
    newOne: newPromotion,
    change: promotionChange,
    view: promotion,
    list: async (_, { after, take, text }) => {
      const named = text === undefined ? {} : { name: { contains: text, mode: 'insensitive' as const } };
      const where = { id: { gt: after }, ...named };
      return (await prisma.promotion.findMany({ where, orderBy: { id: 'asc' }, take })).map(viewOf);
    },
    find: async (_, id) => {
      const row = await prisma.promotion.findUnique({ where: { id } });
      return row === null ? undefined : viewOf(row);
    },
    create: async (transaction, { minimum, from, until, ...rest }, { userId }) => {
      const data = { ...rest, minimumFen: BigInt(fenOf(minimum)), fromOn: from, untilOn: until, setBy: userId };
      return viewOf(await transaction.promotion.create({ data }));
    },
    update: async (id, { until }, { userId }) =>
      viewOf(await prisma.promotion.update({ where: { id }, data: { untilOn: until, setBy: userId } })),
  });
};

function viewOf({ minimumFen, fromOn: from, untilOn: until, setAt, ...rest }: Promotion): View {
  return { ...rest, from, until, minimum: { ...moneyOf(minimumFen) }, setAt: setAt.toISOString() };
}
