import type { Notices } from '../notices/notice';

export const confirmationNotices = {
  // CF-1
  confirmationSent: ({ kind, revision, offeredOn }) => ({ template: kind, to: ['customer'], revision, offeredOn }),
  // PR-1
  troubleReported: ({ kind, cause, newOfferedOn }) => ({
    template: kind,
    to: ['salesperson', 'customer'],
    cause,
    newOfferedOn,
  }),
} satisfies Notices;
