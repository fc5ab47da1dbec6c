import { getExternalWorkflowHandle, ParentClosePolicy, startChild, WorkflowIdReusePolicy } from '@temporalio/workflow';
import type { Dossier } from '../../domain/inside/dossier';
import { isOpen } from '../../domain/inside/gate';
import { isOnCredit, leaveIsLost, shipLeave } from '../../domain/inside/leave';
import { termsOfShipment } from '../../domain/inside/parcel';
import { shipmentNo, shipmentWorkflowId } from '../ids';
import { stopAsked, type ShipmentInput } from '../messages';
import { act, noteStep, reach, now, waitFor, type Run } from '../run';
import type { shipment } from '../shipment';
import { balanceCleared } from './balance';

/** 出库: the goods go only through the gate (Q6), as a shipment with a workflow of its own; the order hears how it fares. */
export async function delivered(run: Run<Dossier>): Promise<void> {
  while (!hasArrived(run.desk)) {
    if (run.desk.shipment === undefined) await release(run);
    if (run.desk.shipment !== undefined)
      await waitFor(run, (dossier) => hasArrived(dossier) || dossier.shipment === undefined || mustStop(dossier));
    if (mustStop(run.desk)) await stop(run);
    await balanceCleared(run);
  }
}

const hasArrived = (dossier: Dossier): boolean => ['delivered', 'in_settlement', 'completed'].includes(dossier.status);

/** A cancellation was approved while the warehouse is at it, or the payment that let the goods go was taken back. */
const mustStop = (dossier: Dossier): boolean => dossier.shipment?.state === 'stopping' || leaveIsLost(dossier);

/** The gate: as of now, is there still a reason to let these goods go? A cancellation asked for is answered first. */
async function release(run: Run<Dossier>): Promise<void> {
  const mayGo = ({ status }: Dossier): boolean => status === 'ready_to_ship';
  await waitFor(run, (dossier) => !mayGo(dossier) || (dossier.cancellation === undefined && isOpen(dossier, 'ship')));
  // Its leave was undone while the gate was shut (HT-5).
  if (!mayGo(run.desk)) return undefined;
  const known = run.desk.customer;
  const suspended = isOnCredit(shipLeave(run.desk, now())) && (await isSuspended(run));
  // Looking up the customer took time: whatever was heard meanwhile counts, and of himself it is newer than what the books said.
  const { orderNo, terms, shipmentCount, customer } = run.desk;
  if (customer !== known) return undefined;
  const leave = shipLeave(run.desk, now());
  if (leave === undefined || (suspended && isOnCredit(leave))) return noteStep(run, { kind: 'creditWithdrawn' });
  const input: ShipmentInput = {
    shipmentNo: shipmentNo(orderNo, shipmentCount + 1),
    orderNo,
    leave,
    terms: termsOfShipment(terms),
  };
  noteStep(run, { kind: 'shipmentReleased', shipmentNo: input.shipmentNo, because: leave });
  if (run.desk.shipment?.no !== input.shipmentNo) return;
  const start = () =>
    startChild<typeof shipment>('shipment', {
      workflowId: shipmentWorkflowId(input.shipmentNo),
      args: [input],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: WorkflowIdReusePolicy.REJECT_DUPLICATE,
      staticSummary: `Shipment of order ${orderNo}`,
    });
  await reach(run, 'start the shipment', start);
}

async function isSuspended(run: Run<Dossier>): Promise<boolean> {
  const { customerId } = run.desk.terms;
  if (customerId === null) return false;
  const { suspended } = await act(run, 'customerStanding', (activities) => activities.customerStanding({ customerId }));
  return suspended;
}

async function stop(run: Run<Dossier>): Promise<void> {
  const { shipment: under } = run.desk;
  if (under === undefined) return;
  await reach(run, 'stop the shipment', () =>
    getExternalWorkflowHandle(shipmentWorkflowId(under.no)).signal(stopAsked, { at: now() }),
  );
  await waitFor(
    run,
    (dossier) => dossier.shipment?.no !== under.no || !['released', 'stopping'].includes(dossier.shipment.state),
  );
}
