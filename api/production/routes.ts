import type { FastifyPluginAsync } from 'fastify';
import type { ProductionCapacity } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { type View, addResource } from '../resource';
import { capacity, capacityChange, newCapacity } from './schemas';

/** 产能: what each production line makes a working day, from a day on (RV-3). Another pace is another row of its line. */
export const capacityRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  const { prisma } = dependencies;
  addResource(app, dependencies, {
    url: '/capacity',
    one: 'row of capacity',
    read: 'any-user',
    write: ['team_lead', 'admin'],
    newOne: newCapacity,
    change: capacityChange,
    view: capacity,
    list: async (_, { after, take, text }) => {
      const named = text === undefined ? {} : { line: { contains: text, mode: 'insensitive' as const } };
      const where = { id: { gt: after }, ...named };
      return (await prisma.productionCapacity.findMany({ where, orderBy: { id: 'asc' }, take })).map(viewOf);
    },
    find: async (_, id) => {
      const row = await prisma.productionCapacity.findUnique({ where: { id } });
      return row === null ? undefined : viewOf(row);
    },
    create: async (transaction, { from, ...rest }, { userId }) =>
      viewOf(await transaction.productionCapacity.create({ data: { ...rest, fromOn: from, setBy: userId } })),
    update: async (id, { piecesPerDay }, { userId }) =>
      viewOf(await prisma.productionCapacity.update({ where: { id }, data: { piecesPerDay, setBy: userId } })),
  });
};

function viewOf({ fromOn: from, setAt, ...rest }: ProductionCapacity): View {
  return { ...rest, from, setAt: setAt.toISOString() };
}
