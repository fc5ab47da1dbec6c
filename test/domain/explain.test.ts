import { explain } from '../../domain/inside/explain';
import { explainInMarkdown } from '../../domain/inside/explain-in-markdown';
import { terms } from '../builders';
import { head, taken, told, user } from './order-told';

const asked = { kind: 'cancellationRequested', reasonCode: 'customer_left', costFen: 0 } as const;
const cancelled = told(taken(terms()), { ...asked, ...head(user('u0', 'sales')) });

test('EX-1 an order that has ended waits for nothing, owes nothing and promises nothing', () => {
  const ended = told(cancelled, { kind: 'orderEnded', as: 'cancelled', reasonCode: 'customer_left', ...head() });
  expect(explain(ended)).toMatchObject({
    waitsFor: 'nothing: it has ended',
    waitingFor: [],
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
  expect(explain(cancelled)).toMatchObject({
    waitsFor: 'the winding up: stock freed, money returned',
    unpaidFen: 0,
  });
});
