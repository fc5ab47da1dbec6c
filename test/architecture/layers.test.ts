import { circlesIn, dossiersMade, outOfOrder, privateFilesTaken, processesIn, publicInVain } from './layers';
import { planted, productFolders, sourcesIn } from './sources';

// An order is a list of organs, and the list is the layering: the compiler keeps it for what organs see, this test for files.

const domain = sourcesIn('domain');
const product = sourcesIn(...productFolders);
test('the lists of organs are read as they stand', () => {
  const lists = Object.fromEntries(processesIn(domain).map(({ path, organs }) => [path, organs]));
  expect(Object.keys(lists).toSorted()).toEqual([
    'domain/inside/collection.ts',
    'domain/inside/order.ts',
    'domain/inside/shipment.ts',
  ]);
  expect(lists['domain/inside/order.ts']?.slice(0, 4)).toEqual([
    'domain/inside/intake/intake',
    'domain/inside/money/rules',
    'domain/inside/goods/goods',
    'domain/inside/contract/rules',
  ]);
});

describe('an organ imports the kernel and organs before it, the kernel itself alone', () => {
  test('everywhere', () => {
    expect(outOfOrder(domain)).toEqual([]);
  });

  test.each([
    ['domain/inside/kernel/money.ts', `import type { Fen } from '../money/money';`],
    ['domain/inside/kernel/worklist/task.ts', `import { order } from '../../order';`],
    ['domain/inside/kernel/calendar.ts', `import { z } from 'zod';`],
    ['domain/inside/goods/pieces.ts', `import type { Shipping } from '../shipping/shipping';`],
    ['domain/inside/billing/billing.ts', `export { closing } from '../closing/closing';`],
    ['domain/inside/review/review.ts', `import type { Dossier } from '../order';`],
    ['domain/inside/shipping/rules.ts', `type Later = import('../billing/billing').Billing;`],
    ['domain/inside/misc/odds.ts', `export const odd = 1;`],
  ])('planted: %s: %s', (path, source) => {
    expect(outOfOrder(planted(domain, path, source))).toHaveLength(1);
  });
});

describe('of an organ others take its public files; its rules only its process', () => {
  test('everywhere', () => {
    expect(privateFilesTaken(product)).toEqual([]);
  });

  test.each([
    ['domain/inside/billing/planted.ts', `import { shippingEffects } from '../shipping/rules';`],
    ['domain/inside/closing/planted.ts', `import type { Purpose } from '../money/allocation';`],
    ['domain/inside/planted.ts', `import { review } from './review/rules';`],
    ['workflows/planted.ts', `import { credit } from '../domain/inside/credit/rules';`],
    ['api/review/planted.ts', `import { level } from '../../domain/inside/review/level';`],
    ['domain/planted.ts', `import { lift } from './inside/holds/lift';`],
  ])('planted: %s: %s', (path, source) => {
    expect(privateFilesTaken(planted(product, path, source))).toHaveLength(1);
  });

  test('the list of public files has none that nobody needs', () => {
    expect(publicInVain(product)).toEqual([]);
  });
});

describe('a process alone puts organs together and names the whole dossier', () => {
  test('everywhere', () => {
    expect(dossiersMade(product)).toEqual([]);
  });

  test.each([
    ['domain/inside/review/review.ts', `import type { DossierOf } from '../kernel/process';`],
    ['domain/inside/explain.ts', `import { processOf } from './kernel/process-of';`],
    ['api/fold.ts', `import { type TasksOf } from '../domain/inside/kernel/process';`],
  ])('planted: %s: %s', (path, source) => {
    expect(dossiersMade(planted(product, path, source))).toHaveLength(1);
  });
});

describe('no files import one another in a circle, types included', () => {
  test('everywhere', () => {
    expect(circlesIn(product)).toEqual([]);
  });

  test.each([
    [
      'a circle of two',
      { 'a.ts': `import { b } from './b';`, 'b.ts': `import type { A } from './a';` },
      'a.ts → b.ts → a.ts',
    ],
    [
      'a circle of three',
      {
        'a.ts': `import { b } from './b';`,
        'b.ts': `export * from './c/index';`,
        'c/index.ts': `type A = import('../a').A;`,
      },
      'a.ts → b.ts → c/index.ts → a.ts',
    ],
  ])('planted: %s', (_, files, circle) => {
    expect(circlesIn(new Map(Object.entries(files)))).toEqual([circle]);
  });
});
