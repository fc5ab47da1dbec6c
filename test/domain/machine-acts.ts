import type { Hold } from '../../domain/inside/intake/terms';
import type { Actor } from '../../domain/inside/kernel/actor';
import { gates, type Role, roles } from '../../domain/inside/kernel/vocabulary';
import { rolesOf } from '../../domain/inside/kernel/worklist/task';
import type { Outcome } from '../../domain/inside/kernel/worklist/terms';
import { carrierEvents } from '../../domain/inside/shipping/carrier';
import { type Machine, tasksOf } from './machine';
import { help, paper, secondsToAlarm, type Spoken, tellStatus, user, type Voice } from './machine-help';
import { type Action, type Story, termsOf } from './machine-stories';

interface Given {
  readonly machine: Machine;
  readonly action: Action;
  readonly story: Story;
  readonly voice: Voice;
}

type Deed = (given: Given) => void;

const customer: Actor = { kind: 'customer' };

/** Something that is said as whoever the action names. */
const says =
  (body: (given: Given) => Spoken): Deed =>
  (given) =>
    given.voice.say(body(given), { by: user(given.action.who) });

const acts: Readonly<Record<Action['do'], Deed>> = {
  help: ({ machine, action, voice }) => help(machine, action.pick, voice),
  decide: (given) => decide(given),
  decideBadly: (given) => decide(given),
  decideForAnother: (given) => decide(given),
  pay: says(({ action: { pick } }) => ({
    kind: 'paymentReceived',
    paymentId: `p${pick}`,
    amountFen: (pick - 1) * 1_130,
    method: pick % 2 === 0 ? 'bank' : 'cash',
  })),
  payAll: says(({ machine, voice }) => ({
    kind: 'paymentReceived',
    paymentId: `q${voice.next()}`,
    amountFen: machine.dossier.intake.terms.totals.totalFen,
    method: 'alipay',
  })),
  payCharge: says(({ machine: { dossier }, action: { pick }, voice }) => ({
    kind: 'paymentReceived',
    paymentId: `n${voice.next()}`,
    amountFen: (1 + pick) * 900,
    method: 'wechat',
    chargeNo: one(Object.keys(dossier.money.charges), pick) ?? 'none',
  })),
  reverse: says(({ machine: { dossier }, action: { pick } }) => ({
    kind: 'paymentReversed',
    paymentId: one(dossier.money.payments, pick)?.id ?? 'none',
    reasonCode: 'wrong_entry',
  })),
  revise: (given) => revise(given, 0),
  reviseStale: (given) => revise(given, 1),
  cancel: says(({ action: { pick } }) => ({
    kind: 'cancellationRequested',
    reasonCode: 'not_wanted',
    costFen: (pick - 1) * 1_000,
  })),
  returnPaper: (given) => returnPaper(given, 0),
  returnStalePaper: (given) => returnPaper(given, 1),
  askRelease: (given) => askRelease(given),
  receive: says(({ action: { pick } }) => ({
    kind: 'goodsReceived',
    line: 1 + (pick % 3),
    quantity: pick % 4,
    batchId: `b${pick % 2}`,
  })),
  report: says(({ action: { pick } }) => ({
    kind: 'progressReported',
    line: 1 + (pick % 3),
    quantity: pick > 8 ? 99 : pick % 4,
  })),
  inspect: says(({ action: { pick } }) => ({
    kind: 'inspectionRecorded',
    line: 1 + (pick % 3),
    passed: pick % 2,
    rework: pick % 3 === 1 ? 1 : 0,
    scrapped: pick % 3 === 2 ? 1 : 0,
    ...(pick === 11 ? {} : { causeCode: 'scratch' }),
  })),
  trouble: says(({ action: { pick } }) => ({
    kind: 'troubleReported',
    cause: 'material',
    newOfferedOn: `2026-12-${10 + pick}`,
  })),
  carrier: (given) => carrier(given),
  leaveUnclaimed: ({ machine, voice, action: { pick } }) => {
    const to = one([...machine.shipments.keys()], pick);
    if (to === undefined) return;
    voice.say({ kind: 'carrierEventReceived', event: 'arrived' }, { by: { kind: 'carrier' }, to });
    machine.work(10);
    machine.pass(15 * 86_400);
  },
  confirm: ({ voice, machine, action: { pick } }) => {
    const no = pick % 2 === 0 ? undefined : one([...machine.shipments.keys()], pick);
    voice.say({ kind: 'deliveryConfirmed', ...(no === undefined ? {} : { shipmentNo: no }) }, { by: customer });
  },
  again: ({ machine, voice, action: { pick } }) => {
    const again = one(voice.said, pick);
    if (again !== undefined) machine.tell(again.fact, again.to);
  },
  placeHold: says(({ action: { pick } }) => ({ kind: 'holdPlaced', reason: pick % 3 === 0 ? 'prepayment' : 'forced' })),
  takeBack: (given) => takeBack(given),
  withdraw: ({ machine: { dossier }, action: { pick }, voice }) => {
    const isRelease = pick % 2 === 0;
    const by = isRelease ? dossier.clearance.release?.requestedBy : dossier.closing.cancellation?.by;
    const kind = isRelease ? 'releaseWithdrawn' : 'cancellationWithdrawn';
    voice.say({ kind, reasonCode: 'mistake' }, { by: by ?? user(pick) });
  },
  withdrawReview: ({ action: { pick }, voice }) =>
    voice.say({ kind: 'reviewWithdrawn', reasonCode: 'mistake' }, { by: user(pick % 2 === 0 ? 0 : pick) }),
  suspend: ({ machine, voice, action: { pick } }) => {
    machine.isStopped = !machine.isStopped;
    if (pick % 2 === 0) tellStatus(machine, voice);
  },
  useLimit: ({ machine, voice, action: { pick } }) => {
    machine.usedFen = pick * 10_000;
    if (pick % 2 === 0) tellStatus(machine, voice);
  },
  holdCustomer: (given) => holdCustomer(given),
  file: ({ voice, action: { pick, who } }) =>
    voice.say(paper(voice, pick % 2 === 0), { by: user(who, pick % 4 === 0 ? 'warehouse' : 'legal') }),
  publishCalendar: ({ machine: { dossier }, voice, action: { pick } }) => {
    const publishedAt = `2026-12-${10 + pick}T00:00:00.000Z`;
    const calendar = { ...dossier.intake.terms.calendar, version: `c${pick}`, publishedAt };
    voice.say({ kind: 'calendarPublished', calendar }, { by: { kind: 'process' } });
  },
  minutes: ({ machine, action: { pick } }) => machine.pass(pick * 600),
  days: ({ machine, action: { pick } }) => machine.pass(pick * 86_400),
  untilAlarm: ({ machine }) => machine.pass(secondsToAlarm(machine)),
  backdate: ({ machine, voice, action: { pick, who } }) => {
    const happenedAt = new Date(Date.parse(machine.now) + (1 - pick) * 5 * 86_400_000 + 60_000).toISOString();
    const body = { kind: 'paymentReceived', paymentId: `h${voice.next()}`, amountFen: 1_000, method: 'bank' };
    voice.say(body, { by: user(who), happenedAt });
  },
  away: ({ machine }) => {
    machine.isAway = !machine.isAway;
  },
};

/** Lets one action happen. */
export const act = (given: Given): void => acts[given.action.do](given);

const one = <T>(of: readonly T[], pick: number): T | undefined => of[pick % Math.max(1, of.length)];

function revise({ machine, action: { who, pick }, story, voice }: Given, behindBy: number): void {
  const fromRevision = machine.dossier.intake.revision - behindBy;
  const by: Actor =
    pick % 3 === 0 ? { kind: 'user', userId: `u${who}`, roles: ['sales'], onBehalfOf: `u${pick % 6}` } : user(who);
  const terms = termsOf(pick % 4 === 1 ? { ...story.shape, missing: false } : story.revised);
  voice.say({ kind: 'orderRevised', terms, fromRevision, ...(pick === 5 ? { changed: [] } : {}) }, { by });
}

const returnPaper = ({ machine, voice }: Given, behindBy: number): void =>
  voice.say({ kind: 'confirmationReturned', revision: machine.dossier.intake.revision - behindBy }, { by: customer });

function askRelease({ machine, action: { who, pick }, voice }: Given): void {
  voice.say({ kind: 'releaseRequested', reasonCode: 'old_customer' }, { by: user(who) });
  if (pick > 6) return;
  // Who asked also tries to answer.
  machine.work(10);
  const task = tasksOf(machine).find((open) => open.task.kind === 'release.balance')?.task;
  if (task === undefined) return;
  const by: Actor = { kind: 'user', userId: `u${who}`, roles: rolesOf(task) };
  voice.say({ kind: 'decisionMade', taskId: task.id, outcome: 'approve' }, { by });
}

function carrier({ machine, action: { pick, who }, voice }: Given): void {
  const event = one(carrierEvents, pick) ?? 'collected';
  const to = one([...machine.shipments.keys()], who);
  if (to !== undefined) voice.say({ kind: 'carrierEventReceived', event }, { by: { kind: 'carrier' }, to });
}

/** The customer is held at some gates, now and then until a day, or all his holds are lifted; the order is told. */
function holdCustomer({ machine, action: { pick }, voice }: Given): void {
  const at = gates[pick % gates.length] ?? 'ship';
  const hold: Hold = {
    id: `ch${pick}`,
    reason: pick % 2 === 0 ? 'forced' : 'compliance',
    gates: pick > 6 ? [at, 'bill'] : [at],
    ...(pick % 3 === 0 ? { until: new Date(Date.parse(machine.now) + (pick + 1) * 86_400_000).toISOString() } : {}),
  };
  const others = machine.customerHolds.filter(({ id }) => id !== hold.id);
  machine.customerHolds = pick === 11 ? [] : [...others, hold];
  tellStatus(machine, voice);
}

function decide({ machine, action: { do: deed, who, pick }, voice }: Given): void {
  // Now and then somebody answers what is answered already.
  const old = machine.dossier.worklist.tasks.map((task) => ({ task, desk: machine.order.no }));
  const found = one(pick > 9 ? old : tasksOf(machine), pick);
  if (found === undefined) return;
  const { task, desk } = found;
  const role: Role =
    deed === 'decideBadly' && pick % 2 === 0 ? (roles[pick] ?? 'sales') : (one(rolesOf(task), pick) ?? 'admin');
  const by: Actor = {
    kind: 'user',
    userId: `u${who}`,
    roles: [role],
    ...(deed === 'decideForAnother' ? { onBehalfOf: `u${pick % 6}` } : {}),
  };
  const outcome: Outcome =
    deed === 'decideBadly' && pick === 7 ? 'approve' : (one(task.outcomes, pick + who) ?? 'done');
  const reason = deed === 'decideBadly' ? {} : { reasonCode: 'because' };
  const returnTo = outcome === 'return' && (task.level ?? 0) > 1 && who % 2 === 0 ? { returnTo: 1 } : {};
  const conditions =
    outcome === 'approve_with_conditions' ? { conditions: [who % 2 === 0 ? 'guarantee' : 'prepayment'] } : {};
  voice.say(
    { kind: 'decisionMade', taskId: task.id, outcome, ...reason, ...returnTo, ...conditions },
    { by, to: desk },
  );
}

/** Somebody undoes what he, or now and then another, has signed; the latest most of the time, on whichever desk. */
function takeBack({ machine, action: { pick }, voice }: Given): void {
  const signed = machine.desks
    .flatMap(({ no, dossier }) => dossier.worklist.tasks.map((task) => ({ task, desk: no })))
    .filter(({ task }) => task.slots.some(({ signature }) => signature !== undefined));
  const found = pick > 8 ? one(signed, pick) : signed.at(-1 - (pick % 3));
  if (found === undefined) return;
  const { task, desk } = found;
  const by = task.slots.find(({ signature }) => signature !== undefined)?.signature?.by ?? user(pick);
  voice.say(
    { kind: 'decisionWithdrawn', taskId: task.id, reasonCode: 'hasty' },
    { by: pick === 7 ? user(9) : by, to: desk },
  );
}
