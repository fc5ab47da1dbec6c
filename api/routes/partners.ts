import type { FastifyPluginAsync } from 'fastify';
import type { z } from 'zod';
import { Prisma } from '../../prisma/generated/client';
import type { Dependencies } from '../dependencies';
import { defined } from '../page';
import { addResource, type ListQuery } from '../resource';
import * as schemas from '../schemas/master-data';

/** Suppliers, carriers and warehouses. */
export const partnerRoutes: FastifyPluginAsync<Dependencies> = async (app, dependencies) => {
  addSuppliers(app, dependencies);
  addCarriers(app, dependencies);
  addWarehouses(app, dependencies);
};

type Add = (app: Parameters<typeof partnerRoutes>[0], dependencies: Dependencies) => void;

const addSuppliers: Add = (app, dependencies) => {
  const { supplier: suppliers } = dependencies.prisma;
  addResource(app, dependencies, {
    url: '/suppliers',
    one: 'supplier',
    read: ['purchasing', 'warehouse', 'quality', 'finance', 'finance_lead', 'director', 'general_manager', 'admin'],
    write: ['purchasing', 'admin'],
    newOne: schemas.newSupplier,
    change: schemas.supplierChange,
    view: schemas.supplier,
    list: (_, query) => suppliers.findMany(pageArgs(query)),
    find: async (_, id) => (await suppliers.findUnique({ where: { id } })) ?? undefined,
    create: (transaction, { id, name, ...rest }) =>
      transaction.supplier.create({ data: { ...supplierColumns(rest), id, name } }),
    update: (id, change) => suppliers.update({ where: { id }, data: supplierColumns(change) }),
  });
};

const addCarriers: Add = (app, dependencies) => {
  const { carrier: carriers } = dependencies.prisma;
  addResource(app, dependencies, {
    url: '/carriers',
    one: 'carrier',
    read: 'any-user',
    write: ['logistics', 'admin'],
    newOne: schemas.newCarrier,
    change: schemas.carrierChange,
    view: schemas.carrier,
    list: (_, query) => carriers.findMany(pageArgs(query)),
    find: async (_, id) => (await carriers.findUnique({ where: { id } })) ?? undefined,
    create: (transaction, { webhookSecret = null, ...data }) =>
      transaction.carrier.create({ data: { ...data, webhookSecret } }),
    update: (id, change) => carriers.update({ where: { id }, data: defined(change) }),
  });
};

const addWarehouses: Add = (app, dependencies) => {
  const { warehouse: warehouses } = dependencies.prisma;
  addResource(app, dependencies, {
    url: '/warehouses',
    one: 'warehouse',
    read: 'any-user',
    write: ['warehouse', 'admin'],
    newOne: schemas.newWarehouse,
    change: schemas.warehouseChange,
    view: schemas.warehouse,
    list: (_, query) => warehouses.findMany(pageArgs(query)),
    find: async (_, id) => (await warehouses.findUnique({ where: { id } })) ?? undefined,
    create: (transaction, data) => transaction.warehouse.create({ data }),
    update: (id, change) => warehouses.update({ where: { id }, data: defined(change) }),
  });
};

function pageArgs({ after, take, text }: ListQuery) {
  return {
    where: {
      id: { gt: after },
      ...(text === undefined ? {} : { name: { contains: text, mode: Prisma.QueryMode.insensitive } }),
    },
    orderBy: { id: Prisma.SortOrder.asc },
    take,
  };
}

function supplierColumns({ address, ...rest }: z.output<typeof schemas.supplierChange>) {
  return {
    ...defined(rest),
    ...(address === undefined ? {} : { address: address === null ? Prisma.DbNull : defined(address) }),
  };
}
