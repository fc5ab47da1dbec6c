import type { FastifyPluginAsync } from 'fastify';
import type { Promotion } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { fenOf, moneyOf } from '../money';
import type { Transaction } from '../once';
import { Problem, requireInOrder } from '../problem';
import { type View, addResource } from '../resource';
import { newPromotion, promotion, promotionChange } from './sales-rules';

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
      await requireItems(transaction, rest.itemIds);
      const data = { ...rest, minimumFen: BigInt(fenOf(minimum)), fromOn: from, untilOn: until, setBy: userId };
      return viewOf(await transaction.promotion.create({ data }));
    },
    update: async (id, { until }, { userId }) => {
      const { fromOn: from } = await prisma.promotion.findUniqueOrThrow({ where: { id } });
      requireInOrder({ from, until });
      return viewOf(await prisma.promotion.update({ where: { id }, data: { untilOn: until, setBy: userId } }));
    },
  });
};

/** A promotion of what is not sold would be named by orders in vain. */
async function requireItems(transaction: Transaction, itemIds: readonly string[]): Promise<void> {
  const rows = await transaction.item.findMany({ where: { id: { in: [...itemIds] } }, select: { id: true } });
  const known = new Set(rows.map(({ id }) => id));
  const errors = itemIds.flatMap((id, index) =>
    known.has(id) ? [] : [{ field: `itemIds.${index}`, code: 'unknown', message: `There is no item ${id}.` }],
  );
  const detail = 'The promotion is for items that there are not.';
  if (errors.length > 0) throw new Problem({ status: 400, code: 'invalid_input', detail, errors });
}

function viewOf({ minimumFen, fromOn: from, untilOn: until, setAt, ...rest }: Promotion): View {
  return { ...rest, from, until, minimum: { ...moneyOf(minimumFen) }, setAt: setAt.toISOString() };
}
