import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Dossier } from '../domain/inside/dossier';
import type { Message, MessageKind, Report, ShipLeave } from '../domain/inside/fact';
import type { CollectionTerms } from '../domain/inside/dunning';
import type { ShipmentTerms } from '../domain/inside/parcel';
import type { Terms } from '../domain/inside/terms';
import type { Fen, Instant } from '../domain/inside/vocabulary';

/** What an order's workflow starts with: ids, amounts and rules, no personal data. */
export interface OrderInput {
  readonly orderNo: string;
  readonly takenBy: string;
  readonly acceptedAt: Instant;
  readonly terms: Terms;
  /** The dossier so far, when an earlier run had grown long and continued as new. */
  readonly soFar?: Dossier;
}

/** What a shipment's workflow starts with. */
export interface ShipmentInput {
  readonly shipmentNo: string;
  readonly orderNo: string;
  readonly leave: ShipLeave;
  readonly terms: ShipmentTerms;
}

/** What a collection's workflow starts with: one bill and how much of it is still owed. */
export interface CollectionInput {
  readonly billNo: string;
  readonly orderNo: string;
  readonly customerId: string;
  readonly outstandingFen: Fen;
  readonly dueAt: Instant;
  readonly terms: CollectionTerms;
}

/** Every message from outside has one signal, one fact and one route of the same name. */
export const messageKinds = [
  'decisionMade',
  'decisionWithdrawn',
  'taskMoved',
  'taskPaused',
  'taskResumed',
  'reviewWithdrawn',
  'holdPlaced',
  'customerStandingChanged',
  'calendarPublished',
  'orderRevised',
  'contactLogged',
  'confirmationReturned',
  'paymentReceived',
  'paymentReversed',
  'goodsReceived',
  'progressReported',
  'troubleReported',
  'inspectionRecorded',
  'releaseRequested',
  'cancellationRequested',
  'releaseWithdrawn',
  'cancellationWithdrawn',
  'deliveryConfirmed',
  'attachmentFiled',
  'waybillEntered',
  'carrierEventReceived',
] as const satisfies readonly MessageKind[];

/**
 * What every signal of ours carries: the workflow that it is for, and what it tells. The seal is over both, so that what
 * was sealed for one workflow says nothing to another (X7).
 */
export interface Letter<Told> {
  readonly to: string;
  readonly told: Told;
}

export const letterTo = <Told>(to: string, told: Told): Letter<Told> => ({ to, told });

export const messageSignal = (kind: MessageKind) => defineSignal<[Letter<Message>]>(kind);

/** A child's report to its order. */
export const reportSignal = defineSignal<[Letter<Report>]>('childReported');

/** The order asks a shipment to stop: answered by the report `stopped`, or by `shipped_out` when it was too late. */
export const stopAsked = defineSignal<[Letter<{ readonly at: Instant }>]>('stopAsked');

/** The order tells a collection what is still owed. */
export const outstandingChanged =
  defineSignal<[Letter<{ readonly id: string; readonly at: Instant; readonly outstandingFen: Fen }>]>(
    'outstandingChanged',
  );

/** An operator has mended a lasting fault: whatever waits for that tries again at once. */
export const faultMended = defineSignal<[Letter<'mended'>]>('faultMended');

/** The dossier as the workflow holds it, for operators and checkers; no page or board asks for it. */
export const dossierQuery = defineQuery<unknown>('dossier');
