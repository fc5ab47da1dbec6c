import type { ReviewStory } from '../review/review-machine';

/** Stories of reviews that once broke something; they are played in every run. */
export const onceFound: readonly ReviewStory[] = [
  // Added as a signer, then delegated to as well: he has a slot of his own and is asked for advice on another's.
  {
    setup: {
      signing: 'one',
      round: { openFields: 'all', afterReturn: 'resume', sameApprover: 'asks' },
      away: [[1, 5]],
      limited: [],
    },
    deeds: [
      { do: 'move', who: 5, whom: 7, pick: 6 },
      { do: 'move', who: 1, whom: 7, pick: 9 },
      { do: 'approve', who: 0, whom: 0, pick: 0 },
      { do: 'approve', who: 0, whom: 0, pick: 0 },
      { do: 'approve', who: 0, whom: 0, pick: 0 },
    ],
  },
];
