import type { FastifyPluginAsync } from 'fastify';
import { Prisma, type StockBatch } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { stockBatchId as idOf } from '../../prisma/stock-batch';
import type { Transaction } from '../once';
import { defined } from '../page';
import { wrongField } from '../problem';
import { type View, addResource } from '../resource';
import { batch, batchChange, newBatch, stockBatchId } from '../schemas/master-data';

/** Goods in hand by batch (AL-1). A new batch is an opening movement; what an order takes or brings back is the order's. */
export const stockRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  const { prisma, now } = dependencies;
  addResource(app, dependencies, {
    url: '/stock',
    one: 'batch',
    id: stockBatchId,
    read: 'any-user',
    write: ['warehouse', 'admin'],
    newOne: newBatch,
    change: batchChange,
    view: batch,
    list: async (_, { after, take, text }) => {
      const rows = await prisma.stockBatch.findMany({
        where: { id: { gt: after }, ...(text === undefined ? {} : { itemId: text }) },
        orderBy: { id: Prisma.SortOrder.asc },
        take,
      });
      return rows.map(viewOf);
    },
    find: async (_, id) => {
      const row = await prisma.stockBatch.findUnique({ where: { id } });
      return row === null ? undefined : viewOf(row);
    },
    create: async (transaction, { batchId, itemId, warehouseId, shelf = '', receivedAt, quantity }) => {
      await requireKnown(transaction, { itemId, warehouseId });
      const at = receivedAt === undefined ? now() : new Date(receivedAt);
      const id = idOf(itemId, batchId);
      const [row] = await transaction.$queryRaw<readonly StockBatch[]>`
        with batch as (
          insert into stock_batches (id, "itemId", "warehouseId", shelf, "receivedAt", "inHand")
          values (${id}, ${itemId}, ${warehouseId}, ${shelf}, ${at}, ${quantity}) returning *),
        movement as (
          insert into stock_movements (key, "batchId", "itemId", kind, quantity)
          select 'opening:' || id, id, "itemId", 'opening', "inHand" from batch)
        select * from batch`;
      if (row === undefined) throw new Error(`batch ${id} was written and is gone`);
      return viewOf(row);
    },
    update: async (id, change) => viewOf(await prisma.stockBatch.update({ where: { id }, data: defined(change) })),
  });
};

async function requireKnown(
  transaction: Transaction,
  { itemId, warehouseId }: { readonly itemId: string; readonly warehouseId: string },
): Promise<void> {
  const [known] = await transaction.$queryRaw<readonly { item: boolean; warehouse: boolean }[]>`
    select exists (select 1 from items where id = ${itemId}) as item,
           exists (select 1 from warehouses where id = ${warehouseId}) as warehouse`;
  if (known?.item !== true) throw wrongField('itemId', 'unknown', 'There is no such item.');
  if (!known.warehouse) throw wrongField('warehouseId', 'unknown', 'There is no such warehouse.');
}

function viewOf({ id, itemId, receivedAt, ...rest }: StockBatch): View {
  const batchId = id.slice(itemId.length + 1);
  return { id, batchId, itemId, ...rest, receivedAt: receivedAt.toISOString() };
}
