import { type MessageRow, toOrder } from '../message-rows';
import { id } from '../schemas/basics';

export const goodsMessages: readonly MessageRow[] = [
  toOrder('goodsReceived', 'receipts', {
    allow: ['warehouse', 'purchasing'],
    summary: 'Purchased goods arrived (PU-1)',
    keyed: true,
    also: { batchId: id.optional().describe('The number on the batch: of the line’s item') },
    says: ({ head, body: { batchId = head.id } }) => ({ batchId }),
  }),
  toOrder('progressReported', 'progress', {
    allow: ['production', 'team_lead'],
    summary: 'Pieces were made (PR-1)',
  }),
  toOrder('inspectionRecorded', 'inspections', {
    allow: ['quality'],
    summary: 'Goods were inspected (QC-1)',
  }),
];
