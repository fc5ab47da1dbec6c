import { stillToMake, waitingForInspection } from '../../domain/inside/goods/pieces';
import { balanceFen } from '../../domain/inside/holds/holds';
import type { Actor } from '../../domain/inside/kernel/actor';
import type { AnyBody, Fact } from '../../domain/inside/kernel/fact';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import { isKeptOut } from '../../domain/inside/kernel/worklist/authority';
import { rolesOf } from '../../domain/inside/kernel/worklist/task';
import type { Outcome } from '../../domain/inside/kernel/worklist/terms';
import { type Machine, nextRing, tasksOf } from './machine';

/** A fact without its head, as somebody states it. */
export type Spoken = AnyBody & Readonly<Record<string, unknown>>;

export interface Saying {
  readonly by?: Actor;
  /** Another process than the order. */
  readonly to?: string;
  readonly happenedAt?: string;
}

/** Somebody says something to a process of the machine; what was said can be said again. */
export class Voice {
  readonly said: { readonly fact: Fact; readonly to: string | undefined }[] = [];
  private serial = 0;

  constructor(private readonly machine: Machine) {}

  say(body: Spoken, { by = user(0), to, happenedAt }: Saying = {}): void {
    const head = {
      id: `m${++this.serial}`,
      at: this.machine.now,
      by,
      ...(happenedAt === undefined ? {} : { happenedAt }),
    };
    const fact: Fact = { ...body, ...head };
    this.said.push({ fact, to });
    this.machine.tell(fact, to);
  }

  next(): string {
    return `${this.serial + 1}`;
  }
}

export const user = (who: number, role: Role = 'sales'): Actor => ({ kind: 'user', userId: `u${who}`, roles: [role] });

/** Tasks that a fact of another kind answers, or that are answered by not being answered. */
const notByAnswer: readonly string[] = [
  'confirmation.paper',
  'purchase.receive',
  'production.report',
  'quality.inspect',
  'intake.contact',
  'shipment.waybill',
  'contract.draft',
  'contract.file',
  'collection.legal',
];

/** What good people do next: answer a task, pay, sign, deliver; with nothing to do they let time pass. */
export function help(machine: Machine, pick: number, voice: Voice): void {
  if (machine.isAway) machine.isAway = false;
  const { dossier } = machine;
  if (asksForTheCustomer(machine)) return trusted(machine, voice);
  const goods = goodsHelp(machine);
  if (goods !== undefined) return voice.say(goods);
  if (answered(machine, pick, voice)) return undefined;
  const { confirmation, intake, status } = dossier;
  if ((status === 'on_hold' || status === 'returned') && pick % 2 === 0) {
    const terms = { ...intake.terms, missing: [] };
    return voice.say({ kind: 'orderRevised', terms, fromRevision: intake.revision }, { by: user(9) });
  }
  const isOut = confirmation.sentAt !== undefined && confirmation.returnedAt === undefined;
  if (isOut && (!intake.terms.startsAtOnce || pick % 3 === 0 || status === 'in_settlement'))
    return voice.say({ kind: 'confirmationReturned', revision: intake.revision }, { by: { kind: 'customer' } });
  const isAskedToPay =
    dossier.worklist.clocks['deposit'] !== undefined || ['awaiting_balance', 'in_settlement'].includes(status);
  if (isAskedToPay && balanceFen(dossier) > 0)
    return voice.say({
      kind: 'paymentReceived',
      paymentId: `g${voice.next()}`,
      amountFen: balanceFen(dossier),
      method: 'bank',
    });
  if (carried(machine, voice)) return undefined;
  machine.pass(secondsToAlarm(machine));
}

/** Who is asked for the release of a hold lifts it, and who owes elsewhere pays; nobody lifts what nobody is asked for. */
const asksForTheCustomer = ({ dossier, customerHolds, usedFen, isStopped }: Machine): boolean =>
  (customerHolds.length > 0 || usedFen > 0 || isStopped) &&
  Object.keys(dossier.worklist.clocks).some((name) => name === 'credit' || name.startsWith('customer_hold '));

function trusted(machine: Machine, voice: Voice): void {
  machine.customerHolds = [];
  machine.usedFen = 0;
  machine.isStopped = false;
  tellStatus(machine, voice);
}

export const tellStatus = (machine: Machine, voice: Voice): void =>
  voice.say({ kind: 'customerStatusChanged', ...machine.customerNow() }, { by: { kind: 'process' } });

function answered(machine: Machine, pick: number, voice: Voice): boolean {
  const open = tasksOf(machine);
  const answerable = open.filter(({ task }) => !notByAnswer.includes(task.kind));
  const found = answerable[pick % Math.max(1, answerable.length)];
  const filing = open.find(({ task }) => ['contract.draft', 'contract.file'].includes(task.kind));
  if (filing !== undefined && (found === undefined || pick % 2 === 0)) {
    voice.say(paper(voice, filing.task.kind === 'contract.draft'), { by: user(9, 'legal') });
    return true;
  }
  if (found === undefined) return false;
  const { task, desk } = found;
  const outcome: Outcome = task.outcomes.includes('approve') ? 'approve' : 'done';
  const people = ['u1', 'u2', 'u3', 'u4', 'u5', 'u6'];
  const free = people.find((userId) => !isKeptOut(task, { kind: 'user', userId, roles: [] })) ?? 'w';
  const amount = task.kind === 'shipment.recall' ? { amountFen: 800 } : {};
  voice.say(
    { kind: 'decisionMade', taskId: task.id, outcome, ...amount },
    { by: { kind: 'user', userId: free, roles: rolesOf(task).slice(0, 1) }, to: desk },
  );
  return true;
}

/** The carrier has what left, and brings it. */
function carried({ shipments }: Machine, voice: Voice): boolean {
  for (const { no: to, dossier, isOver } of shipments.values()) {
    const { step, waybillNo, reached, unclaimed } = dossier.handling;
    if (isOver || step !== 'gone' || unclaimed) continue;
    if (waybillNo === null) voice.say({ kind: 'waybillEntered', carrier: 'sf', waybillNo: 'SF1' }, { to });
    else if (reached !== 'delivered')
      voice.say({ kind: 'carrierEventReceived', event: 'delivered' }, { to, by: { kind: 'carrier' } });
    else continue;
    return true;
  }
  return false;
}

function goodsHelp({ dossier }: Machine): Spoken | undefined {
  const { goods, status, intake } = dossier;
  const atWork = status === 'allocated' || status === 'in_production' || status === 'in_inspection';
  if (!atWork || goods.allocatedFor !== intake.revision) return undefined;
  for (const { line, ...row } of goods.lines) {
    const pieces = { line, ...row };
    const due = { short: row.toBuy - row.received, inspect: waitingForInspection(pieces), make: stillToMake(pieces) };
    if (due.short > 0 && row.ordered) return { kind: 'goodsReceived', line, quantity: due.short, batchId: 'b9' };
    if (due.inspect > 0) return { kind: 'inspectionRecorded', line, passed: due.inspect, rework: 0, scrapped: 0 };
    if (due.make > 0 && row.begun) return { kind: 'progressReported', line, quantity: due.make };
  }
  return undefined;
}

/** A paper of a contract: its draft, or the one with both signatures. */
export const paper = (voice: Voice, isDraft: boolean): Spoken => ({
  kind: 'attachmentFiled',
  attachmentId: `a-${voice.next()}`,
  purpose: isDraft ? 'contract_draft' : 'contract_signed',
});

export function secondsToAlarm(machine: Machine): number {
  const next = nextRing(machine);
  return next === undefined ? 3600 : Math.max(1, Math.ceil((Date.parse(next) - Date.parse(machine.now)) / 1000));
}
