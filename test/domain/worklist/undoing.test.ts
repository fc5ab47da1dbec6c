import { answerOf } from '../../../domain/inside/credit/credit';
import type { EveryFact, FactNamed } from '../../../domain/inside/every-fact';
import { holdsOf } from '../../../domain/inside/holds/holds';
import type { Terms } from '../../../domain/inside/intake/terms';
import type { FactHead, FiledFact } from '../../../domain/inside/kernel/fact';
import { rolesOf, type Task } from '../../../domain/inside/kernel/worklist/task';
import type { Outcome } from '../../../domain/inside/kernel/worklist/terms';
import { openTasks as openTasksOf, taskOf } from '../../../domain/inside/kernel/worklist/worklist';
import { bills } from '../../../domain/inside/money/money';
import { type Dossier, order as process } from '../../../domain/inside/order';
import type { TaskKind } from '../../../domain/inside/processes';
import { approvalsKey, levelsHaveApproved } from '../../../domain/inside/review/review';
import { type Shipment, shipmentsOf } from '../../../domain/inside/shipping/shipping';
import { gradeA, hours, taskTerms, terms } from '../../builders';
import { Machine, tasksOf } from '../machine';
import type { InHand } from '../machine-warehouse';

/**
 * HT-5: every decision is undone until the next effect that cannot be undone. One test per kind of task: what stands again, and
 * what comes after.
 */
class Office {
  readonly machine: Machine;
  /** What any of its processes was told, in order. */
  readonly filed: FiledFact[] = [];
  private serial = 0;

  constructor(of: Terms, inHand: InHand = 'all') {
    this.machine = new Machine(of, inHand, {
      order: ({ filed }) => this.filed.push(filed),
      shipment: ({ filed }) => this.filed.push(filed),
      collection: ({ filed }) => this.filed.push(filed),
      spins: (key) => {
        throw new Error(`${key} spins`);
      },
    });
    this.machine.settle();
  }

  get order() {
    return this.machine.dossier;
  }

  /** The shipment that is under way or has brought its goods; what was stopped is none. */
  get shipment(): Shipment | undefined {
    return shipmentsOf(this.order).findLast(({ state }) => state !== 'stopped');
  }

  /** The last shipment's own process. */
  get parcel() {
    return [...this.machine.shipments.values()].at(-1)?.dossier;
  }

  get release() {
    return this.order.clearance.release;
  }

  get cancellation() {
    return this.order.closing.cancellation;
  }

  get kinds(): readonly string[] {
    return tasksOf(this.machine).map(({ task }) => task.kind);
  }

  say(message: Said, by: FactHead['by'] = { kind: 'user', userId: 'ann', roles: ['sales'] }): string {
    return this.hear({ ...message, ...this.head(by) });
  }

  /** Somebody of its roles answers the open task of a kind; answers the task's id. */
  decide(kind: TaskKind, outcome?: Outcome, more: Partial<Decided> = {}): string {
    const found = tasksOf(this.machine).find(({ task }) => task.kind === kind);
    if (found === undefined) throw new Error(`${kind} is not open, but ${this.kinds.join(', ')}`);
    const { id, outcomes: offered } = found.task;
    const [role = 'admin'] = rolesOf(found.task);
    const said = outcome ?? (offered.includes('approve') ? 'approve' : 'done');
    const by = { kind: 'user', userId: `${kind}-er`, roles: [role] } as const;
    this.hear({ kind: 'decisionMade', taskId: id, outcome: said, reasonCode: 'other', ...more, ...this.head(by) });
    return id;
  }

  /** One signature of several. */
  sign(kind: TaskKind, by: FactHead['by']): void {
    const found = tasksOf(this.machine).find(({ task }) => task.kind === kind);
    this.hear({ kind: 'decisionMade', taskId: found?.task.id ?? '', outcome: 'approve', ...this.head(by) });
  }

  /** Who signed undoes it; how that stands. */
  undo(taskId: string): string {
    const task = this.task(taskId);
    const by = task?.slots.findLast(({ signature }) => signature !== undefined)?.signature?.by ?? { kind: 'process' };
    return this.hear({ kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty', ...this.head(by) });
  }

  task(taskId: string): Task | undefined {
    return this.machine.desks.flatMap(({ dossier }) => taskOf(dossier.worklist, taskId) ?? []).at(0);
  }

  pay(amountFen: number): void {
    this.say({ kind: 'paymentReceived', paymentId: `p${this.serial}`, amountFen, method: 'bank' });
  }

  /** The customer has signed and paid the deposit. */
  agreed(): this {
    this.say({ kind: 'confirmationReturned', revision: this.order.intake.revision }, { kind: 'customer' });
    const { depositFen } = this.order.intake.terms;
    if (depositFen > 0) this.pay(depositFen);
    return this;
  }

  /** A message between two steps of the processes: nothing that follows from it has happened yet. */
  tellOnly(fact: EveryFact): FiledFact | undefined {
    return this.machine.tell(fact);
  }

  private head(by: FactHead['by']): FactHead {
    return { id: `m${++this.serial}`, at: this.machine.now, by };
  }

  /** The carrier says something of the last shipment. */
  carrier(event: 'failed' | 'collected' | 'delivered'): void {
    this.hear({ kind: 'carrierEventReceived', event, ...this.head({ kind: 'carrier' }) }, this.parcel?.no);
  }

  /** Goes to whoever has the task, else to the order, and all of them come to rest. */
  private hear(fact: EveryFact, no?: string): string {
    const { desks } = this.machine;
    const of = 'taskId' in fact ? fact.taskId : '';
    const to = no ?? desks.find(({ dossier }) => taskOf(dossier.worklist, of) !== undefined)?.no;
    const filed = this.machine.tell(fact, to);
    this.machine.settle();
    return filed?.because ?? filed?.filed ?? 'not heard';
  }
}

type Headless<M> = M extends EveryFact ? Omit<M, keyof FactHead> : never;
type Said = Headless<EveryFact>;
type Decided = FactNamed<'decisionMade'>;

const openTasks = ({ worklist }: Dossier): readonly Task[] => openTasksOf(worklist);

const none = { reviews: [] } as const;
const after = (office: Office, taskId: string): string | undefined => {
  const task = taskOf(office.order.worklist, taskId);
  const signature = task?.slots.find((slot) => slot.signature !== undefined)?.signature;
  return task && signature && process.cameAfter(office.order, task, signature);
};

test('HT-5 hold.lift: the hold stands again until something that it shut has happened', () => {
  const office = new Office(terms(none)).agreed();
  expect(office.order.status).toBe('awaiting_balance');
  expect(office.say({ kind: 'holdPlaced', reason: 'forced' })).toBe('applied');
  const [hold] = holdsOf(office.order);
  const taskId = office.decide('hold.lift');
  expect(holdsOf(office.order)).toEqual([]);
  expect(office.undo(taskId)).toBe('applied');
  expect(holdsOf(office.order)).toEqual([hold]);
  expect(office.task(taskId)?.state).toBe('open');
  // While it stands the goods do not go, however much is paid.
  office.pay(79_100);
  expect(office.shipment).toBeUndefined();
  office.decide('hold.lift');
  office.decide('shipment.pick');
  // The goods that are only being picked are stopped again.
  expect(office.undo(taskId)).toBe('applied');
  expect([office.shipment, office.order.status]).toEqual([undefined, 'ready_to_ship']);
  office.decide('hold.lift');
  for (const kind of ['shipment.pick', 'shipment.check', 'shipment.scan_out'] as const) office.decide(kind);
  expect(office.undo(taskId)).toBe('too_late');
  expect(after(office, taskId)).toBe('shipmentMoved');
});

test('HT-5 hold.lift: the confirmation that went out since, or what lifted it by itself, is said', () => {
  const held = new Office(terms({ ...none, reviews: terms().reviews }));
  held.say({ kind: 'holdPlaced', reason: 'forced' });
  held.decide('review.sales');
  const forced = held.decide('hold.lift');
  expect([held.undo(forced), after(held, forced)]).toEqual(['too_late', 'confirmationSent']);
  const paid = new Office(terms(none)).agreed();
  paid.say({ kind: 'holdPlaced', reason: 'prepayment' });
  const prepayment = paid.decide('hold.lift');
  paid.pay(79_100);
  expect([paid.undo(prepayment), after(paid, prepayment)]).toEqual(['too_late', 'paymentReceived']);
});

const stocked = terms().lines;
const bought = stocked.map((line) => ({ ...line, supply: 'buy' as const }));
const inHouse = stocked.map((line) => ({ ...line, supply: 'make' as const }));

test.each([
  ['accept', 'creditReserved', terms()],
  ['confirm', 'confirmationSent', terms()],
  ['purchase', 'purchaseOrdered', terms({ ...none, lines: bought })],
  ['produce', 'productionOrdered', terms({ ...none, lines: inHouse })],
] as const)('HT-5 HG-1 hold.lift: of a hold that shut %s, %s is what came after', (gate, effect, of) => {
  const stop = { gates: [gate], releasedBy: ['sales_director'], isCondition: false } as const;
  const office = new Office({ ...of, holds: { stop } }, 'none');
  office.say({ kind: 'holdPlaced', reason: 'stop' });
  if (office.kinds.includes('review.sales')) office.decide('review.sales');
  if (office.order.status === 'awaiting_confirmation') office.agreed();
  const taskId = office.decide('hold.lift');
  expect([office.undo(taskId), after(office, taskId)]).toEqual(['too_late', effect]);
  expect(holdsOf(office.order)).toEqual([]);
});

test('HT-5 release.balance: it is asked again, the goods being picked are stopped; once they are gone it is too late', () => {
  const office = new Office(terms(none)).agreed();
  office.say({ kind: 'releaseRequested', reasonCode: 'old_customer' });
  const taskId = office.decide('release.balance');
  expect(office.shipment?.releaseId).toBe(office.release?.id);
  expect(office.undo(taskId)).toBe('applied');
  expect(office.release).toMatchObject({ state: 'asked', upToFen: 79_100, requestedBy: { userId: 'ann' } });
  expect([office.order.status, office.shipment]).toEqual(['awaiting_balance', undefined]);
  expect(office.kinds).toEqual(['release.balance']);
  expect(office.decide('release.balance', 'reject')).toBe(taskId);
  expect(office.release).toBeUndefined();
  expect(office.undo(taskId)).toBe('applied');
  expect(office.release?.state).toBe('asked');
  office.decide('release.balance');
  for (const kind of ['shipment.pick', 'shipment.check', 'shipment.scan_out'] as const) office.decide(kind);
  expect([office.undo(taskId), after(office, taskId)]).toEqual(['too_late', 'shipmentMoved']);
});

test('HT-5 release.balance: a refusal is not undone once a release is asked for anew, or the balance is paid', () => {
  const office = new Office(terms(none)).agreed();
  office.say({ kind: 'releaseRequested', reasonCode: 'old_customer' });
  const refused = office.decide('release.balance', 'reject');
  office.say({ kind: 'releaseRequested', reasonCode: 'still' });
  expect([office.undo(refused), after(office, refused)]).toEqual(['too_late', 'releaseRequested']);
  const second = office.decide('release.balance', 'reject');
  office.pay(79_100);
  expect([office.undo(second), after(office, second)]).toEqual(['too_late', 'paymentReceived']);
});

test('HT-5 HT-6 Q6 a release that is undone while the goods pass the door stands, and nobody is asked any more', () => {
  const office = new Office(terms(none)).agreed();
  office.say({ kind: 'releaseRequested', reasonCode: 'old_customer' });
  const taskId = office.decide('release.balance');
  const { machine } = office;
  const signer = office.task(taskId)?.decision?.by ?? { kind: 'process' };
  const head = { at: machine.now, by: signer };
  office.tellOnly({ ...head, id: 'undo', kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty' });
  const shipmentNo = office.shipment?.no ?? '';
  office.tellOnly({ ...head, id: 'out', kind: 'shipmentMoved', shipmentNo, to: 'shipped_out' });
  expect(office.shipment?.releaseId).toBe(office.release?.id);
  expect(openTasks(office.order).map(({ kind }) => kind)).toEqual([]);
});

test('HT-5 small.guarantee: it is open again until the goods are gone', () => {
  const small = { ...none, smallOrderPath: 'guarantor', balanceBeforeShipment: false, depositFen: 0 } as const;
  const office = new Office(terms(small)).agreed();
  const refused = office.decide('small.guarantee', 'reject');
  expect(office.undo(refused)).toBe('applied');
  expect(office.order.clearance.guarantee).toBeUndefined();
  const taskId = office.decide('small.guarantee');
  expect(office.shipment?.clearance).toBe('small_order');
  expect(office.undo(taskId)).toBe('applied');
  expect([office.order.clearance.guarantee, office.order.status]).toEqual([undefined, 'awaiting_balance']);
  office.decide('small.guarantee');
  for (const kind of ['shipment.pick', 'shipment.check', 'shipment.scan_out'] as const) office.decide(kind);
  expect([office.undo(taskId), after(office, taskId)]).toEqual(['too_late', 'shipmentMoved']);
});

/** Approved by its levels, and forty fen over its customer's limit. */
function overLimit(of: Terms): Office {
  const office = new Office(of);
  office.machine.usedFen = 99_990;
  office.decide('review.sales');
  return office;
}

const contract = terms({ contract: true, exposureFen: 50 });

/** The books are asked on the word of a special approval, which is taken back before they answer. */
function wordTakenBack(of: Terms): Office {
  const office = overLimit(of);
  const { machine } = office;
  const taskId = openTasks(office.order).find(({ kind }) => kind === 'credit.special')?.id ?? '';
  const head = (id: string) =>
    ({ id, at: machine.now, by: { kind: 'user', userId: 'fay', roles: ['finance_lead'] } }) as const;
  office.tellOnly({ ...head('yes'), kind: 'decisionMade', taskId, outcome: 'approve' });
  machine.isAway = true;
  machine.work(20);
  office.tellOnly({ ...head('back'), kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty' });
  return office;
}

const answersOf = ({ filed }: Office): readonly string[] =>
  filed.flatMap(({ fact: { kind }, filed: how }) => (how === 'applied' && kind.startsWith('credit') ? [kind] : []));

test('HT-5 credit.special: the refusal stands again until the confirmation went out', () => {
  const refused = answerOf(overLimit(contract).order);
  expect(refused?.state).toBe('refused');
  const office = wordTakenBack(contract);
  expect(answerOf(office.order)).toEqual(refused);
  // What the books were asked on its word comes too late to let the order through: they are asked anew.
  office.machine.settle();
  expect(answersOf(office)).toEqual(['creditRefused', 'creditReserved', 'creditRefused']);
  expect(office.order.status).toBe('pending_review');
  expect(answerOf(office.order)).toEqual(refused);
  const again = office.decide('credit.special');
  expect(answersOf(office).at(-1)).toBe('creditReserved');
  expect(office.order.status).toBe('approved');
  expect(office.undo(again)).toBe('applied');
  expect([office.order.status, levelsHaveApproved(office.order)]).toEqual(['pending_review', true]);
  expect(answerOf(office.order)).toEqual(refused);
});

test('HT-5 credit.special: what the books said on a word that was taken back does not count when they are asked for another reason', () => {
  const office = wordTakenBack(terms({ exposureFen: 50 }));
  const { machine } = office;
  machine.usedFen = 0;
  const by = { kind: 'process' } as const;
  office.tellOnly({ id: 'paid', at: machine.now, by, kind: 'customerStatusChanged', suspended: false, holds: [] });
  expect(answerOf(office.order)).toBeUndefined();
  machine.settle();
  expect(answersOf(office)).toEqual(['creditRefused', 'creditReserved', 'creditReserved']);
  expect(answerOf(office.order)).toEqual({ about: approvalsKey(office.order), state: 'reserved' });
});

test('HT-5 credit.special: it is not undone once the confirmation went out', () => {
  const office = overLimit(terms({ exposureFen: 50 }));
  const taskId = office.decide('credit.special');
  expect(office.order.confirmation.sentAt).toBeDefined();
  expect([office.undo(taskId), after(office, taskId)]).toEqual(['too_late', 'confirmationSent']);
});

test('HT-5 credit.special: what it sent back comes back to review', () => {
  const office = overLimit(contract);
  const refused = answerOf(office.order);
  const taskId = office.decide('credit.special', 'return');
  expect(office.order.status).toBe('returned');
  expect(office.undo(taskId)).toBe('applied');
  expect([office.order.status, answerOf(office.order)]).toEqual(['pending_review', refused]);
  expect(Object.keys(office.order.worklist.clocks)).toEqual(['dispatch', 'credit']);
  office.decide('credit.special', 'return');
  office.say({ kind: 'orderRevised', terms: terms(), fromRevision: 1 });
  expect([office.undo(taskId), after(office, taskId)]).toEqual(['too_late', 'orderRevised']);
});

test('HT-5 a level is taken back after the last approval too, while the confirmation has not gone out', () => {
  const office = new Office(contract);
  const taskId = office.decide('review.sales');
  expect(office.order.status).toBe('approved');
  expect(office.undo(taskId)).toBe('applied');
  expect([office.order.status, levelsHaveApproved(office.order), office.order.review.approvals]).toEqual([
    'pending_review',
    false,
    [],
  ]);
  office.decide('review.sales');
  const paper = { kind: 'attachmentFiled', attachmentId: 'a1', purpose: 'contract_draft' } as const;
  office.say(paper, { kind: 'user', userId: 'lara', roles: ['legal'] });
  office.decide('contract.sign');
  expect([office.undo(taskId), after(office, taskId)]).toEqual(['too_late', 'decisionMade']);
});

test('HT-5 contract.sign: the company has not signed any more, until the paper with both signatures is filed', () => {
  const office = new Office(contract);
  office.decide('review.sales');
  const lara = { kind: 'user', userId: 'lara', roles: ['legal'] } as const;
  const file = (purpose: string): string =>
    office.say({ kind: 'attachmentFiled', attachmentId: purpose, purpose }, lara);
  file('contract_draft');
  const taskId = office.decide('contract.sign');
  expect(office.kinds).toEqual(['contract.file']);
  expect(office.undo(taskId)).toBe('applied');
  expect(office.kinds).toEqual(['contract.sign']);
  expect(file('contract_signed')).toBe('not_yet');
  office.decide('contract.sign');
  expect(file('contract_signed')).toBe('applied');
  expect([office.undo(taskId), after(office, taskId)]).toEqual(['too_late', 'attachmentFiled']);
});

test('HT-5 HT-3 contract.sign: who said yes takes nothing back of what another’s no decided', () => {
  const { tasks } = contract;
  const signing = {
    slots: [['director'], ['general_manager']],
    needed: 2,
    inSequence: true,
    onRejection: 'ends',
  } as const;
  const twice = { ...taskTerms('contract.sign'), roles: ['director', 'general_manager'], signing } as const;
  const office = new Office({ ...contract, tasks: { ...tasks, 'contract.sign': twice } });
  office.decide('review.sales');
  const paper = { kind: 'attachmentFiled', attachmentId: 'a1', purpose: 'contract_draft' } as const;
  office.say(paper, { kind: 'user', userId: 'lara', roles: ['legal'] });
  const taskId = openTasks(office.order)[0]?.id ?? '';
  const dora = { kind: 'user', userId: 'dora', roles: ['director'] } as const;
  const greta = { kind: 'user', userId: 'greta', roles: ['general_manager'] } as const;
  office.say({ kind: 'decisionMade', taskId, outcome: 'done' }, dora);
  office.say({ kind: 'decisionMade', taskId, outcome: 'return', reasonCode: 'wording' }, greta);
  const undo = { kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty' } as const;
  expect(office.say(undo, dora)).toBe('too_late');
  expect(office.say(undo, greta)).toBe('applied');
});

test('HT-5 confirmation.call, deposit.ask: asked again until the goods are gone, or the deposit is there', () => {
  const office = new Office(terms({ ...none, specialWishes: true }));
  const call = office.decide('confirmation.call');
  expect(office.kinds).toEqual([]);
  expect(office.undo(call)).toBe('applied');
  expect(office.kinds).toEqual(['confirmation.call']);
  office.decide('confirmation.call');
  office.say({ kind: 'confirmationReturned', revision: 1 }, { kind: 'customer' });
  office.machine.pass(26 * 3600);
  office.machine.settle();
  const ask = office.decide('deposit.ask', 'done');
  expect(office.undo(ask)).toBe('applied');
  expect(office.kinds).toEqual(['deposit.ask']);
  office.decide('deposit.ask', 'done');
  office.pay(113_000);
  expect([office.undo(ask), after(office, ask)]).toEqual(['too_late', 'paymentReceived']);
  for (const kind of ['shipment.pick', 'shipment.check', 'shipment.scan_out'] as const) office.decide(kind);
  expect([office.undo(call), after(office, call)]).toEqual(['too_late', 'shipmentMoved']);
});

const made = {
  ...terms().lines[0],
  line: 1,
  itemId: 'I1',
  quantity: 10,
  netFen: 100_000,
  taxFen: 13_000,
  supply: 'make',
} as const;

test('HT-5 production.sign: production has not begun until a piece is reported', () => {
  const office = new Office(terms({ ...none, lines: [made] }), 'none').agreed();
  const taskId = office.decide('production.sign');
  expect(office.kinds).toEqual(['production.report']);
  expect(office.undo(taskId)).toBe('applied');
  expect([office.order.status, office.kinds]).toEqual(['allocated', ['production.sign']]);
  // It may be cancelled at once again.
  expect(office.order.goods.lines.map(({ begun }) => begun)).toEqual([false]);
  office.decide('production.sign');
  office.say({ kind: 'progressReported', line: 1, quantity: 1 });
  expect([office.undo(taskId), after(office, taskId)]).toEqual(['too_late', 'progressReported']);
});

test('HT-5 Q1 production.sign: undone while the deposit was taken back, the order waits for it first', () => {
  const office = new Office(terms({ ...none, lines: [made] }), 'none').agreed();
  const taskId = office.decide('production.sign');
  const paymentId = office.order.money.payments[0]?.id ?? '';
  office.say({ kind: 'paymentReversed', paymentId, reasonCode: 'wrong_entry' });
  expect(office.undo(taskId)).toBe('applied');
  expect([office.order.status, office.kinds]).toEqual(['awaiting_deposit', []]);
  office.pay(33_900);
  expect(office.kinds).toEqual(['production.sign']);
});

test('HT-5 cancellation.approve: a no is asked again until the goods are gone; a yes stops them at once', () => {
  const office = new Office(terms(none)).agreed();
  office.pay(79_100);
  office.say({ kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: 500 });
  const taskId = office.decide('cancellation.approve', 'reject');
  expect(office.cancellation).toBeUndefined();
  expect(office.undo(taskId)).toBe('applied');
  expect(office.cancellation).toMatchObject({ state: 'asked', costFen: 500 });
  const { machine } = office;
  const head = { at: machine.now, by: { kind: 'user', userId: 'dan', roles: ['sales_director'] } } as const;
  office.tellOnly({ ...head, id: 'yes', kind: 'decisionMade', taskId, outcome: 'approve' });
  expect(office.shipment?.isCancelled).toBe(true);
  const back = { ...head, id: 'back', kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty' } as const;
  expect(office.tellOnly(back)?.because).toBe('too_late');
  expect(after(office, taskId)).toBe('shipmentCancelled');
  machine.settle();
  expect(office.order.status).toBe('cancelled');
  expect([office.undo(taskId), after(office, taskId)]).toEqual(['too_late', 'orderEnded']);
});

test('HT-5 cancellation.approve: a no is not undone once the goods are gone', () => {
  const office = new Office(terms(none)).agreed();
  office.pay(79_100);
  office.say({ kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: 500 });
  const taskId = office.decide('cancellation.approve', 'reject');
  for (const kind of ['shipment.pick', 'shipment.check', 'shipment.scan_out'] as const) office.decide(kind);
  expect([office.undo(taskId), after(office, taskId)]).toEqual(['too_late', 'shipmentMoved']);
  expect(office.cancellation).toBeUndefined();
});

test('HT-5 shipment.pick, shipment.check: undone until the next step; what was scanned out is gone', () => {
  const office = new Office(terms(none)).agreed();
  office.pay(79_100);
  const pick = office.decide('shipment.pick');
  expect(office.undo(pick)).toBe('applied');
  expect([office.parcel?.handling.step, office.kinds]).toEqual(['picking', ['shipment.pick']]);
  office.decide('shipment.pick');
  const wrong = office.decide('shipment.check', 'wrong');
  expect(office.undo(pick)).toBe('too_late');
  expect(office.undo(wrong)).toBe('applied');
  expect([office.parcel?.handling.step, office.kinds]).toEqual(['checking', ['shipment.check']]);
  const check = office.decide('shipment.check');
  expect(office.undo(pick)).toBe('too_late');
  expect(office.undo(check)).toBe('applied');
  expect([office.parcel?.handling.step, office.kinds]).toEqual(['checking', ['shipment.check']]);
  office.decide('shipment.check');
  const out = office.decide('shipment.scan_out');
  expect([office.undo(check), office.undo(out)]).toEqual(['too_late', 'too_late']);
});

test('HT-5 shipment.trouble: the trouble is open again until the carrier speaks', () => {
  const office = new Office(terms(none)).agreed();
  office.pay(79_100);
  for (const kind of ['shipment.pick', 'shipment.check', 'shipment.scan_out'] as const) office.decide(kind);
  office.carrier('failed');
  const taskId = office.decide('shipment.trouble');
  expect(office.undo(taskId)).toBe('applied');
  expect(office.parcel?.handling.trouble).toBe('failed');
  office.decide('shipment.trouble');
  office.carrier('collected');
  expect(office.undo(taskId)).toBe('too_late');
});

test('HT-5 collection.call, bill.review: asked again until the bill is paid, or goes out', () => {
  const billed = new Office(gradeA({ ...none, collectionLadder: [{ after: hours(1), do: 'call', to: ['sales'] }] }));
  billed.say({ kind: 'confirmationReturned', revision: 1 }, { kind: 'customer' });
  for (const kind of ['shipment.pick', 'shipment.check', 'shipment.scan_out'] as const) billed.decide(kind);
  billed.carrier('delivered');
  billed.say({
    kind: 'customerStatusChanged',
    suspended: false,
    holds: [{ id: 'h', reason: 'forced', gates: ['bill'] }],
  });
  billed.say({ kind: 'deliveryConfirmed' }, { kind: 'customer' });
  const review = billed.decide('bill.review');
  expect(billed.undo(review)).toBe('applied');
  expect(billed.kinds).toContain('bill.review');
  billed.decide('bill.review');
  billed.say({ kind: 'customerStatusChanged', suspended: false, holds: [] });
  expect([billed.undo(review), after(billed, review)]).toEqual(['too_late', 'chargeRaised']);
  billed.machine.pass(32 * 86_400);
  billed.machine.settle();
  const call = billed.decide('collection.call');
  expect(billed.undo(call)).toBe('applied');
  expect(billed.kinds).toContain('collection.call');
  billed.decide('collection.call');
  expect(billed.kinds).not.toContain('collection.call');
});

test('HT-5 collection.call: it can be asked for anew while legal looks at the bill, but not once another call is asked for', () => {
  const collectionLadder = [
    { after: hours(1), do: 'call', to: ['sales'] },
    { after: hours(2), do: 'legal', to: ['legal'] },
    { after: hours(3), do: 'call', to: ['sales'] },
  ] as const;
  const office = new Office(gradeA({ ...none, collectionLadder }));
  office.say({ kind: 'confirmationReturned', revision: 1 }, { kind: 'customer' });
  for (const kind of ['shipment.pick', 'shipment.check', 'shipment.scan_out'] as const) office.decide(kind);
  office.carrier('delivered');
  office.say({ kind: 'deliveryConfirmed' }, { kind: 'customer' });
  office.decide('bill.review');
  const dueAt = Date.parse(bills(office.order.money)[0]?.dueAt ?? '');
  const until = (hour: number): void => {
    office.machine.pass((dueAt - Date.parse(office.machine.now)) / 1000 + hour * 3600 + 60);
    office.machine.settle();
  };
  until(1);
  const call = office.decide('collection.call');
  until(2);
  expect(office.kinds).toContain('collection.legal');
  expect(office.undo(call)).toBe('applied');
  office.decide('collection.call');
  until(3);
  expect(office.kinds).toContain('collection.call');
  expect(office.undo(call)).toBe('too_late');
});

test('HT-5 HG-1 hold.lift: of a hold that shut bill, chargeRaised is what came after', () => {
  const stop = { gates: ['bill'], releasedBy: ['sales_director'], isCondition: false } as const;
  const office = new Office({ ...gradeA(none), holds: { stop } });
  office.say({ kind: 'holdPlaced', reason: 'stop' });
  office.say({ kind: 'confirmationReturned', revision: 1 }, { kind: 'customer' });
  for (const kind of ['shipment.pick', 'shipment.check', 'shipment.scan_out'] as const) office.decide(kind);
  office.carrier('delivered');
  office.say({ kind: 'deliveryConfirmed' }, { kind: 'customer' });
  expect(bills(office.order.money)).toEqual([]);
  const taskId = office.decide('hold.lift');
  if (office.kinds.includes('bill.review')) office.decide('bill.review');
  expect([office.undo(taskId), after(office, taskId)]).toEqual(['too_late', 'chargeRaised']);
});

test('HT-5 intake.contact, refund.pay: what closed the order or is in the books is not undone', () => {
  const missing = new Office(terms({ ...none, missing: ['phone'] }));
  const contact = missing.decide('intake.contact', 'reject');
  expect(missing.undo(contact)).toBe('order_ended');
  const office = new Office(terms(none)).agreed();
  office.say({ kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: 0 });
  const refund = office.decide('refund.pay');
  expect(office.undo(refund)).toBe('order_ended');
});

test('HT-5 HT-8 asked anew, a task has as much time as it had when it was decided', () => {
  const office = new Office(terms(none)).agreed();
  office.say({ kind: 'holdPlaced', reason: 'forced' });
  const before = openTasks(office.order).find(({ kind }) => kind === 'hold.lift');
  office.machine.pass(3600);
  const taskId = office.decide('hold.lift');
  office.machine.pass(5 * 3600);
  office.undo(taskId);
  const later = (instant = ''): string => new Date(Date.parse(instant) + 5 * 3_600_000).toISOString();
  const anew = office.task(taskId);
  expect(anew?.dueAt).toBe(later(before?.dueAt));
  expect(anew?.clock.rungs.map(({ at }) => at)).toEqual(before?.clock.rungs.map(({ at }) => later(at)));
});

test('HT-5 only who signed undoes it, or for whom he acts', () => {
  const office = new Office(terms(none)).agreed();
  office.say({ kind: 'holdPlaced', reason: 'forced' });
  const taskId = office.decide('hold.lift');
  const undo = { kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty' } as const;
  expect(office.say(undo, { kind: 'user', userId: 'eve', roles: ['sales_director'] })).toBe('not_a_candidate');
  const standIn = { kind: 'user', userId: 'eve', roles: [], onBehalfOf: 'hold.lift-er' } as const;
  expect(office.say(undo, standIn)).toBe('applied');
});

test('HT-5 who asked for a release or a cancellation takes that back before it is decided', () => {
  const office = new Office(terms(none)).agreed();
  const withdraw = { kind: 'releaseWithdrawn', reasonCode: 'paid_tomorrow' } as const;
  expect(office.say(withdraw)).toBe('nothing_asked');
  office.say({ kind: 'releaseRequested', reasonCode: 'old_customer' });
  expect(office.say(withdraw, { kind: 'user', userId: 'bob', roles: ['sales'] })).toBe('not_a_candidate');
  expect(office.say(withdraw)).toBe('applied');
  expect([office.release, office.kinds]).toEqual([undefined, []]);
  office.pay(79_100);
  office.say({ kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: 0 });
  expect(office.kinds).toContain('cancellation.approve');
  expect(office.say({ kind: 'cancellationWithdrawn', reasonCode: 'wanted' })).toBe('applied');
  expect(office.cancellation).toBeUndefined();
  expect(office.kinds).toEqual(['shipment.pick']);
  office.say({ kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: 0 });
  const { machine } = office;
  const [task] = openTasks(office.order);
  const head = { at: machine.now, by: { kind: 'user', userId: 'dan', roles: ['sales_director'] } } as const;
  office.tellOnly({ ...head, id: 'yes', kind: 'decisionMade', taskId: task?.id ?? '', outcome: 'approve' });
  const ann = { kind: 'user', userId: 'ann', roles: ['sales'] } as const;
  const late = office.tellOnly({ ...head, by: ann, id: 'late', kind: 'cancellationWithdrawn', reasonCode: 'wanted' });
  expect(late?.because).toBe('too_late');
});

describe('HT-5 a condition and the decision that set it', () => {
  const { tasks, holds } = terms();
  const guarantee = { gates: ['confirm', 'ship'], releasedBy: ['finance_lead'], isCondition: true } as const;
  const demanding = (but: Partial<Terms> = {}): Office => {
    const sales = { ...taskTerms('review.sales'), outcomes: ['approve', 'approve_with_conditions', 'return'] as const };
    return new Office(terms({ tasks: { ...tasks, 'review.sales': sales }, holds: { ...holds, guarantee }, ...but }));
  };
  const demand = (office: Office): string =>
    office.decide('review.sales', 'approve_with_conditions', { conditions: ['guarantee'] });

  test('HT-5 S5 who was to lift it is not asked any more once the decision is undone', () => {
    const office = demanding();
    const level = demand(office);
    expect(office.kinds).toContain('hold.lift');
    expect(office.undo(level)).toBe('applied');
    expect([holdsOf(office.order), office.kinds]).toEqual([[], ['review.sales']]);
    expect(office.order.waitingFor).toEqual(['sales']);
  });

  test('HT-5 RV-5 lifted, it does not come back once the decision is undone', () => {
    const office = demanding();
    const level = demand(office);
    office.say({ kind: 'holdPlaced', reason: 'forced' });
    const lift = office.decide('hold.lift');
    expect(office.undo(level)).toBe('applied');
    expect([office.undo(lift), after(office, lift)]).toEqual(['too_late', 'decisionWithdrawn']);
    // Set once more it is another question, which the former answer does not touch.
    demand(office);
    expect([office.undo(lift), after(office, lift)]).toEqual(['too_late', 'decisionMade']);
    expect(holdsOf(office.order).map(({ reason }) => reason)).toEqual(['forced', 'guarantee']);
    expect(office.kinds).toEqual(['hold.lift', 'hold.lift']);
  });

  test('HT-5 RV-10 what was lifted while a contract was drafted anew stays lifted when its return is undone', () => {
    const office = demanding({
      contract: true,
      reviews: [
        { level: 1, task: 'review.sales', rule: 'test', evidence: {} },
        { level: 2, task: 'review.contract', rule: 'test', evidence: {} },
      ],
    });
    demand(office);
    const legal = { kind: 'user', userId: 'lara', roles: ['legal'] } as const;
    office.say({ kind: 'attachmentFiled', attachmentId: 'a', purpose: 'contract_draft' }, legal);
    for (const [userId, role] of [
      ['lea', 'legal'],
      ['fay', 'finance'],
    ] as const)
      office.sign('review.contract', { kind: 'user', userId, roles: [role] });
    const sign = office.decide('contract.sign', 'return');
    office.decide('hold.lift');
    expect(office.undo(sign)).toBe('applied');
    expect([office.order.status, holdsOf(office.order), office.kinds]).toEqual(['approved', [], ['contract.sign']]);
  });
});

test('HT-5 HT-6 within a task nobody takes from under a later turn what it was signed on', () => {
  const reviews = [
    { level: 1, task: 'review.sales', rule: 'every order', evidence: {} },
    { level: 2, task: 'review.management', rule: 'every order', evidence: {} },
  ] as const;
  const office = new Office(terms({ reviews }));
  const taskId = openTasks(office.order).find(({ kind }) => kind === 'review.sales')?.id ?? '';
  const [role = 'sales'] = rolesOf(office.task(taskId) ?? { slots: [], signing: { needed: 1, onRejection: 'ends' } });
  const [sue, quinn] = ['sue', 'quinn'].map((userId) => ({ kind: 'user', userId, roles: [role] }) as const);
  office.say({ kind: 'taskReassigned', taskId, how: 'add_after', to: 'quinn', reasonCode: 'look' }, sue);
  office.say({ kind: 'decisionMade', taskId, outcome: 'approve' }, sue);
  const undo = { kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty' } as const;
  expect([office.say(undo, sue), office.say({ kind: 'decisionMade', taskId, outcome: 'approve' }, sue)]).toEqual([
    'applied',
    'applied',
  ]);
  expect(office.say({ kind: 'decisionMade', taskId, outcome: 'approve' }, quinn)).toBe('applied');
  expect(office.say(undo, sue)).toBe('too_late');
  expect(office.say(undo, quinn)).toBe('applied');
  expect(office.task(taskId)?.slots.filter(({ signature }) => signature !== undefined)).toHaveLength(1);
  expect(office.say(undo, sue)).toBe('applied');
});

test('V3 HT-6 who picked for another as his delegate does not check what he picked', () => {
  const office = new Office(terms(none)).agreed();
  office.pay(79_100);
  const picking = office.parcel?.worklist.tasks.find(({ kind }) => kind === 'shipment.pick');
  const taskId = picking?.id ?? '';
  const wendy = { kind: 'user', userId: 'wendy', roles: ['warehouse'] } as const;
  const will = { kind: 'user', userId: 'will', roles: ['warehouse', 'checker'] } as const;
  office.say({ kind: 'taskReassigned', taskId, how: 'delegate', to: 'will' }, wendy);
  office.say({ kind: 'decisionMade', taskId, outcome: 'done' }, will);
  office.say({ kind: 'decisionMade', taskId, outcome: 'done' }, wendy);
  const check = office.parcel?.worklist.tasks.find(({ kind }) => kind === 'shipment.check');
  expect(check?.excluded.map(({ userId }) => userId).toSorted()).toEqual(['wendy', 'will']);
});
