import { CancellationScope, getExternalWorkflowHandle, setHandler } from '@temporalio/workflow';
import { waitingOfParcel } from '../domain/inside/explain';
import { waitingInMarkdown } from '../domain/inside/explain-in-markdown';
import type { Report, ShipmentNews } from '../domain/inside/fact';
import {
  dutiesOfParcel,
  fileInParcel,
  newsOf,
  openParcel,
  parcelIsDone,
  parcelStanding,
  parcelStatus,
  type Parcel,
} from '../domain/inside/parcel';
import type { ShipmentStatus } from '../domain/inside/filing';
import { orderWorkflowId, shipmentWorkflowId } from './ids';
import { letterTo, messageKinds, messageSignal, reportSignal, stopAsked, type ShipmentInput } from './messages';
import { heard, mustBeOurs } from './post';
import { act, begin, fileTheRest, head, note, noteStep, now, reach, waitFor, type Run } from './run';
import { isTimed, wellFormed } from './well-formed';

/** One shipment (发货), from the pick list to the receiver or back (SH-1 … SH-7); its result is where the goods ended. */
export async function shipment(input: ShipmentInput): Promise<ShipmentStatus> {
  mustBeOurs(input, ({ shipmentNo }) => shipmentWorkflowId(shipmentNo));
  const { shipmentNo, orderNo, terms } = input;
  const opened = { kind: 'shipmentOpened', ...head(1), shipmentNo, leave: input.leave } as const;
  const run = begin(shipmentKind(orderNo), orderNo, openParcel(opened, terms), opened);
  listen(run);
  // Goods under way cannot be cancelled from the Temporal UI: the order asks a shipment to stop.
  return CancellationScope.nonCancellable(() => carry(run, input));
}

/** From the pick list on, telling the order what it has to know, until the goods are at an end. */
async function carry(run: Run<Parcel>, { shipmentNo, orderNo }: ShipmentInput): Promise<ShipmentStatus> {
  const told = new Set<ShipmentNews>();
  while (!parcelIsDone(run.desk) || untold(run.desk, told) !== undefined) {
    await waitFor(
      run,
      (parcel) =>
        mustTake(parcel) || mustPutBack(parcel, told) || untold(parcel, told) !== undefined || parcelIsDone(parcel),
    );
    if (mustTake(run.desk)) await take(run);
    if (mustPutBack(run.desk, told))
      await act(run, 'putBackStock', (activities) =>
        activities.putBackStock({ key: `${shipmentNo}:put-back`, orderNo }),
      );
    const news = untold(run.desk, told);
    if (news !== undefined) {
      told.add(news.to);
      await tell(run, orderNo, news);
    }
  }
  await fileTheRest(run);
  return parcelStatus(run.desk);
}

const mustTake = (parcel: Parcel): boolean => parcel.step === 'gone' && !parcel.goodsTaken;
const mustPutBack = (parcel: Parcel, told: ReadonlySet<ShipmentNews>): boolean =>
  parcel.recall !== null && !told.has('recalled');
const untold = (parcel: Parcel, told: ReadonlySet<ShipmentNews>) => newsOf(parcel).find(({ to }) => !told.has(to));

async function take(run: Run<Parcel>): Promise<void> {
  const { no } = run.desk;
  await act(run, 'takeStock', (activities) => activities.takeStock({ key: `${no}:take`, orderNo: run.orderNo }));
  noteStep(run, { kind: 'goodsTaken' });
}

/** The order hears by a report under an id of its own; a report is a fact like any other. */
async function tell(
  run: Run<Parcel>,
  orderNo: string,
  { to, happenedAt }: { to: ShipmentNews; happenedAt: string | null },
): Promise<void> {
  const { no, recall } = run.desk;
  const report: Report = {
    kind: 'shipmentMoved',
    id: `${no}/${to}`,
    at: now(),
    ...(happenedAt === null ? {} : { happenedAt }),
    by: { kind: 'process' },
    shipmentNo: no,
    to,
    ...(to === 'recalled' && recall !== null ? { freightFen: recall.freightFen } : {}),
  };
  const order = orderWorkflowId(orderNo);
  await reach(run, `tell the order: ${to}`, () =>
    getExternalWorkflowHandle(order).signal(reportSignal, letterTo(order, report)),
  );
}

function shipmentKind(orderNo: string) {
  return {
    file: fileInParcel,
    customerOf: (parcel: Parcel) => parcel.terms.customerId,
    duties: dutiesOfParcel,
    opening: (parcel: Parcel) => ({ of: parcel.no, revision: 1, takers: [], terms: parcel.terms }),
    standing: parcelStanding,
    details: (parcel: Parcel) =>
      [
        `Shipment **${parcel.no}** of order ${orderNo}: **${parcelStatus(parcel)}**`,
        '',
        waitingInMarkdown(waitingOfParcel(parcel), parcel.terms.calendar.offsetMinutes),
      ].join('\n'),
  };
}

function listen(run: Run<Parcel>): void {
  for (const kind of messageKinds)
    setHandler(
      messageSignal(kind),
      heard(run, wellFormed([kind]), (message) => note(run, message)),
    );
  setHandler(
    stopAsked,
    heard(run, isTimed, ({ at }) => note(run, { kind: 'stopAsked', id: `${run.desk.no}/stop`, at, by: itself })),
  );
}

const itself = { kind: 'process' } as const;
