import type { MessageRow } from '../message-rows';

export const creditMessages: readonly MessageRow[] = [
  { kind: 'customerStatusChanged', comes: { writtenBy: 'prisma/functions/holds.sql' } },
];
