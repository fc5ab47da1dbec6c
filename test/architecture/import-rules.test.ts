import { valuesReachedFrom, violationsIn } from './import-rules';
import { importTable, reservedNames } from './import-table';
import { planted, productFolders, sourcesIn } from './sources';

const product = sourcesIn(...productFolders);

test('every import keeps to the table', () => {
  expect(violationsIn(product)).toEqual([]);
});

test.each([
  ['workflows/ids', []],
  ['workflows/messages', []],
  ['workflows/order-start', ['workflows/ids', 'workflows/search-attributes']],
])('%s, which others may take, brings no workflow with it', (path, brought) => {
  expect(valuesReachedFrom(product, path).filter((each) => each.startsWith('workflows/'))).toEqual(brought);
});

test('ids are nothing but ids', () => {
  expect(valuesReachedFrom(product, 'workflows/ids')).toEqual([]);
});

/** Where the bundle that workers run begins: with a build id, and without one. */
const bundles = ['workflows/index', 'workflows/versioned'];
const isForTheSandbox = (path: string): boolean => path.startsWith('workflows/') || path.startsWith('domain/inside/');

test.each(bundles)('the bundle of workflows holds workflows and rules from inside, and nothing else: %s', (path) => {
  const reached = valuesReachedFrom(product, path);
  expect(reached.filter((each) => !isForTheSandbox(each))).toEqual([]);
  expect(reached).toContain('domain/inside/order');
});

test('a rule from outside that comes into the bundle by way of another file is found', () => {
  const path = 'domain/inside/review/rules.ts';
  const source = `${product.get(path)}\nimport { termsFor } from '../../outside/terms-for';\nexport const terms = termsFor;`;
  expect(valuesReachedFrom(planted(product, path, source), 'workflows/index')).toContain('domain/outside/terms-for');
});

/** What goes wrong by one module alone: of other modules the table says nothing. */
const plant = (path: string, source: string): readonly string[] => violationsIn(new Map([[path, source]]));

describe('a planted violation turns the check red:', () => {
  const plants: readonly (readonly [path: string, source: string])[] = [
    ['domain/inside/stage.ts', `import { limit } from '../outside/policy/policy';`],
    ['domain/inside/stage.ts', `export { limit } from '../outside/policy/policy';`],
    ['domain/inside/stage.ts', `import type { Policy } from '../outside/policy/policy';`],
    ['domain/price.ts', `import type { Fen } from './inside/kernel/vocabulary';`],
    ['domain/outside/price.ts', `import { z } from 'zod';`],
    ['domain/outside/price.ts', `import type { Client } from 'pg';`],
    ['domain/outside/price.ts', `import { readFileSync } from 'fs';`],
    ['domain/outside/price.ts', `import type { Order } from '../../prisma/generated/client';`],
    ['domain/outside/price.ts', `export const now = () => Date.now();`],
    ['domain/outside/price.ts', `export const now = () => new Date();`],
    ['domain/outside/price.ts', `export const dice = () => Math.random();`],
    ['domain/outside/price.ts', `export const shown = (fen: number) => fen.toLocaleString();`],
    ['domain/outside/price.ts', `export const hour = (at: Date) => at.getHours();`],
    ['workflows/order.ts', `import { z } from 'zod';`],
    ['workflows/order.ts', `import { grade } from '../domain/outside/grade';`],
    ['workflows/order.ts', `import type { Grade } from '../domain/outside/grade';`],
    ['workflows/order.ts', `import { bill } from '../activities/bill';`],
    ['workflows/order.ts', `import 'node:fs';`],
    ['workflows/order.ts', `const { env } = require('node:process');`],
    ['workflows/order.ts', `export const late = () => import('../config/environment');`],
    ['workflows/deposit.ts', `import { condition } from '@temporalio/workflow';`],
    ['workflows/deposit.ts', `import { sleep as rest } from '@temporalio/workflow';`],
    ['workflows/deposit.ts', `import * as workflow from '@temporalio/workflow';`],
    ['workflows/deposit.ts', `export { condition } from '@temporalio/workflow';`],
    ['workflows/deposit.ts', `export const now = () => Date.now();`],
    ['workflows/billing.ts', `import { deprecatePatch } from '@temporalio/workflow';`],
    ['workflows/run.ts', `import { patched } from '@temporalio/workflow';`],
    ['workflows/run.ts', `import { condition } from '@temporalio/workflow';`],
    ['workflows/shipment.ts', `import { getExternalWorkflowHandle } from '@temporalio/workflow';`],
    ['workflows/collection.ts', `import { proxyActivities } from '@temporalio/workflow';`],
    ['workflows/run.ts', `import { uuid4 } from '@temporalio/workflow';`],
    ['workflows/run.ts', `import { setHandler } from '@temporalio/workflow';`],
    ['activities/bill.ts', `import { order } from '../workflows/order';`],
    ['activities/bill.ts', `import { orderStartOptions } from '../workflows/order-start';`],
    ['activities/bill.ts', `import { reply } from '../api/reply';`],
    ['activities/bill.ts', `import { page } from '../web/page';`],
    ['worker/main.ts', `import { app } from '../api/app';`],
    ['worker/main.ts', `import { page } from '../web/page';`],
    ['worker/main.ts', `import * as workflows from '../workflows';`],
    ['api/order/routes.ts', `import { order } from '../../workflows/order';`],
    ['api/order/routes.ts', `import { createActivities } from '../../activities';`],
    ['api/order/routes.ts', `import type { Activities } from '../../activities';`],
    ['web/page.tsx', `import { PrismaClient } from '../prisma/generated/client';`],
    ['web/page.tsx', `import { Client } from '@temporalio/client';`],
    ['web/page.tsx', `import { orderId } from '../workflows/ids';`],
    ['config/environment.ts', `import { app } from '../api/app';`],
  ];

  test.each(plants)('%s: %s', (path, source) => {
    expect(plant(path, source)).toHaveLength(1);
  });

  test('each row of the table has one', () => {
    const folders = importTable.map(({ folder }) => folder);
    const holds = (folder: string) => plants.some(([path]) => folders.find((each) => path.startsWith(each)) === folder);
    expect(folders.filter((folder) => !holds(folder))).toEqual([]);
  });

  test.each(Object.keys(reservedNames))('a workflow page that takes %s of Temporal', (name) => {
    expect(plant('workflows/order.ts', `import { ${name} } from '@temporalio/workflow';`)).toHaveLength(1);
  });

  test.each([
    ['workflows/order.ts', `import type { Grade } from '../domain/inside/grade';`],
    ['workflows/order.ts', `import { type Grade } from '../domain/inside/grade';`],
    ['workflows/order.ts', `import { add } from '../domain/inside/money';`],
    ['workflows/temporal-world.ts', `import { condition, sleep } from '@temporalio/workflow';`],
    ['workflows/changes.ts', `import { patched } from '@temporalio/workflow';`],
    ['worker/main.ts', `export const path = require.resolve('../workflows');`],
    ['api/order/routes.ts', `import { paymentReceived } from '../../workflows/messages';`],
    ['domain/outside/day.ts', `export const day = (at: string) => new Date(at).getUTCDate();`],
  ])('but this is allowed: %s: %s', (path, source) => {
    expect(plant(path, source)).toEqual([]);
  });
});
