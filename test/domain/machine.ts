import { collection, type CollectionDossier } from '../../domain/inside/collection';
import type { CreditActivities } from '../../domain/inside/credit/credit';
import type { CollectingActivities } from '../../domain/inside/collection/suspension';
import type { Hold, Terms } from '../../domain/inside/intake/terms';
import type { Base } from '../../domain/inside/kernel/dossier';
import type { AnyBody, Fact, FiledFact } from '../../domain/inside/kernel/fact';
import type { Posting } from '../../domain/inside/kernel/posting';
import type { Process, Reduced } from '../../domain/inside/kernel/process';
import type { Instant } from '../../domain/inside/kernel/vocabulary';
import type { Task } from '../../domain/inside/kernel/worklist/task';
import { nextAlarm, openTasks } from '../../domain/inside/kernel/worklist/worklist';
import { type Dossier, order } from '../../domain/inside/order';
import { shipment, type ShipmentDossier } from '../../domain/inside/shipment';
import type { CustomerActivities } from '../../domain/inside/shipping/effects';
import type { WarehouseActivities } from '../../domain/inside/shipping/stock';
import type { SupplyActivities } from '../../domain/inside/supply/supply';
import { Desk, type Outward } from './machine-desk';
import { type InHand, Warehouse } from './machine-warehouse';

/** One fact that a process was told, and what became of it. */
export interface Transition<D extends Base = Dossier> {
  readonly process: Process<D>;
  readonly before: D;
  readonly after: D;
  readonly filed: FiledFact;
  readonly postings: readonly Posting[];
  readonly outsideTable: Reduced<D>['outsideTable'];
}

export interface Watch {
  order(transition: Transition): void;
  shipment(transition: Transition<ShipmentDossier>): void;
  collection(transition: Transition<CollectionDossier>): void;
  /** An effect was done twice under one key, or is named again after its answer. */
  spins(key: string): void;
}

type Activities = CreditActivities & SupplyActivities & WarehouseActivities & CustomerActivities & CollectingActivities;
/** What the world does and answers at once; requests are those of the product's own activities. */
type World = {
  readonly [K in keyof Activities]: (request: Parameters<Activities[K]>[0]) => Awaited<ReturnType<Activities[K]>>;
};

/** Any process under way: what a person may find on it. */
export type AnyDesk = Desk<Dossier> | Desk<ShipmentDossier> | Desk<CollectionDossier>;

const orderNo = '20261121-0001';

/**
 * An order with its shipments and collections, without any server: the processes are the product's own, and what the loop of
 * `workflows/` does between messages is here one small step at a time, so that messages can fall between any two, and between an
 * effect and its answer.
 */
export class Machine {
  now: Instant = '2026-11-21T01:00:00.000Z';
  readonly order: Desk<Dossier>;
  readonly shipments = new Map<string, Desk<ShipmentDossier>>();
  readonly collections = new Map<string, Desk<CollectionDossier>>();
  readonly warehouse: Warehouse;
  /** The company's books stop the customer, beside what collections do. */
  isStopped = false;
  /** Holds of the customer, as the books have them. */
  customerHolds: readonly Hold[] = [];
  /** His limit is used up by others, so far. */
  usedFen = 0;
  /** While this is so no effect is answered: what is told meanwhile comes before. */
  isAway = false;
  private readonly suspensions = new Set<string>();
  private version = 0;

  constructor(
    terms: Terms,
    inHand: InHand,
    private readonly watch: Watch,
  ) {
    this.warehouse = new Warehouse(inHand);
    const accepted = { kind: 'orderAccepted', takenBy: 'u0', terms } as const;
    this.order = new Desk(order, orderNo, accepted, this.now, {
      watch: (transition) => watch.order(transition),
      spins: (key) => watch.spins(key),
    });
  }

  get dossier(): Dossier {
    return this.order.dossier;
  }

  /** Every process, those that have ended too. */
  get desks(): readonly AnyDesk[] {
    return [this.order, ...this.shipments.values(), ...this.collections.values()];
  }

  pass(seconds: number): void {
    this.now = new Date(Date.parse(this.now) + seconds * 1000).toISOString();
  }

  /** A message or a report reaches a process; one that does not exist hears nothing. */
  tell(fact: Fact, to: string = orderNo): FiledFact | undefined {
    return this.desks.find(({ no }) => no === to)?.tell(fact);
  }

  /** Up to `count` small steps of all processes; answers how many there were. */
  work(count: number): number {
    let done = 0;
    while (done < count && this.desks.some((desk) => this.step(desk))) done++;
    return done;
  }

  /** Until nothing more happens by itself; whatever was away answers. */
  settle(): void {
    this.isAway = false;
    if (this.work(2_000) === 2_000) throw new Error(`the process does not come to rest in ${this.dossier.status}`);
  }

  /** What the books know of the customer now, each answer of them newer than the one before. */
  customerNow() {
    const holds = this.customerHolds.filter(({ until }) => until === undefined || until > this.now);
    return { suspended: this.isSuspended, holds, version: ++this.version };
  }

  get isSuspended(): boolean {
    return this.isStopped || this.suspensions.size > 0;
  }

  /** What comes first may happen next: an effect is answered, another begun, a rung rings. */
  private step(desk: AnyDesk): boolean {
    if (!this.isAway && desk.takeAnswer(this.now)) return true;
    const effect = desk.next();
    if (effect !== undefined) {
      desk.begin(effect, this.perform(effect));
      return true;
    }
    return desk.ring(this.now);
  }

  private perform(effect: Outward): readonly AnyBody[] {
    switch (effect.do) {
      case 'act': {
        const act = this.world[effect.call as keyof World] as (request: unknown) => never;
        const answer = effect.brings(act(effect.request));
        return Array.isArray(answer) ? (answer as readonly AnyBody[]) : [answer as AnyBody];
      }
      case 'start':
        this.start(effect.child, effect.no, effect.opening);
        return [effect.brings];
      case 'tell':
        this.tell({ ...effect.fact, id: effect.key, at: this.now, by: { kind: 'process' } }, effect.whom.no);
        return [effect.brings];
    }
  }

  private start(child: 'shipment' | 'collection', no: string, opening: AnyBody): void {
    const spins = (key: string): void => this.watch.spins(key);
    if (this.desks.some((desk) => desk.no === no)) return spins(`start of ${no}`);
    if (child === 'shipment')
      this.shipments.set(
        no,
        new Desk(shipment, no, opening, this.now, { watch: (one) => this.watch.shipment(one), spins }),
      );
    else
      this.collections.set(
        no,
        new Desk(collection, no, opening, this.now, { watch: (one) => this.watch.collection(one), spins }),
      );
  }

  private readonly world: World = {
    reserveCredit: ({ exposureFen, special }) => {
      const customer = this.customerNow();
      const limitFen = 100_000;
      const seen = { limitFen, usedFen: this.usedFen, customer };
      if (customer.suspended) return { because: 'suspended', ...seen };
      if (customer.holds.some(({ gates }) => gates.includes('accept'))) return { because: 'held', ...seen };
      const excessFen = this.usedFen + exposureFen - limitFen;
      return excessFen > (special?.excessFen ?? 0) ? { because: 'over_limit', ...seen } : seen;
    },
    reserveStock: (request) => this.warehouse.reserve(request),
    stockIn: (request) => this.warehouse.stockIn(request),
    freeStock: () => this.warehouse.free(),
    takeStock: (request) => this.warehouse.take(request),
    putBackStock: (request) => this.warehouse.putBack(request),
    customerStatus: () => ({ suspended: this.isSuspended }),
    suspendCustomer: ({ key }) => void this.suspensions.add(key),
    liftSuspension: ({ suspension }) => void this.suspensions.delete(suspension),
  };
}

/** Children that will still report by themselves or by their own people. */
export const underWay = ({ shipments, collections }: Machine): readonly AnyDesk[] =>
  [...shipments.values(), ...collections.values()].filter((desk: AnyDesk) => !desk.isOver);

/** Every open task of the order and its children, with where it is. */
export const tasksOf = ({ desks }: Machine): readonly { readonly task: Task; readonly desk: string }[] =>
  desks.flatMap(({ no, dossier }) => openTasks(dossier.worklist).map((task) => ({ task, desk: no })));

/** When anything rings next, of whichever process. */
export const nextRing = ({ desks }: Machine): Instant | undefined =>
  desks.flatMap(({ isOver, dossier }) => (isOver ? [] : (nextAlarm(dossier.worklist)?.at ?? []))).sort()[0];
