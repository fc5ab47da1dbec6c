import { contractIsSigned } from '../../domain/inside/GONE-contract';
import { openDossier, settled } from '../../domain/inside/GONE-dossier';
import { dutiesOfDunning, fileInDunning, isPaid, openDunning } from '../../domain/inside/GONE-dunning';
import { dutiesOf, isWoundUp, openingOf } from '../../domain/inside/GONE-duties';
import type { StepBody } from '../../domain/inside/GONE-duty';
import type { Allocation } from '../../domain/inside/GONE-fact';
import { file } from '../../domain/inside/GONE-file-fact';
import { allIn } from '../../domain/inside/GONE-goods';
import { depositIsCovered, leaveIsLost, shipLeave } from '../../domain/inside/GONE-leave';
import { dutiesOfParcel, fileInParcel, newsOf, openParcel, parcelIsDone } from '../../domain/inside/GONE-parcel';
import { isPayable } from '../../domain/inside/GONE-settlement';
import type { EndStatus } from '../../domain/inside/closing/closing';
import type { CollectionDossier } from '../../domain/inside/collection';
import type { EveryFact } from '../../domain/inside/every-fact';
import type { Dossier } from '../../domain/inside/order';
import type { ShipmentDossier } from '../../domain/inside/shipment';
import type { Pieces } from '../../domain/inside/goods/pieces';
import { isOpen } from '../../domain/inside/holds/holds';
import type { Hold, Terms, TermsLine } from '../../domain/inside/intake/terms';
import { isClosed } from '../../domain/inside/kernel/closed';
import type { FiledFact } from '../../domain/inside/kernel/fact';
import { after } from '../../domain/inside/kernel/ladder';
import type { Posting } from '../../domain/inside/kernel/posting';
import type { Instant } from '../../domain/inside/kernel/vocabulary';
import { dueRung } from '../../domain/inside/kernel/worklist/due-rung';
import { missing } from '../../domain/inside/kernel/worklist/requirement';
import { openTasks } from '../../domain/inside/kernel/worklist/worklist';
import { outstandingFen } from '../../domain/inside/money/money';
import { nextLevel, passesAgain } from '../../domain/inside/review/review';
import type { ShipmentNews } from '../../domain/inside/shipping/between';

/** One fact that an order was told, and what became of it. */
export interface Transition {
  readonly before: Dossier;
  readonly after: Dossier;
  readonly filed: FiledFact;
  readonly postings: readonly Posting[];
}

/** The same for a shipment. */
export interface ParcelTransition {
  readonly before: ShipmentDossier;
  readonly after: ShipmentDossier;
  readonly filed: FiledFact;
}

export interface Watch {
  order(transition: Transition): void;
  parcel(transition: ParcelTransition): void;
}

/** How much of a line lies in stock: none, half, all. */
export type InHand = 'none' | 'half' | 'all';

const orderNo = '20261121-0001';
const by = { kind: 'process' } as const;

/**
 * An order with its shipment and collection, without any server: the reducer is the product's own, and what the stages
 * of `workflows/` do between messages is here one small step at a time, so that messages can fall between any two.
 */
export class Machine {
  now: Instant = '2026-11-21T01:00:00.000Z';
  dossier: Dossier;
  parcel: ShipmentDossier | undefined;
  dunning: CollectionDossier | undefined;
  suspended = false;
  /** Holds of the customer, as the books have them. */
  customerHolds: readonly Hold[] = [];
  private told = new Set<ShipmentNews>();

  constructor(
    terms: Terms,
    private readonly inHand: InHand,
    private readonly watch: Watch,
  ) {
    this.dossier = openDossier({
      kind: 'orderAccepted',
      id: `order-${orderNo}#1`,
      at: this.now,
      by,
      orderNo,
      takenBy: 'u0',
      terms,
    });
  }

  pass(seconds: number): void {
    this.now = new Date(Date.parse(this.now) + seconds * 1000).toISOString();
  }

  /** A message or a report reaches the order. */
  tell(fact: EveryFact): FiledFact {
    const before = this.dossier;
    const { desk, filed, postings } = file(before, fact);
    this.dossier = desk;
    this.watch.order({ before, after: desk, filed, postings });
    return filed;
  }

  tellParcel(fact: EveryFact): void {
    const before = this.parcel;
    if (before === undefined) return;
    const { desk, filed } = fileInParcel(before, fact);
    this.parcel = desk;
    this.watch.parcel({ before, after: desk, filed });
  }

  tellDunning(fact: EveryFact): void {
    if (this.dunning !== undefined) this.dunning = fileInDunning(this.dunning, fact).desk;
  }

  /** Up to `count` small steps of the process; answers how many there were. */
  work(count: number): number {
    let done = 0;
    while (done < count && (this.workOnOrder() || this.workOnParcel() || this.workOnDunning())) done++;
    return done;
  }

  /** Until nothing more happens by itself. */
  settle(): void {
    if (this.work(500) === 500) throw new Error(`the process does not come to rest in ${this.dossier.status}`);
  }

  private note(step: StepBody): true {
    const id = `order-${orderNo}#${this.dossier.seq + 1}`;
    this.tell({ ...step, id, at: this.now, by });
    return true;
  }

  private workOnOrder(): boolean {
    const { dossier } = this;
    if (dossier.endedAt !== undefined) return false;
    const rung = dueRung(dossier, this.now);
    if (rung !== undefined) return this.note(rung);
    const [opens] = missing(dossier, dutiesOf(dossier), { ...openingOf(dossier), now: this.now });
    if (opens !== undefined) return this.note(opens);
    const step = this.stepOfStage();
    if (step !== undefined) return this.note(step);
    if (this.orderWhatIsShort()) return true;
    return this.releaseOrStop() || this.collect();
  }

  /** What the stages of an order do next, read off its dossier. */
  private stepOfStage(): StepBody | undefined {
    const { dossier } = this;
    const { terms, status, goods, confirmation, revision } = dossier;
    const [came] = goods.flatMap(({ line, batches }) => batches.map((batch) => ({ line, ...batch })));
    if (came !== undefined) return { kind: 'goodsStockedIn', ...came };
    if (dossier.mayHoldStock && (isClosed(status) || !dossier.allocated)) return { kind: 'stockFreed' };
    if (isWoundUp(dossier)) return { kind: 'orderEnded', as: status as EndStatus, reasonCode: 'closed' };
    if (dossier.restedAfterCompletion) return { kind: 'orderEnded', as: 'archived', reasonCode: 'completed' };
    switch (status) {
      case 'pending_review':
        return stepOfReview(dossier);
      case 'approved': {
        if (confirmation === undefined)
          return isOpen(dossier, 'confirm') && contractIsSigned(dossier)
            ? { kind: 'confirmationSent', revision, offeredOn: dossier.offeredOn }
            : undefined;
        const mayStart = terms.startsAtOnce || (confirmation.returnedAt !== undefined && depositIsCovered(dossier));
        return mayStart ? { kind: 'goodsAllocated', lines: terms.lines.map((line) => this.reserve(line)) } : undefined;
      }
      case 'allocated': {
        return shortOf(dossier).length === 0 && allIn(goods, terms.lines) ? { kind: 'goodsReady' } : undefined;
      }
      case 'in_production':
      case 'in_inspection':
        return allIn(goods, terms.lines) ? { kind: 'goodsReady' } : undefined;
      case 'in_settlement': {
        if (dossier.bill !== undefined) return settled(dossier) ? { kind: 'orderSettled' } : undefined;
        const { totalFen, taxFen } = terms.totals;
        const dueAt = after(this.now, terms.paymentTerm, terms.calendar);
        return isPayable(dossier) && isOpen(dossier, 'bill')
          ? { kind: 'billIssued', billNo: `${orderNo}-B1`, netFen: totalFen - taxFen, taxFen, dueAt }
          : undefined;
      }
      default:
        return undefined;
    }
  }

  /** In one go: nothing that the order is told comes between one line and the next. */
  private orderWhatIsShort(): boolean {
    const { dossier } = this;
    const short = dossier.status === 'allocated' ? shortOf(dossier) : [];
    const mayBe = short.every(({ toBuy }) => isOpen(dossier, toBuy > 0 ? 'purchase' : 'produce'));
    if (short.length === 0 || !mayBe) return false;
    for (const goods of short) this.note(orderOf(goods, dossier.revision));
    return true;
  }

  private reserve({ line, quantity, supply }: TermsLine): Allocation {
    const reserved = { none: 0, half: Math.floor(quantity / 2), all: quantity }[this.inHand];
    const short = quantity - reserved;
    return { line, reserved, toBuy: supply === 'make' ? 0 : short, toMake: supply === 'make' ? short : 0 };
  }

  private releaseOrStop(): boolean {
    const { dossier } = this;
    const { shipment } = dossier;
    if (
      shipment !== undefined &&
      (shipment.state === 'stopping' || leaveIsLost(dossier)) &&
      this.parcel?.step !== 'stopped'
    ) {
      if (this.parcel === undefined || this.parcel.step === 'gone') return false;
      this.tellParcel({ kind: 'stopAsked', id: `${shipment.no}/stop`, at: this.now, by });
      return true;
    }
    if (dossier.status !== 'ready_to_ship' || shipment !== undefined || dossier.cancellation !== undefined)
      return false;
    if (!isOpen(dossier, 'ship')) return false;
    const leave = shipLeave(dossier, this.now);
    const onCredit = leave === 'grade_a_terms' || leave === 'small_order_path';
    if (leave === undefined || (onCredit && this.suspended)) return this.note({ kind: 'creditWithdrawn' });
    const shipmentNo = `${orderNo}-S${dossier.shipmentCount + 1}`;
    this.note({ kind: 'shipmentReleased', shipmentNo, because: leave });
    if (this.dossier.shipment?.no !== shipmentNo) return true;
    const opened = {
      kind: 'shipmentOpened',
      id: `shipment-${shipmentNo}#1`,
      at: this.now,
      by,
      shipmentNo,
      leave,
    } as const;
    this.parcel = openParcel(opened, dossier.terms);
    this.told = new Set();
    return true;
  }

  private collect(): boolean {
    const { dossier } = this;
    const { bill, collection, collections, account, terms } = dossier;
    if (dossier.status !== 'in_settlement' || bill === undefined) return false;
    const owedFen = outstandingFen(account);
    if (collection !== undefined) {
      if (owedFen === collection.toldFen) return false;
      const id = `${collection.no}:${dossier.seq}`;
      this.tellDunning({ kind: 'outstandingChanged', id, at: this.now, by, outstandingFen: owedFen });
      return this.note({ kind: 'collectionTold', outstandingFen: owedFen });
    }
    if (owedFen === 0) return false;
    const billNo = collections === 0 ? bill.no : `${bill.no}-${collections + 1}`;
    this.note({ kind: 'collectionStarted', billNo, outstandingFen: owedFen });
    const opened = {
      kind: 'collectionOpened',
      id: `collection-${billNo}#1`,
      at: this.now,
      by,
      billNo,
      outstandingFen: owedFen,
      dueAt: bill.dueAt,
    } as const;
    this.dunning = openDunning(opened, terms);
    return true;
  }

  private workOnParcel(): boolean {
    const { parcel } = this;
    if (parcel === undefined) return false;
    const id = `shipment-${parcel.no}#${parcel.seq + 1}`;
    const note = (step: StepBody): true => {
      this.tellParcel({ ...step, id, at: this.now, by });
      return true;
    };
    const rung = dueRung(parcel, this.now);
    if (rung !== undefined) return note(rung);
    const [opens] = missing(parcel, dutiesOfParcel(parcel), {
      of: parcel.no,
      revision: 1,
      takers: [],
      terms: parcel.terms,
      now: this.now,
    });
    if (opens !== undefined) return note(opens);
    if (parcel.step === 'gone' && !parcel.goodsTaken) return note({ kind: 'goodsTaken' });
    const news = newsOf(parcel).find(({ to }) => !this.told.has(to));
    if (news === undefined) return false;
    this.told.add(news.to);
    this.tell({
      kind: 'shipmentMoved',
      id: `${parcel.no}:${news.to}`,
      at: this.now,
      by,
      shipmentNo: parcel.no,
      to: news.to,
      ...(news.happenedAt === null ? {} : { happenedAt: news.happenedAt }),
      ...(parcel.recall === null ? {} : { freightFen: parcel.recall.freightFen }),
    });
    if (news.to === 'stopped') this.parcel = undefined;
    return true;
  }

  private workOnDunning(): boolean {
    const { dunning } = this;
    if (dunning === undefined) return false;
    const note = (step: StepBody): true => {
      this.tellDunning({
        ...step,
        id: `collection-${dunning.billNo}#${dunning.seq + 1}`,
        at: this.now,
        by,
      });
      return true;
    };
    const rung = dueRung(dunning, this.now);
    if (rung !== undefined) return note(rung);
    const [opens] = missing(dunning, dutiesOfDunning(dunning), {
      of: dunning.billNo,
      revision: 1,
      takers: [],
      terms: dunning.terms,
      now: this.now,
    });
    if (opens !== undefined) return note(opens);
    if (isPaid(dunning)) this.dunning = undefined;
    return false;
  }
}

/** Whether a child workflow is under way that will report by itself or by its own people. */
export const childIsUnderWay = ({ parcel, dunning }: Machine): boolean =>
  (parcel !== undefined && !parcelIsDone(parcel)) || dunning !== undefined;

/** Every open task of the order and its children. */
export const tasksOf = ({ dossier, parcel, dunning }: Machine) => [
  ...openTasks(dossier).map((task) => ({ task, desk: 'order' as const })),
  ...(parcel === undefined ? [] : openTasks(parcel).map((task) => ({ task, desk: 'parcel' as const }))),
  ...(dunning === undefined ? [] : openTasks(dunning).map((task) => ({ task, desk: 'dunning' as const }))),
];

/** A level that passes without being asked, or a review with nothing left to ask. */
function stepOfReview(dossier: Dossier): StepBody | undefined {
  if (nextLevel(dossier) === undefined) return mayAskTheBooks(dossier) ? answerOfGate(dossier) : undefined;
  const again = passesAgain(dossier);
  return again && { kind: 'levelSkipped', level: again.level.level, task: again.level.task, sameAs: again.by.by };
}

/** While a hold of the order itself shuts the gate, nobody asks them. */
const mayAskTheBooks = ({ credit, holds }: Dossier): boolean =>
  credit?.state !== 'refused' && holds.every(({ gates }) => !gates.includes('accept'));

/** The gate sees what the order was told of its customer. */
function answerOfGate(dossier: Dossier): StepBody {
  const { revision, customer } = dossier;
  if (customer.suspended)
    return { kind: 'creditRefused', revision, because: 'suspended', limitFen: 0, usedFen: 0, customer };
  return isOpen(dossier, 'accept')
    ? { kind: 'creditReserved', revision, exposureFen: 0, customer }
    : { kind: 'creditRefused', revision, because: 'held', limitFen: 0, usedFen: 0, customer };
}

const shortOf = ({ goods }: Dossier): readonly Pieces[] =>
  goods.filter(({ ordered, toBuy, toMake }) => !ordered && toBuy + toMake > 0);

/** What is short of a line is bought or made. */
function orderOf({ line, itemId, toBuy, toMake }: Pieces, revision: number): StepBody {
  const no = `${orderNo}-${revision}-${line}`;
  return toBuy > 0
    ? { kind: 'purchaseOrdered', purchaseNo: no, line, itemId, quantity: toBuy }
    : { kind: 'productionOrdered', productionNo: no, line, itemId, quantity: toMake };
}
