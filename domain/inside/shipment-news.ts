import { close } from './closing';
import { closeTasks, withoutWait } from './desk';
import { type Dossier, without } from './dossier';
import type { FactHead, Report, Step } from './fact';
import { shipLeave } from './leave';
import { readyIfLeave } from './payments';
import type { Instant } from './vocabulary';

/** The customer is suspended, or the reason to ship is gone: the balance must come in, or be released (Q8). */
export function creditWithdrawn(dossier: Dossier, { at }: FactHead): Dossier {
  // Where another reason is gone, such as a deposit taken back, its coming back is enough.
  const isForStanding = shipLeave(dossier, at) !== undefined;
  const withdrawn = { ...dossier, creditWithdrawn: dossier.creditWithdrawn || isForStanding };
  return shipLeave(withdrawn, at) === undefined ? { ...withdrawn, status: 'awaiting_balance' } : withdrawn;
}

/** The suspension is lifted: what was withheld for it alone may go again (HG-2); the gate looks once more. */
export function trustedAgain(dossier: Dossier, at: Instant): Dossier {
  if (dossier.customer.suspended || !dossier.creditWithdrawn) return dossier;
  return readyIfLeave({ ...dossier, creditWithdrawn: false }, at);
}

/** A release is used once (Q7). */
export function releaseShipment(dossier: Dossier, fact: Extract<Step, { kind: 'shipmentReleased' }>): Dossier {
  const { release } = dossier;
  return {
    ...withoutQuestion(dossier),
    shipmentCount: dossier.shipmentCount + 1,
    shipment: { no: fact.shipmentNo, leave: fact.because, state: 'released' },
    ...(fact.because === 'released' && release !== undefined
      ? { release: { ...release, state: 'used' as const } }
      : {}),
  };
}

/** What the shipment reports moves the order with it; a late word never moves it back (SH-4). */
export function moveShipment(dossier: Dossier, fact: Extract<Report, { kind: 'shipmentMoved' }>): Dossier {
  const { shipment } = dossier;
  if (shipment === undefined) return dossier;
  const happenedAt = fact.happenedAt ?? fact.at;
  switch (fact.to) {
    case 'stopped': {
      const stopped = { ...dossier, shipment: { ...shipment, state: 'stopped' as const } };
      if (dossier.cancellation?.state === 'approved')
        return close(stopped, 'cancelled', dossier.cancellation.reasonCode, dossier.cancellation.costFen);
      const back = without(stopped, 'shipment');
      return shipLeave(back, fact.at) === undefined ? { ...back, status: 'awaiting_balance' } : back;
    }
    case 'shipped_out':
      return {
        ...without(
          closeTasks(withoutWait(asItLeft(dossier), 'dispatch'), (task) => task.kind === 'cancellation.approve'),
          'cancellation',
        ),
        shipment: { ...shipment, state: 'gone' },
        shippedAt: happenedAt,
        status: 'shipped_out',
        mayHoldStock: false,
      };
    case 'in_transit':
      return dossier.status === 'shipped_out' ? { ...dossier, status: 'in_transit' } : dossier;
    case 'delivered':
      return dossier.status === 'shipped_out' || dossier.status === 'in_transit'
        ? { ...dossier, shipment: { ...shipment, state: 'delivered' }, deliveredAt: happenedAt, status: 'delivered' }
        : dossier;
    case 'unclaimed':
      return dossier.status === 'shipped_out' || dossier.status === 'in_transit'
        ? close({ ...dossier, shipment: { ...shipment, state: 'unclaimed' } }, 'dead', 'unclaimed')
        : dossier;
    case 'recalled':
      return { ...dossier, shipment: { ...shipment, state: 'recalled' } };
  }
}

/** Goods that go, or are gone, need no leave any more: whoever was asked for it anew is not asked. */
const withoutQuestion = (dossier: Dossier): Dossier =>
  closeTasks(dossier, ({ kind }) => kind === 'release.balance' || kind === 'small.guarantee');

/** A leave that was undone while the goods were already on their way out stands: they went on it (HT-5). */
function asItLeft(dossier: Dossier): Dossier {
  const { shipment, release, guarantee, terms } = dossier;
  const left = withoutQuestion(dossier);
  if (shipment?.leave === 'released' && release?.state === 'asked')
    return { ...left, release: { ...release, state: 'used' } };
  const isGuaranteed = shipment?.leave === 'small_order_path' && terms.smallOrderPath === 'guarantor';
  return isGuaranteed && guarantee === undefined ? { ...left, guarantee: 'given' } : left;
}
