import { civilDate, slide } from './calendar';
import { closeTasks, doneBy, withoutWait } from './desk';
import type { Dossier } from './dossier';
import type { Message, Step } from './fact';
import { depositIsCovered } from './leave';

/** 订单确认书 goes out (CF-1). Grade A's production does not wait for it, so its date stands at once (CF-2). */
export function confirmationSent(dossier: Dossier, fact: Extract<Step, { kind: 'confirmationSent' }>): Dossier {
  const sent = { ...dossier, confirmation: { sentAt: fact.at } };
  return dossier.terms.startsAtOnce
    ? { ...sent, promisedOn: dossier.offeredOn }
    : { ...sent, status: 'awaiting_confirmation' };
}

/** The signed paper is back: the promised date slides by the days it took (CF-3, Z1); grade A's does not. */
export function confirmationReturned(
  dossier: Dossier,
  fact: Extract<Message, { kind: 'confirmationReturned' }>,
): Dossier {
  if (dossier.confirmation === undefined) return dossier;
  const returnedAt = fact.happenedAt ?? fact.at;
  const { calendar, slide: mode } = dossier.terms;
  const sentOn = civilDate(calendar, dossier.confirmation.sentAt);
  const back = {
    ...closeTasks(withoutWait(dossier, 'confirmation'), (task) => task.kind === 'confirmation.paper', doneBy(fact)),
    confirmation: { ...dossier.confirmation, returnedAt },
    promisedOn:
      dossier.terms.startsAtOnce || mode === 'none'
        ? (dossier.promisedOn ?? dossier.offeredOn)
        : slide(dossier.offeredOn, sentOn, civilDate(calendar, returnedAt), mode, calendar),
  };
  if (dossier.status !== 'awaiting_confirmation') return back;
  return { ...back, status: depositIsCovered(back) ? 'approved' : 'awaiting_deposit' };
}
