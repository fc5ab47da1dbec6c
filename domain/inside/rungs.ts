import { close } from './closing';
import { taskOf, withoutWait } from './desk';
import type { Dossier } from './dossier';
import type { Step } from './fact';
import { sendBack } from './review';
import type { SentBack } from './sent-back';
import { stages } from './stage';

/** What a rung means for the order: only a lapse moves it, and none approves anything (HT-9). */
export function applyRung(dossier: Dossier, fact: Extract<Step, { kind: 'rungRang' }>): Dossier {
  if (asksAtTheGate(dossier, fact.of) && fact.do !== 'lapse') return askAgain(dossier);
  if (fact.do === 'send_back')
    return dossier.status === 'pending_review' ? sendBack(dossier, byTime(dossier, fact)) : dossier;
  if (fact.do !== 'lapse') return dossier;
  switch (fact.of) {
    case 'delivery':
      return { ...withoutWait(dossier, 'delivery'), receiptConfirmed: true, status: 'in_settlement' };
    case 'archive':
      return { ...withoutWait(dossier, 'archive'), restedAfterCompletion: true };
    default:
      if (fact.of.startsWith('hold ')) return holdIsOver(dossier, fact.of);
      // Whatever a policy's ladder says, silence cancels nothing that the warehouse already has in hand (S1, CF-6).
      return !stages[dossier.status].next.includes('cancelled') || dossier.shipment !== undefined
        ? dossier
        : close(dossier, 'cancelled', `no_answer:${taskOf(dossier, fact.of)?.kind ?? fact.of}`);
  }
}

/** What an order waits for at the gate `accept`: credit, or a hold of its customer that shuts it. */
const asksAtTheGate = ({ status }: Dossier, wait: string): boolean =>
  wait === 'credit' || (status === 'pending_review' && wait.startsWith('customer_hold '));

function byTime(dossier: Dossier, { of, at, by }: Extract<Step, { kind: 'rungRang' }>): SentBack {
  const task = taskOf(dossier, of);
  if (task === undefined) return { how: 'time', at, by };
  const { id, kind, level } = task;
  return { how: 'time', at, by, task: { id, kind, ...(level === undefined ? {} : { level }) } };
}

/** A hold of the customer whose time is over lifts by itself (HG-1). */
function holdIsOver(dossier: Dossier, wait: string): Dossier {
  const holds = dossier.customer.holds.filter(({ id }) => `hold ${id}` !== wait);
  return askAgain({ ...withoutWait(dossier, wait), customer: { ...dossier.customer, holds } });
}

/** The books may have changed unheard: a refusal is asked anew when a hold ends and whenever its wait reminds (HG-2). */
const askAgain = (dossier: Dossier): Dossier =>
  dossier.credit?.state === 'refused' ? { ...dossier, credit: { state: 'again' } } : dossier;
