import { outstandingFen } from './account';
import { specialRole } from './credit';
import type { Dossier } from './dossier';
import type { Because } from './explain';
import { waitOfHold } from './gate';
import { balanceFen, netReceivedFen, releaseRole } from './leave';
import { returnedOf } from './sent-back';

/** Which rule makes an order wait, and what it saw: read off the dossier, amounts in fen, as tasks have them (HT-16). */
export function whyOrderWaits(dossier: Dossier, wait: string): Because | undefined {
  switch (wait) {
    case 'credit':
      return whyCredit(dossier);
    case 'returned':
      return whyReturned(dossier);
    case 'confirmation':
      return whyConfirmation(dossier);
    case 'deposit':
      return whyDeposit(dossier);
    case 'balance':
      return whyBalance(dossier);
    case 'dispatch':
      return whyDispatch(dossier);
    case 'delivery':
      return { rule: 'silence confirms the receipt', saw: known({ deliveredAt: dossier.deliveredAt }) };
    case 'archive':
      return {
        rule: 'what is completed is archived',
        saw: { completedAt: dossier.statusSince, outstandingFen: outstandingFen(dossier.account) },
      };
    default:
      return whyHold(dossier, wait);
  }
}

function whyCredit({ credit, terms }: Dossier): Because | undefined {
  if (credit?.state !== 'refused') return undefined;
  const { because, limitFen, usedFen } = credit;
  const { exposureFen } = terms;
  const saw = { because, limitFen, usedFen, exposureFen };
  const excessFen = usedFen + exposureFen - limitFen;
  return because === 'over_limit'
    ? { rule: 'the credit limit is exceeded', saw: { ...saw, excessFen, specialBy: specialRole(terms, excessFen) } }
    : { rule: because === 'suspended' ? 'the customer is suspended' : 'the customer is held', saw };
}

function whyReturned(dossier: Dossier): Because {
  const returned = returnedOf(dossier);
  if (returned === null) return { rule: 'the order was sent back', saw: { revision: dossier.revision } };
  const { how, at, by, onBehalfOf, reasonCode, taskId, task, level, afterwards } = returned;
  return {
    rule: { decision: 'a reviewer sent it back', withdrawal: 'it was withdrawn', time: 'nobody answered in time' }[how],
    saw: known({ by, onBehalfOf, at, reason: reasonCode, task, taskId, level, afterReturn: afterwards }),
  };
}

function whyConfirmation({ confirmation, revision, terms, offeredOn }: Dossier): Because {
  return {
    rule: `grade ${terms.grade}: nothing begins before the signed confirmation`,
    saw: known({ grade: terms.grade, sentAt: confirmation?.sentAt, revision, offeredOn }),
  };
}

function whyDeposit(dossier: Dossier): Because {
  const { grade, depositFen, totals } = dossier.terms;
  const { totalFen } = totals;
  const percent = totalFen > 0 ? { percent: Math.round((10_000 * depositFen) / totalFen) / 100 } : {};
  const receivedFen = netReceivedFen(dossier);
  const missingFen = Math.max(0, depositFen - receivedFen);
  return {
    rule: `${pathOf(dossier)}: a deposit before anything is bought or made`,
    saw: { grade, totalFen, depositFen, ...percent, receivedFen, missingFen },
  };
}

function whyBalance(dossier: Dossier): Because {
  const { terms, creditWithdrawn, release } = dossier;
  const unpaidFen = balanceFen(dossier);
  const rule = terms.balanceBeforeShipment
    ? `${pathOf(dossier)}: the balance before the goods go`
    : creditWithdrawn
      ? 'nothing goes on credit: the customer is suspended'
      : `${pathOf(dossier)}: nothing else lets the goods go`;
  return {
    rule,
    saw: known({
      grade: terms.grade,
      totalFen: terms.totals.totalFen,
      receivedFen: netReceivedFen(dossier),
      balanceFen: unpaidFen,
      releasedBy: releaseRole(terms, unpaidFen),
      release: release?.state,
      releaseUpToFen: release?.upToFen,
    }),
  };
}

function whyDispatch({ terms, offeredOn, promisedOn }: Dossier): Because {
  return {
    rule: terms.smallOrderPath === null ? 'every order goes out in time' : `small order: ${terms.smallOrderPath}`,
    saw: known({ offeredOn, promisedOn, wishedOn: terms.wishedOn }),
  };
}

/** Of a hold of the customer: somebody lifts it, or its time does. */
function whyHold({ customer, terms }: Dossier, wait: string): Because | undefined {
  const hold = customer.holds.find((one) => waitOfHold(one) === wait || `hold ${one.id}` === wait);
  if (hold === undefined) return undefined;
  const { id, reason, gates, placedAt, placedBy, until } = hold;
  const releasedBy = terms.holds[reason]?.releasedBy.join(' ');
  return {
    rule: `the customer is held: ${reason}`,
    saw: known({ hold: id, gates: gates.join(' '), placedBy, placedAt, until, releasedBy }),
  };
}

const pathOf = ({ terms: { grade, smallOrderPath } }: Dossier): string =>
  smallOrderPath === null ? `grade ${grade}` : `small order: ${smallOrderPath}`;

type Value = string | number | boolean;

/** What is not known, or does not apply, was not seen. */
const known = (facts: Readonly<Record<string, Value | null | undefined>>): Because['saw'] =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, value] as const],
    ),
  );
