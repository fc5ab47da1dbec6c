import { plain, type Story } from './machine-stories';

/** Stories that once broke something; they are played in every run. */
export const onceFound: readonly Story[] = [
  // A hold of the customer that comes while one line is ordered and the next is not.
  {
    shape: { ...plain, supplies: ['stock', 'stock'] },
    revised: plain,
    inHand: 'none',
    headStart: 0,
    actions: [
      { do: 'pay', who: 0, pick: 3, steps: 0 },
      { do: 'help', who: 0, pick: 0, steps: 0 },
      { do: 'pay', who: 0, pick: 2, steps: 2 },
      { do: 'holdCustomer', who: 0, pick: 2, steps: 0 },
      { do: 'help', who: 0, pick: 0, steps: 0 },
      { do: 'decide', who: 0, pick: 0, steps: 0 },
      { do: 'help', who: 0, pick: 0, steps: 0 },
    ],
  },
  // A deposit that is taken back while one line is made and another is not ordered yet.
  {
    shape: { ...plain, supplies: ['stock', 'make'], levels: 0 },
    revised: plain,
    inHand: 'none',
    headStart: 0,
    actions: [
      { do: 'holdCustomer', who: 0, pick: 9, steps: 0 },
      { do: 'help', who: 0, pick: 0, steps: 0 },
      { do: 'help', who: 0, pick: 0, steps: 80 },
      { do: 'help', who: 0, pick: 0, steps: 0 },
      { do: 'reverse', who: 0, pick: 0, steps: 0 },
      { do: 'decide', who: 0, pick: 0, steps: 0 },
      { do: 'help', who: 0, pick: 0, steps: 0 },
      { do: 'help', who: 0, pick: 0, steps: 0 },
    ],
  },
];
