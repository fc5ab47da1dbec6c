import { processes } from '../../../domain/inside/processes';

const heldFirst = new Set(Object.values(processes).flatMap(({ heldFirst: kinds }) => [...kinds]));

it('GV-4 X8 what a clock times is held by the history before it tells anybody; letters that follow from inputs alone are not kept back', () => {
  expect(heldFirst).toContain('rungReached');
  for (const kind of ['orderAccepted', 'confirmationSent', 'chargeRaised', 'shipmentMoved', 'waybillEntered'])
    expect(heldFirst).not.toContain(kind);
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
