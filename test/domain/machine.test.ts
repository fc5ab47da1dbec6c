import fc from 'fast-check';
import { nextStatuses } from '../../domain/inside/kernel/vocabulary';
import type { Invariant } from './machine-checks';
import { onceFound } from './machine-found';
import { play, type Played } from './machine-play';
import { stories, type Story } from './machine-stories';
import { walks } from './machine-walks';

/**
 * Orders of every kind are told anything by anybody at any time, and after each fact every invariant is asked. All
 * tests of this file play the same stories, so each is played once; fast-check prints seed and path of one that fails.
 */
const runs = { numRuns: 250, examples: onceFound.map((story): [Story] => [story]) };

const played = new Map<string, Played>();

function playedOnce(story: Story): Played {
  const key = JSON.stringify(story);
  const known = played.get(key);
  if (known !== undefined) return known;
  const found = play(story);
  played.set(key, found);
  return found;
}

const holds = (invariant: Invariant): void =>
  fc.assert(
    fc.property(stories, (story) => {
      const why = playedOnce(story).broken.get(invariant);
      if (why !== undefined) throw new Error(why);
    }),
    runs,
  );

it('S1 a status changes only as the published table says, and an ignored fact changes nothing', () => holds('S1'));
it('S1 a shipment and a collection change their status only as their own tables say', () => holds('children'));
it('S1 every step of the published table happens', () => {
  const walked = new Set(walks.flatMap((story) => [...playedOnce(story).steps]));
  const published = Object.entries(nextStatuses).flatMap(([from, all]) => all.map((to) => `${from} ${to}`));
  expect(published.filter((step) => !walked.has(step))).toEqual([]);
});
it('S2 what is over stays over, but for a completed order whose payment is taken back', () => holds('S2'));
it('S4 people and time can bring every order to an end', () => holds('S4'));
it('S5 somebody always holds the ball', () => holds('S5'));
it('V1 a review level opens only after the levels below approved what is asked', () => holds('V1'));
it('V2 a review level of a revision has one decision that counts', () => holds('V2'));
it('V3 nobody reviews what he took or changed, nor twice, for himself or for another', () => holds('V3'));
it('V3 who picked the goods does not check them', () => holds('picker'));
it('V4 who decides has a role of the task when he decides', () => holds('V4'));
it('V5 a rejection, a return and a wrong pick have a reason', () => holds('V5'));
it('V6 a change makes a new revision, keeps only what it does not touch, and nothing else does', () => holds('V6'));
it('Q1 without the signed paper and the deposit nothing is made for grades B and C', () => holds('Q1'));
it('Q2 grade A is made after review, and is not completed without the signed paper', () => holds('Q2'));
it('Q3 the confirmation goes out after every level', () => holds('Q3'));
it('HT-5 what the customer was told of stays approved until a revision', () => holds('Q3b'));
it('Q4 what was made is passed, scrapped, in rework or waiting, and no more is stocked in than came', () =>
  holds('Q4'));
it('Q5 pieces in shipments are no more than lie ready and are wanted, over all parts', () => holds('Q5'));
it('Q5 the warehouse has what is taken, and keeps nothing for an order that is over', () => holds('stock'));
it('Q6 goods go only for one of the four reasons', () => holds('Q6'));
it('Q7 a release is used once, in time, for no more than was asked, and not given by who asked', () => holds('Q7'));
it('Q8 nothing goes on the credit of a customer who was found suspended', () => holds('Q8'));
it('Q9 the freight of each recalled shipment is booked exactly once, to the guarantor if there is one', () =>
  holds('Q9'));
it('Q10 once production has begun only an approval cancels, at the costs that were asked; after shipment nothing does', () =>
  holds('Q10'));
it('M2 the trial balance is zero after every fact', () => holds('M2'));
it('M4 the receivable is what the entries say', () => holds('M4'));
it('M5 no more is applied than was received, and what is not applied stays visible', () => holds('M5'));
it('M6 no more is refunded and retained than was received', () => holds('M6'));
it('M7 money is a liability until it is billed', () => holds('M7'));
it('M8 the bills of all parts come to the order, to the fen', () => holds('M8'));
it('M9 what is paid too much stays the customer’s', () => holds('M9'));
it('M9 nobody is asked for what he has paid already', () => holds('M9b'));
it('M14 payments and charges are conserved, and nothing of them is negative', () => holds('M14'));
it('M14 all charges together ask no more than what is unpaid', () => holds('M14b'));
it('X2 the same message again changes nothing', () => holds('X2'));
it('X4 an effect is done once under its key, and is gone after its answer', () => holds('X4'));
it('X5 every posting has its fact before it, once, and a reversal its target', () => holds('X5'));
it('X8 every process comes to rest', () => holds('rest'));
it('T1 a rung rings once, in its time, and not after its task or clock is over', () => holds('T1'));
it('Z1 the promised date slides by the days that the paper took, and then only forward', () => holds('Z1'));
it('HG-4 a fact that happened too long ago, or is still to come, does not count', () => holds('HG-4'));
