import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectFolder } from '../../scripts/servers/project';
import { valuesReachedFrom, violationsIn } from './import-rules';
import { importTable } from './import-table';

test('every import keeps to the table', () => {
  expect(violationsIn(projectFolder)).toEqual([]);
});

test.each([
  ['workflows/ids', []],
  ['workflows/messages', []],
  ['workflows/order-start', ['workflows/ids', 'workflows/search-attributes']],
])('%s, which others may take, brings no workflow with it', (path, brought) => {
  expect(valuesReachedFrom(projectFolder, path).filter((each) => each.startsWith('workflows/'))).toEqual(brought);
});

test('ids are nothing but ids', () => {
  expect(valuesReachedFrom(projectFolder, 'workflows/ids')).toEqual([]);
});

describe('a planted violation turns the check red:', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'dingdan-planted-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function plant(path: string, source: string): readonly string[] {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
    return violationsIn(root);
  }

  const planted: readonly (readonly [path: string, source: string])[] = [
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

  test.each(planted)('%s: %s', (path, source) => {
    expect(plant(path, source)).toHaveLength(1);
  });

  test('each row of the table has one', () => {
    const folders = importTable.map(({ folder }) => folder);
    const holds = (folder: string) =>
      planted.some(([path]) => folders.find((each) => path.startsWith(each)) === folder);
    expect(folders.filter((folder) => !holds(folder))).toEqual([]);
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
