import { openDossier } from '../../domain/inside/GONE-dossier';
import { file } from '../../domain/inside/GONE-file-fact';
import type { EveryFact } from '../../domain/inside/every-fact';
import type { Dossier } from '../../domain/inside/order';
import { explain } from '../../domain/inside/explain';
import { explainInMarkdown } from '../../domain/inside/explain-in-markdown';
import { terms } from '../builders';

const at = '2026-11-23T02:00:00.000Z';
const by = { kind: 'process' } as const;

const opened = openDossier({
  kind: 'orderAccepted',
  id: 'o#1',
  at,
  by,
  orderNo: '20261123-0001',
  takenBy: 'u0',
  terms: terms(),
});
const after = (...facts: readonly EveryFact[]): Dossier => facts.reduce((desk, fact) => file(desk, fact).desk, opened);
const cancelled = {
  kind: 'cancellationRequested',
  id: 'm1',
  at,
  by: { kind: 'user', userId: 'u0', roles: ['sales'] },
  reasonCode: 'customer_left',
  costFen: 0,
} as const;

test('EX-1 an order that has ended waits for nothing, owes nothing and promises nothing', () => {
  const ended = after(cancelled, {
    kind: 'orderEnded',
    id: 'o#2',
    at,
    by,
    as: 'cancelled',
    reasonCode: 'customer_left',
  });
  expect(explain(ended)).toMatchObject({
    waitsFor: 'nothing: it has ended',
    holders: [],
    waiting: [],
    unpaidFen: 0,
    promisedOn: null,
    closedBecause: 'customer_left',
  });
  expect(explainInMarkdown(explain(ended), 480).trim().split('\n')).toEqual([
    '**已取消 cancelled** since 2026-11-23 10:00 +08:00: waits for nothing: it has ended.',
    '关闭原因 Closed because: customer_left.',
  ]);
});

test('EX-1 a cancelled order that is wound up says so and asks for no payment', () => {
  expect(explain(after(cancelled))).toMatchObject({
    waitsFor: 'the winding up: stock freed, money returned',
    unpaidFen: 0,
  });
});
