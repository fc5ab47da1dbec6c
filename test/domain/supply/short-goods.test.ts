import type { Terms, TermsLine } from '../../../domain/inside/intake/terms';
import { order } from '../../../domain/inside/order';
import type { Reserved } from '../../../domain/inside/supply/supply';
import { gradeA } from '../../builders';
import { accepted, head, taken, tell, told } from '../order-told';

const line = (no: number, supply: TermsLine['supply']): TermsLine => ({
  line: no,
  itemId: `I${no}`,
  quantity: 10,
  netFen: 100_000,
  taxFen: 13_000,
  supply,
});

/** An order that is about to ask the warehouse for its goods, and what it makes of the answer. */
function allocated(lines: Terms['lines'], answer: readonly Reserved[]) {
  const sent = { ...head(), kind: 'confirmationSent', revision: 1, offeredOn: '2026-12-10' } as const;
  const asking = told(accepted(taken(gradeA({ reviews: [], lines }))), sent);
  const effect = order.due(asking).find((one) => one.do === 'act' && one.call === 'reserveStock');
  if (effect?.do !== 'act') throw new Error(`${asking.status} does not ask for stock`);
  const brought = [effect.brings(answer as never)].flat().map((body) => ({ ...body, ...head() }));
  return { brought, after: brought.reduce((before, fact) => tell(before, fact).after, asking) };
}

it('AL-2 what is short is made where the goods of its line are made, else bought', () => {
  const lines = [line(1, 'stock'), line(2, 'buy'), line(3, 'make')];
  const { after } = allocated(lines, [
    { line: 3, reserved: 4 },
    { line: 1, reserved: 10 },
    { line: 2, reserved: 9 },
  ]);
  expect(after.goods.lines).toMatchObject([
    { line: 1, reserved: 10, toBuy: 0, toMake: 0 },
    { line: 2, reserved: 9, toBuy: 1, toMake: 0 },
    { line: 3, reserved: 4, toBuy: 0, toMake: 6 },
  ]);
});

it('AL-2 a line from stock of which too little lies there is bought, and one that the answer leaves out is short as a whole', () => {
  const { after } = allocated([line(1, 'stock'), line(2, 'make')], [{ line: 1, reserved: 0 }]);
  expect(after.goods.lines).toMatchObject([
    { line: 1, reserved: 0, toBuy: 10, toMake: 0 },
    { line: 2, reserved: 0, toBuy: 0, toMake: 10 },
  ]);
});
