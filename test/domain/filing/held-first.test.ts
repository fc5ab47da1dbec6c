import { processes } from '../../../domain/inside/processes';
import { organs } from '../../../domain/outside/organs';

const heldFirst = new Set(Object.values(processes).flatMap(({ heldFirst: kinds }) => [...kinds]));

/** What is told of the worklist goes to people of the company, and they may hear it twice; only a rung may write to the customer. */
const { worklist, ...tellCustomers } = organs;

it('GV-4 X8 what writes to the customer is held by the history before it is filed', () => {
  const kinds = Object.values(tellCustomers).flatMap((organ) =>
    'notices' in organ ? Object.keys(organ.notices.told) : [],
  );
  expect(kinds).toContain('confirmationSent');
  expect(kinds.filter((kind) => !heldFirst.has(kind))).toEqual([]);
  expect(Object.keys(worklist.notices.told)).toContain('rungReached');
  expect(heldFirst).toContain('rungReached');
});

it('X8 what adds up in rows, is a revision, or is timed by an operator’s clock is held by the history first', () => {
  const addsUp = ['goodsReceived', 'progressReported', 'inspectionRecorded'];
  const others = ['orderRevised', 'cancellationRequested'];
  expect([...addsUp, ...others].filter((kind) => !heldFirst.has(kind))).toEqual([]);
});

it('X8 what people decide and pay is filed at once: they wait for the answer', () => {
  for (const kind of ['decisionMade', 'paymentReceived', 'confirmationReturned', 'deliveryConfirmed', 'holdPlaced'])
    expect(heldFirst).not.toContain(kind);
});
