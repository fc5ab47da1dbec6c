import { deprecatePatch, patched } from '@temporalio/workflow';

/**
 * What changed in workflows that are running: one named question per change, and the only file that may ask Temporal. Nothing
 * has changed under a running order yet, so there is none.
 *
 * To add one: name it for what is true since, say what makes it removable, and ask it where the ways part.
 *
 *     // Asked in run.ts. Removable when no order taken before 2027-02-01 is open.
 *     export const billsGoOutByShipment = question('bills-go-out-by-shipment');
 *
 *     if (billsGoOutByShipment()) billEachShipment(run);
 *     else billOnce(run);
 *
 * To remove it, in two releases: when nothing that began before it is open, delete the old way and let the former question be
 * said where it was asked (`formerQuestion`); when nothing that was asked is open, delete that too. Ids are never used again.
 * A replay of the recorded histories is the judge of both.
 *
 * @public
 */
export const question = (id: string) => (): boolean => patched(id);

/**
 * A question whose old way is gone: keeps orders that were asked it replayable.
 *
 * @public
 */
export const formerQuestion = (id: string) => (): void => deprecatePatch(id);
