import fc from 'fast-check';
import type { EveryFact } from '../../domain/inside/every-fact';
import type { TaskKind } from '../../domain/inside/processes';
import { stillToMake, waitingForInspection } from '../../domain/inside/goods/pieces';
import { balanceFen } from '../../domain/inside/holds/holds';
import type { Hold, SmallOrderPath, Supply, Terms, TermsLine } from '../../domain/inside/intake/terms';
import type { Actor } from '../../domain/inside/kernel/actor';
import type { FactHead } from '../../domain/inside/kernel/fact';
import { gates, type Role, roles } from '../../domain/inside/kernel/vocabulary';
import { isKeptOut } from '../../domain/inside/kernel/worklist/authority';
import { rolesOf } from '../../domain/inside/kernel/worklist/task';
import type { Outcome } from '../../domain/inside/kernel/worklist/terms';
import { nextAlarm } from '../../domain/inside/kernel/worklist/worklist';
import { carrierEvents } from '../../domain/inside/shipping/carrier';
import { gradeA, terms } from '../builders';
import { tasksOf, type InHand, type Machine } from './machine';

/** What an order is like, in choices that shrink well. */
export interface Shape {
  readonly gradeA: boolean;
  readonly path: SmallOrderPath | null;
  readonly supplies: readonly Supply[];
  readonly levels: number;
  readonly missing: boolean;
  readonly wishes: boolean;
  readonly contract: boolean;
}

/** One thing that somebody does, or tries to; what it hits is looked up when it happens. */
export interface Action {
  readonly do: (typeof deeds)[number];
  readonly who: number;
  readonly pick: number;
  /** Some steps of the process follow, so that the next thing falls between two of them. */
  readonly steps: number;
}

export interface Story {
  readonly shape: Shape;
  readonly revised: Shape;
  readonly inHand: InHand;
  /** So many times all goes well at first: otherwise few stories would tell of shipped or completed orders. */
  readonly headStart: number;
  readonly actions: readonly Action[];
}

const deeds = [
  'help',
  'decide',
  'decideBadly',
  'decideForAnother',
  'pay',
  'payAll',
  'reverse',
  'revise',
  'reviseStale',
  'cancel',
  'returnPaper',
  'returnStalePaper',
  'askRelease',
  'receive',
  'report',
  'inspect',
  'trouble',
  'carrier',
  'leaveUnclaimed',
  'confirm',
  'again',
  'suspend',
  'holdCustomer',
  'file',
  'publishCalendar',
  'minutes',
  'days',
  'untilAlarm',
  'backdate',
  'takeBack',
  'withdraw',
  'placeHold',
] as const;

const shape: fc.Arbitrary<Shape> = fc.record({
  gradeA: fc.boolean(),
  path: fc.constantFrom(null, null, null, 'prepaid' as const, 'guarantor' as const, 'cash_on_delivery' as const),
  supplies: fc.array(fc.constantFrom('stock' as const, 'buy' as const, 'make' as const), {
    minLength: 1,
    maxLength: 2,
  }),
  levels: fc.integer({ min: 0, max: 3 }),
  missing: fc.integer({ min: 0, max: 5 }).map((one) => one === 5),
  wishes: fc.boolean(),
  contract: fc.integer({ min: 0, max: 3 }).map((one) => one === 3),
});

/** What would otherwise hardly ever fall into the short time in which it matters. */
const frequent = [
  'pay',
  'payAll',
  'reverse',
  'cancel',
  'askRelease',
  'askRelease',
  'report',
  'inspect',
  'takeBack',
  'takeBack',
] as const;

/** Help is the most likely: otherwise few orders would get anywhere. */
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.constant('help' as const) },
  { weight: 2, arbitrary: fc.constantFrom('decide' as const, 'decideBadly' as const, 'decideForAnother' as const) },
  { weight: 1, arbitrary: fc.constantFrom(...frequent) },
  { weight: 3, arbitrary: fc.constantFrom(...deeds) },
);

export const stories: fc.Arbitrary<Story> = fc.record({
  shape,
  revised: shape,
  inHand: fc.constantFrom('none' as const, 'half' as const, 'all' as const),
  headStart: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 26 })),
  actions: fc.array(
    fc.record({
      do: deed,
      who: fc.integer({ min: 0, max: 5 }),
      pick: fc.integer({ min: 0, max: 11 }),
      steps: fc.constantFrom(0, 1, 2, 50, 50),
    }),
    { minLength: 5, maxLength: 50 },
  ),
});

const levels = ['review.sales', 'review.technical', 'review.management'] as const;

/** Nobody who decided another level co-signs. */
const apart = { ...terms().tasks['review.contract'], separateFrom: ['taker', ...levels] as const };

const levelsOf = (of: Shape): readonly TaskKind[] => [
  ...levels.slice(0, of.levels),
  ...(of.contract ? (['review.contract'] as const) : []),
];

export function termsOf(of: Shape): Terms {
  const lines: readonly TermsLine[] = of.supplies.map((supply, index) => ({
    line: index + 1,
    itemId: `I${index + 1}`,
    quantity: 2 + index,
    netFen: 10_000,
    taxFen: 1_300,
    supply,
  }));
  const goodsFen = 10_000 * lines.length;
  const totalFen = 11_300 * lines.length;
  const build = of.gradeA ? gradeA : terms;
  const deposits = { prepaid: totalFen, guarantor: 0, cash_on_delivery: 3_000 };
  return build({
    lines,
    totals: { goodsFen, taxFen: totalFen - goodsFen, freightFen: 0, totalFen },
    reviews: levelsOf(of).map((task, index) => ({ level: index + 1, task, rule: 'test', saw: {} })),
    ...(of.contract ? { contract: true as const, tasks: { ...terms().tasks, 'review.contract': apart } } : {}),
    missing: of.missing ? ['contact'] : [],
    specialWishes: of.wishes,
    smallOrderPath: of.path,
    releaseBy: [
      { upToFen: 5_000, role: 'finance_lead' },
      { upToFen: null, role: 'director' },
    ],
    ...(of.path === null ? (of.gradeA ? {} : { depositFen: 3_390 }) : { depositFen: deposits[of.path] }),
    ...(of.path === null ? {} : { balanceBeforeShipment: of.path === 'prepaid' }),
  });
}

let serial = 0;

/** Lets one action happen. */
export function act(machine: Machine, action: Action, story: Story, said: EveryFact[]): void {
  const say = (message: EveryFact, desk: 'order' | 'parcel' | 'dunning' = 'order'): void => {
    said.push(message);
    if (desk === 'order') machine.tell(message);
    else if (desk === 'parcel') machine.tellParcel(message);
    else machine.tellDunning(message);
  };
  const head = (by: Actor = user(action.who)) => ({ id: `m${++serial}`, at: machine.now, by });
  const { dossier } = machine;
  const { pick } = action;
  switch (action.do) {
    case 'help':
      return help(machine, pick, say, head);
    case 'decide':
    case 'decideBadly':
    case 'decideForAnother':
      return decide(machine, action, say, head);
    case 'pay':
      return say({
        ...head(),
        kind: 'paymentReceived',
        paymentId: `p${pick}`,
        amountFen: (pick - 1) * 1_130,
        method: pick % 2 === 0 ? 'bank' : 'cash',
      });
    case 'payAll':
      return say({
        ...head(),
        kind: 'paymentReceived',
        paymentId: `q${serial}`,
        amountFen: dossier.terms.totals.totalFen,
        method: 'alipay',
      });
    case 'reverse': {
      const paid = Object.keys(dossier.account.payments);
      return say({
        ...head(),
        kind: 'paymentReversed',
        paymentId: paid[pick % Math.max(1, paid.length)] ?? 'none',
        reasonCode: 'wrong_entry',
      });
    }
    case 'revise':
    case 'reviseStale': {
      const fromRevision = dossier.revision - (action.do === 'revise' ? 0 : 1);
      const by: Actor =
        pick % 3 === 0
          ? { kind: 'user', userId: `u${action.who}`, roles: ['sales'], onBehalfOf: `u${pick % 6}` }
          : user(action.who);
      return say({ ...head(by), kind: 'orderRevised', terms: termsOf(story.revised), fromRevision });
    }
    case 'cancel':
      return say({ ...head(), kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: (pick - 1) * 1_000 });
    case 'returnPaper':
    case 'returnStalePaper':
      return say({
        ...head({ kind: 'customer' }),
        kind: 'confirmationReturned',
        revision: dossier.revision - (action.do === 'returnPaper' ? 0 : 1),
      });
    case 'askRelease': {
      say({ ...head(), kind: 'releaseRequested', reasonCode: 'old_customer' });
      if (pick > 6) return undefined;
      // Who asked also tries to answer.
      machine.work(10);
      const task = tasksOf(machine).find((open) => open.task.kind === 'release.balance')?.task;
      if (task === undefined) return undefined;
      const by: Actor = { kind: 'user', userId: `u${action.who}`, roles: rolesOf(task) };
      return say({ ...head(by), kind: 'decisionMade', taskId: task.id, outcome: 'approve' });
    }
    case 'receive':
      return say({
        ...head(),
        kind: 'goodsReceived',
        line: 1 + (pick % 3),
        quantity: pick % 4,
        batchId: `b${pick % 2}`,
      });
    case 'report':
      return say({ ...head(), kind: 'progressReported', line: 1 + (pick % 2), quantity: pick > 8 ? 99 : pick % 4 });
    case 'inspect':
      return say({
        ...head(),
        kind: 'inspectionRecorded',
        line: 1 + (pick % 2),
        passed: pick % 2,
        rework: pick % 3 === 1 ? 1 : 0,
        scrapped: pick % 3 === 2 ? 1 : 0,
        ...(pick === 11 ? {} : { causeCode: 'scratch' }),
      });
    case 'trouble':
      return say({ ...head(), kind: 'troubleReported', cause: 'material', newOfferedOn: `2026-12-${10 + pick}` });
    case 'carrier': {
      const event = carrierEvents[pick % carrierEvents.length] ?? 'collected';
      return say({ ...head({ kind: 'carrier' }), kind: 'carrierEventReceived', event }, 'parcel');
    }
    case 'leaveUnclaimed':
      say({ ...head({ kind: 'carrier' }), kind: 'carrierEventReceived', event: 'arrived' }, 'parcel');
      machine.work(10);
      return machine.pass(15 * 86_400);
    case 'confirm':
      return say({ ...head({ kind: 'customer' }), kind: 'deliveryConfirmed' });
    case 'again': {
      const fact = said[pick % Math.max(1, said.length)];
      return fact === undefined ? undefined : void machine.tell(fact);
    }
    case 'placeHold':
      return say({ ...head(), kind: 'holdPlaced', reason: pick % 3 === 0 ? 'prepayment' : 'forced' });
    case 'takeBack':
      return takeBack(machine, pick, say, head);
    case 'withdraw':
      return say({
        ...head(pick % 2 === 0 ? (dossier.release?.requestedBy ?? user(0)) : (dossier.cancellation?.by ?? user(1))),
        kind: pick % 2 === 0 ? 'releaseWithdrawn' : 'cancellationWithdrawn',
        reasonCode: 'mistake',
      });
    case 'suspend':
      machine.suspended = !machine.suspended;
      return undefined;
    case 'holdCustomer':
      return holdCustomer(machine, pick, say, head);
    case 'file':
      return say(paper(head(user(action.who, pick % 4 === 0 ? 'warehouse' : 'legal')), pick % 2 === 0));
    case 'publishCalendar':
      return say({
        ...head({ kind: 'process' }),
        kind: 'calendarPublished',
        calendar: { ...dossier.terms.calendar, version: `c${pick}`, publishedAt: `2026-12-${10 + pick}T00:00:00.000Z` },
      });
    case 'minutes':
      return machine.pass(pick * 600);
    case 'days':
      return machine.pass(pick * 86_400);
    case 'untilAlarm':
      return machine.pass(secondsToAlarm(machine));
    case 'backdate': {
      const happenedAt = new Date(Date.parse(machine.now) + (1 - pick) * 5 * 86_400_000 + 60_000).toISOString();
      return say({
        ...head(),
        happenedAt,
        kind: 'paymentReceived',
        paymentId: `h${serial}`,
        amountFen: 1_000,
        method: 'bank',
      });
    }
  }
}

/** A paper of a contract: its draft, or the one with both signatures. */
const paper = (head: FactHead, draft: boolean): EveryFact => ({
  ...head,
  kind: 'attachmentFiled',
  attachmentId: `a-${head.id}`,
  purpose: draft ? 'contract_draft' : 'contract_signed',
});

/** The customer is held at some gates, now and then until a day, or all his holds are lifted; the order is told. */
function holdCustomer(machine: Machine, pick: number, say: Say, head: Head): void {
  const at = gates[pick % gates.length] ?? 'ship';
  const hold: Hold = {
    id: `ch${pick}`,
    reason: pick % 2 === 0 ? 'forced' : 'compliance',
    gates: pick > 6 ? [at, 'bill'] : [at],
    ...(pick % 3 === 0 ? { until: new Date(Date.parse(machine.now) + (pick + 1) * 86_400_000).toISOString() } : {}),
  };
  const others = machine.customerHolds.filter(({ id }) => id !== hold.id);
  machine.customerHolds = pick === 11 ? [] : [...others, hold];
  tellStanding(machine, say, head);
}

const tellStanding = (machine: Machine, say: Say, head: Head): void =>
  say({
    ...head({ kind: 'process' }),
    kind: 'customerStandingChanged',
    suspended: false,
    // The books tell of no hold whose time is over.
    holds: machine.customerHolds.filter(({ until }) => until === undefined || until > machine.now),
  });

type Say = (message: EveryFact, desk?: 'order' | 'parcel' | 'dunning') => void;
type Head = (by?: Actor) => { readonly id: string; readonly at: string; readonly by: Actor };

/** What good people do next: answer a task, pay, sign, deliver; with nothing to do they let time pass. */
export function help(machine: Machine, pick: number, say: Say, head: Head): void {
  const { dossier, parcel } = machine;
  const customer = head({ kind: 'customer' });
  const goodsFact = goodsHelp(machine, head);
  // Who is asked for the release of a hold lifts it; nobody lifts what nobody is asked for.
  const asked = Object.keys(dossier.waits).some((name) => name === 'credit' || name.startsWith('customer_hold '));
  if (asked && machine.customerHolds.length > 0) {
    machine.customerHolds = [];
    return tellStanding(machine, say, head);
  }
  const answerable = tasksOf(machine).filter(
    ({ task }) =>
      ![
        'confirmation.paper',
        'purchase.receive',
        'production.report',
        'quality.inspect',
        'intake.contact',
        'shipment.waybill',
        'contract.draft',
        'contract.file',
      ].includes(task.kind),
  );
  const found = answerable[pick % Math.max(1, answerable.length)];
  if (goodsFact !== undefined) return say(goodsFact);
  const filing = tasksOf(machine).find(({ task }) => ['contract.draft', 'contract.file'].includes(task.kind));
  if (filing !== undefined && (found === undefined || pick % 2 === 0))
    return say(paper(head(user(9, 'legal')), filing.task.kind === 'contract.draft'));
  if (found !== undefined) {
    const { task, desk } = found;
    const outcome: Outcome = task.outcomes.includes('approve') ? 'approve' : 'done';
    const free =
      ['u1', 'u2', 'u3', 'u4', 'u5', 'u6'].find((id) => !isKeptOut(task, { kind: 'user', userId: id, roles: [] })) ??
      'w';
    const by: Actor = { kind: 'user', userId: free, roles: rolesOf(task).slice(0, 1) };
    return say(
      {
        ...head(by),
        kind: 'decisionMade',
        taskId: task.id,
        outcome,
        ...(task.kind === 'shipment.recall' ? { amountFen: 800 } : {}),
      },
      desk,
    );
  }
  const paperIsOut = dossier.confirmation !== undefined && dossier.confirmation.returnedAt === undefined;
  if (paperIsOut && (!dossier.terms.startsAtOnce || pick % 3 === 0 || dossier.status === 'in_settlement'))
    return say({ ...customer, kind: 'confirmationReturned', revision: dossier.revision });
  if (['awaiting_deposit', 'awaiting_balance', 'in_settlement'].includes(dossier.status) && balanceFen(dossier) > 0)
    return say({
      ...head(),
      kind: 'paymentReceived',
      paymentId: `g${serial}`,
      amountFen: balanceFen(dossier),
      method: 'bank',
    });
  if (parcel?.step === 'gone' && parcel.waybillNo === null && !parcel.unclaimed)
    return say({ ...head(), kind: 'waybillEntered', carrier: 'sf', waybillNo: 'SF1' }, 'parcel');
  if (parcel?.step === 'gone' && parcel.progress < 4 && !parcel.unclaimed)
    return say({ ...head({ kind: 'carrier' }), kind: 'carrierEventReceived', event: 'delivered' }, 'parcel');
  machine.pass(secondsToAlarm(machine));
}

function goodsHelp({ dossier }: Machine, head: Head): EveryFact | undefined {
  const { goods, status } = dossier;
  const atWork = status === 'allocated' || status === 'in_production' || status === 'in_inspection';
  if (!atWork) return undefined;
  for (const line of goods) {
    const due = { short: line.toBuy - line.received, inspect: waitingForInspection(line), make: stillToMake(line) };
    if (due.short > 0) return { ...head(), kind: 'goodsReceived', line: line.line, quantity: due.short, batchId: 'b9' };
    if (due.inspect > 0)
      return { ...head(), kind: 'inspectionRecorded', line: line.line, passed: due.inspect, rework: 0, scrapped: 0 };
    if (due.make > 0 && status === 'in_production')
      return { ...head(), kind: 'progressReported', line: line.line, quantity: due.make };
  }
  return undefined;
}

function decide(machine: Machine, { do: deed, who, pick }: Action, say: Say, head: Head): void {
  // Now and then somebody answers what is answered already.
  const old = machine.dossier.tasks.map((task) => ({ task, desk: 'order' as const }));
  const open = pick > 9 ? old : tasksOf(machine);
  const found = open[pick % Math.max(1, open.length)];
  if (found === undefined) return;
  const { task, desk } = found;
  const role: Role =
    deed === 'decideBadly' && pick % 2 === 0
      ? (roles[pick] ?? 'sales')
      : (rolesOf(task)[pick % rolesOf(task).length] ?? 'admin');
  const by: Actor = {
    kind: 'user',
    userId: `u${who}`,
    roles: [role],
    ...(deed === 'decideForAnother' ? { onBehalfOf: `u${pick % 6}` } : {}),
  };
  const outcome: Outcome =
    deed === 'decideBadly' && pick === 7 ? 'approve' : (task.outcomes[(pick + who) % task.outcomes.length] ?? 'done');
  const reason = deed === 'decideBadly' ? {} : { reasonCode: 'because' };
  say({ ...head(by), kind: 'decisionMade', taskId: task.id, outcome, ...reason }, desk);
}

/** Somebody undoes what he, or now and then another, has signed; the latest most of the time, on whichever desk. */
function takeBack({ dossier, parcel, dunning }: Machine, pick: number, say: Say, head: Head): void {
  const signed = [
    ...dossier.tasks.map((task) => ({ task, desk: 'order' as const })),
    ...(parcel?.tasks ?? []).map((task) => ({ task, desk: 'parcel' as const })),
    ...(dunning?.tasks ?? []).map((task) => ({ task, desk: 'dunning' as const })),
  ].filter(({ task }) => task.slots.some(({ signature }) => signature !== undefined));
  const found = pick > 8 ? signed[pick % Math.max(1, signed.length)] : signed.at(-1 - (pick % 3));
  if (found === undefined) return;
  const { task, desk } = found;
  const by = task.slots.find(({ signature }) => signature !== undefined)?.signature?.by ?? user(pick);
  say({ ...head(pick === 7 ? user(9) : by), kind: 'decisionWithdrawn', taskId: task.id, reasonCode: 'hasty' }, desk);
}

function secondsToAlarm(machine: Machine): number {
  const alarms = [machine.dossier, machine.parcel, machine.dunning].flatMap((desk) =>
    desk === undefined ? [] : (nextAlarm(desk)?.at ?? []),
  );
  const [next] = alarms.sort();
  return next === undefined ? 3600 : Math.max(1, Math.ceil((Date.parse(next) - Date.parse(machine.now)) / 1000));
}

const user = (who: number, role: Role = 'sales'): Actor => ({ kind: 'user', userId: `u${who}`, roles: [role] });
