import { z } from 'zod';
import { civilDate, id, text } from '../schemas/basics';

const piecesPerDay = z.int().min(0).max(10_000_000).describe('On a working day; 0: the line stands still');

export const newCapacity = z.strictObject({
  id,
  line: text(60).describe('The production line, or a word for all of them'),
  piecesPerDay,
  from: civilDate.describe('It holds until the line’s next row'),
});
export const capacityChange = z.strictObject({ piecesPerDay });
export const capacity = z.object({
  id: z.string(),
  line: z.string(),
  piecesPerDay: z.int(),
  from: z.string(),
  setBy: z.string(),
  setAt: z.string(),
});
