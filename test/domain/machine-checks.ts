import { file } from '../../domain/inside/GONE-file-fact';
import { stages } from '../../domain/inside/GONE-stage';
import type { EveryFact } from '../../domain/inside/every-fact';
import type { Dossier } from '../../domain/inside/order';
import { stillToMake, waitingForInspection } from '../../domain/inside/goods/pieces';
import type { Actor } from '../../domain/inside/kernel/actor';
import { isMessage } from '../../domain/inside/kernel/fact';
import { accounts, type Posting } from '../../domain/inside/kernel/posting';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import { rolesOf, type Task } from '../../domain/inside/kernel/worklist/task';
import { taskOf } from '../../domain/inside/kernel/worklist/worklist';
import { advancesFen, outstandingFen } from '../../domain/inside/money/money';
import type { ParcelTransition, Transition } from './machine';

/** What a check may remember of an order beside its dossier: counted from the facts alone. */
export interface Memory {
  readonly applied: EveryFact[];
  readonly postings: Posting[];
  readonly balances: Map<string, number>;
  readonly rung: Set<string>;
  editors: readonly string[];
  releasesUsed: number;
  readonly pickers: Set<string>;
}

export const remember = (): Memory => ({
  applied: [],
  postings: [],
  balances: new Map(),
  rung: new Set(),
  editors: ['u0'],
  releasesUsed: 0,
  pickers: new Set(),
});

type Check = (transition: Transition, memory: Memory) => boolean;
type Applied<Kind extends EveryFact['kind']> = Extract<EveryFact, { kind: Kind }>;

const when =
  <Kind extends EveryFact['kind']>(
    kind: Kind,
    holds: (fact: Applied<Kind>, transition: Transition, memory: Memory) => boolean,
  ): Check =>
  (transition, memory) => {
    const { fact, standing } = transition.filed;
    return standing === 'ignored' || fact.kind !== kind || holds(fact as Applied<Kind>, transition, memory);
  };

/** Counted here anew: four eyes are not to be checked with their own glasses. */
const behind = (actor: Actor): readonly string[] =>
  actor.kind === 'user' ? [actor.userId, ...(actor.onBehalfOf === undefined ? [] : [actor.onBehalfOf])] : [];
const isReview = (task: Task): boolean => task.kind.startsWith('review.');
const approved = ({ decision }: Task): boolean =>
  decision !== undefined && ['approve', 'approve_with_conditions'].includes(decision.outcome);
const received = ({ account }: Dossier): number =>
  Object.values(account.payments).reduce((sum, { amountFen, reversed }) => sum + (reversed ? 0 : amountFen), 0);
const begun = ({ goods }: Dossier): boolean => goods.some((line) => line.begun);
const summed = <Kind extends EveryFact['kind']>(
  memory: Memory,
  kind: Kind,
  of: (fact: Applied<Kind>) => number,
): number => memory.applied.reduce((sum, fact) => sum + (fact.kind === kind ? of(fact as Applied<Kind>) : 0), 0);
const onAccount = ({ balances }: Memory, account: string): number => balances.get(account) ?? 0;

/** Each invariant as a question about one fact and what it did; the memory already holds that fact. */
export const checks = {
  S1: ({ before, after, filed }) => {
    if (filed.standing === 'applied')
      return (
        after.version === before.version + 1 &&
        (after.status === before.status || stages[before.status].next.includes(after.status))
      );
    const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Dossier>;
    const untouched = [...names].every((name) => name === 'seq' || name === 'heard' || before[name] === after[name]);
    return untouched && filed.because !== undefined && after.seq === before.seq + 1;
  },
  S2: ({ before, after, filed: { fact } }) => {
    if (before.status === after.status) return true;
    if (before.status !== 'completed') return !['cancelled', 'rejected', 'dead', 'archived'].includes(before.status);
    return after.status === 'in_settlement'
      ? fact.kind === 'paymentReversed'
      : after.status === 'archived' && fact.kind === 'orderEnded';
  },
  V1: when('taskOpened', ({ task }, { before }) => {
    const lower = before.terms.reviews.filter(({ level }) => level < (task.level ?? 0));
    const given = before.tasks.filter((row) => row.revision === before.revision && isReview(row) && approved(row));
    return !isReview(task) || lower.every(({ level }) => given.some((row) => row.level === level));
  }),
  V2: when('decisionMade', ({ taskId }, { after }) => {
    const slots = after.tasks
      .filter((task) => isReview(task) && task.state === 'decided')
      .map((task) => `${task.revision}/${task.level}`);
    return new Set(slots).size === slots.length && after.tasks.filter((task) => task.id === taskId).length === 1;
  }),
  V3: when('decisionMade', ({ taskId, by, outcome }, { after }, { editors }) => {
    const task = taskOf(after, taskId);
    if (task === undefined || !isReview(task) || outcome === 'ask') return true;
    // Of a level that was sent back to be asked anew the former answer counts no more (HT-4).
    const counts = (row: Task): boolean => row.state !== 'void' && row.decision !== undefined;
    const others = after.tasks.filter(
      (row) => row.id !== taskId && isReview(row) && row.revision === task.revision && counts(row),
    );
    const taken = new Set([
      'u0',
      ...editors,
      ...others.flatMap(({ decision }) => (decision === undefined ? [] : behind(decision.by))),
    ]);
    return behind(by).every((person) => !taken.has(person));
  }),
  V4: when('decisionMade', ({ taskId, by }, { before }) => {
    const task = taskOf(before, taskId);
    return by.kind === 'user' && task !== undefined && by.roles.some((role) => rolesOf(task).includes(role));
  }),
  V5: when(
    'decisionMade',
    ({ outcome, reasonCode }) => !['return', 'reject', 'wrong'].includes(outcome) || Boolean(reasonCode),
  ),
  // A published calendar reckons what was agreed anew, and changes nothing of it (Z3).
  V6: ({ before, after, filed: { fact, standing } }) => {
    if (fact.kind !== 'orderRevised' || standing === 'ignored')
      return after.revision === before.revision && (fact.kind === 'orderRevised' || sameTerms(before, after, fact));
    const { tasks, approvals, reviewPassed, confirmation, release, allocated } = after;
    const unchanged = (level: number, task: string): boolean => {
      const now = after.terms.reviews.find((row) => row.level === level && row.task === task)?.fingerprint;
      return now !== undefined && before.terms.reviews.some((row) => row.task === task && row.fingerprint === now);
    };
    return (
      fact.fromRevision === before.revision &&
      after.revision === before.revision + 1 &&
      tasks.every(({ state, level, kind }) => state !== 'open' || unchanged(level ?? 0, kind)) &&
      approvals.every(({ level, task }) => unchanged(level, task)) &&
      !reviewPassed &&
      !allocated &&
      confirmation === undefined &&
      release === undefined
    );
  },
  Q1: ({ before, after }) =>
    begun(before) ||
    !begun(after) ||
    before.terms.startsAtOnce ||
    (before.confirmation?.returnedAt !== undefined && received(before) >= before.terms.depositFen),
  Q2: ({ before, after }) =>
    (begun(before) || !begun(after) || before.reviewPassed) &&
    (after.status !== 'completed' || after.confirmation?.returnedAt !== undefined),
  Q4: ({ after }, memory) => {
    const facts = memory.applied.slice(memory.applied.findLastIndex(({ kind }) => kind === 'goodsAllocated'));
    const recent = { ...memory, applied: facts };
    return after.goods.every((line) => {
      const at = <T>(fact: { line: number }, value: T): T | 0 => (fact.line === line.line ? value : 0);
      const passed = summed(recent, 'inspectionRecorded', (fact) => at(fact, fact.passed));
      const scrapped = summed(recent, 'inspectionRecorded', (fact) => at(fact, fact.scrapped));
      const toRework = summed(recent, 'inspectionRecorded', (fact) => at(fact, fact.rework));
      const made = summed(recent, 'progressReported', (fact) => at(fact, fact.quantity));
      const waiting = made - passed - scrapped - toRework;
      return (
        line.stockedIn <= line.received + line.passed &&
        line.received <= line.toBuy &&
        line.passed <= line.toMake &&
        (!after.allocated ||
          (passed === line.passed && scrapped === line.scrapped && waiting === waitingForInspection(line))) &&
        waiting >= 0 &&
        line.inRework >= 0 &&
        stillToMake(line) >= 0
      );
    });
  },
  Q6: when('shipmentReleased', ({ because, at }, { before }) => {
    const { terms, release } = before;
    const owedFen = terms.totals.totalFen - received(before);
    switch (because) {
      case 'paid':
        return owedFen <= 0;
      case 'grade_a_terms':
        return terms.grade === 'A' && !before.creditWithdrawn;
      case 'released': {
        const task = before.tasks.findLast(({ kind, state }) => kind === 'release.balance' && state === 'decided');
        const may = (release?.upToFen ?? 0) > 5_000 ? 'director' : 'finance_lead';
        return (
          task !== undefined &&
          approved(task) &&
          rolesWhenDecided(task)[0] === may &&
          owedFen <= (release?.upToFen ?? 0) &&
          at < (release?.expiresAt ?? '')
        );
      }
      case 'small_order_path':
        return (
          !before.creditWithdrawn &&
          (terms.smallOrderPath === 'guarantor'
            ? before.guarantee === 'given'
            : terms.smallOrderPath === 'cash_on_delivery' && received(before) >= terms.depositFen)
        );
    }
  }),
  Q7: ({ before, after, filed: { fact, standing } }, memory) => {
    if (standing === 'ignored') return true;
    if (fact.kind === 'decisionMade' && taskOf(before, fact.taskId)?.kind === 'release.balance')
      return behind(fact.by).every(
        (person) => !behind(before.release?.requestedBy ?? { kind: 'process' }).includes(person),
      );
    if (fact.kind !== 'shipmentReleased' || fact.because !== 'released') return true;
    // One that is undone is given anew (HT-5), so it is the decisions that count.
    const isOfRelease = ({ kind, revision }: Task): boolean =>
      kind === 'release.balance' && revision === before.revision;
    const granted = memory.applied.filter(
      (said) =>
        said.kind === 'decisionMade' &&
        said.outcome === 'approve' &&
        before.tasks.some((task) => task.id === said.taskId && isOfRelease(task)),
    );
    const last = granted.at(-1)?.at ?? '';
    return (
      memory.releasesUsed <= granted.length &&
      after.release?.state === 'used' &&
      Date.parse(fact.at) < Date.parse(last) + 7 * 86_400_000
    );
  },
  Q9: ({ after }, memory) => {
    const freight = memory.postings.filter(({ purpose }) => purpose === 'freight');
    const bearer = after.terms.smallOrderPath === 'guarantor' ? accounts.guarantors : accounts.freightOut;
    const costFen = summed(memory, 'shipmentMoved', (fact) => (fact.to === 'recalled' ? (fact.freightFen ?? 0) : 0));
    return (
      freight.length === (costFen > 0 ? 1 : 0) &&
      freight.every(({ legs }) => legs.some(({ account, amountFen }) => account === bearer && amountFen === costFen)) &&
      (after.status !== 'dead' || after.endedAt === undefined || after.shipment?.state === 'recalled')
    );
  },
  Q10: ({ before, after, filed: { fact } }) => {
    if (before.status === after.status || after.status !== 'cancelled') return true;
    if (before.shippedAt !== undefined) return false;
    if (!begun(before) && before.shipment === undefined) return true;
    const asked = before.cancellation;
    const answered = fact.kind === 'decisionMade' || (fact.kind === 'shipmentMoved' && asked?.state === 'approved');
    const yes = after.tasks.some((task) => task.kind === 'cancellation.approve' && approved(task));
    return asked !== undefined && answered && yes && after.closure?.costFen === asked.costFen;
  },
  M2: (_transition, { balances, postings }) =>
    postings.every(({ legs }) => legs.length >= 2 && legs.reduce((sum, { amountFen }) => sum + amountFen, 0) === 0) &&
    [...balances.values()].reduce((sum, fen) => sum + fen, 0) === 0,
  M4: ({ after: { account } }, memory) =>
    onAccount(memory, accounts.receivables) === account.billedFen - account.appliedFen && outstandingFen(account) >= 0,
  M5: ({ after: { account } }, memory) =>
    account.appliedFen <= account.receivedFen &&
    -onAccount(memory, accounts.advances) === advancesFen(account) &&
    advancesFen(account) >= 0,
  M6: ({ after: { account } }) => account.refundedFen + account.keptFen <= account.receivedFen,
  M7: ({ after }, memory) =>
    after.bill !== undefined ||
    (onAccount(memory, accounts.receivables) === 0 &&
      -onAccount(memory, accounts.advances) === received(after) - after.account.refundedFen - after.account.keptFen),
  M9: ({ after }, memory) =>
    onAccount(memory, accounts.cash) + onAccount(memory, accounts.bank) ===
      received(after) - after.account.refundedFen &&
    (after.bill === undefined || advancesFen(after.account) === Math.max(0, received(after) - after.account.billedFen)),
  X2: ({ after, filed: { fact } }) => {
    if (!isMessage(fact)) return true;
    const again = file(after, fact);
    return again.filed.because === 'duplicate' && again.postings.length === 0 && again.desk.version === after.version;
  },
  X5: ({ filed }, { postings, applied }) => {
    const keys = postings.map(({ key }) => key);
    const facts = new Set(applied.map(({ id }) => id));
    return (
      new Set(keys).size === keys.length &&
      postings.every(
        ({ key, purpose, reverses }) =>
          facts.has(key.slice(0, -purpose.length - 1)) && (reverses === undefined || keys.includes(reverses)),
      ) &&
      filed.fact.id !== ''
    );
  },
  T1: when('rungRang', (fact, { before }, { rung }) => {
    const task = taskOf(before, fact.of);
    const clock = task?.clock ?? before.waits[fact.of]?.clock;
    const key = `${fact.of}@${clock?.startedAt}/${fact.rung}`;
    const isFirst = !rung.has(key);
    rung.add(key);
    return isFirst && (task === undefined || task.state === 'open') && (clock?.rungs[fact.rung]?.at ?? '9') <= fact.at;
  }),
  Z1: ({ before, after, filed: { fact, standing } }) => {
    if (before.promisedOn === after.promisedOn) return true;
    if (fact.kind === 'confirmationReturned' && standing === 'applied') {
      if (before.confirmation?.returnedAt !== undefined) return false;
      const day = (instant: string): number => Math.floor((Date.parse(instant) + 8 * 3_600_000) / 86_400_000);
      const late = Math.max(0, day(fact.happenedAt ?? fact.at) - day(before.confirmation?.sentAt ?? ''));
      return (
        !before.terms.startsAtOnce &&
        Date.parse(after.promisedOn ?? '') === Date.parse(before.offeredOn) + late * 86_400_000
      );
    }
    if (fact.kind === 'troubleReported')
      return before.promisedOn === undefined || (after.promisedOn ?? '') > before.promisedOn;
    return (fact.kind === 'confirmationSent' && after.promisedOn === before.offeredOn) || fact.kind === 'orderRevised';
  },
  'HG-4': ({ filed: { fact, standing }, before }) => {
    if (fact.happenedAt === undefined || fact.kind === 'shipmentMoved') return true;
    const lead = Date.parse(fact.at) - Date.parse(fact.happenedAt);
    const isWithin = lead >= -300_000 && lead <= before.terms.backdatingSeconds * 1000;
    return isWithin || standing === 'ignored';
  },
} as const satisfies Record<string, Check>;

export type Invariant = keyof typeof checks | 'S4' | 'S5' | 'picker';

/** Counts what a fact adds, before the checks look. */
export function count({ filed: { fact, standing }, postings }: Transition, memory: Memory): void {
  if (standing === 'ignored') return;
  memory.applied.push(fact);
  memory.postings.push(...postings);
  for (const { legs } of postings)
    for (const { account, amountFen } of legs) memory.balances.set(account, onAccount(memory, account) + amountFen);
  if (fact.kind === 'orderRevised' && fact.by.kind === 'user') memory.editors = behind(fact.by);
  if (fact.kind === 'shipmentReleased' && fact.because === 'released') memory.releasesUsed++;
}

/** V3 in the warehouse: who picked does not check, whoever he acts for. */
export function pickerIsNotChecker(
  { before, filed: { fact, standing } }: ParcelTransition,
  { pickers }: Memory,
): boolean {
  if (standing === 'ignored') return true;
  // What was undone was not picked: somebody picks anew (HT-5).
  if (fact.kind === 'decisionWithdrawn' && taskOf(before, fact.taskId)?.kind === 'shipment.pick')
    for (const { signature } of taskOf(before, fact.taskId)?.slots ?? [])
      for (const person of signature === undefined ? [] : behind(signature.by))
        pickers.delete(`${before.no}/${person}`);
  if (fact.kind !== 'decisionMade') return true;
  const kind = taskOf(before, fact.taskId)?.kind;
  if (kind === 'shipment.pick') for (const person of behind(fact.by)) pickers.add(`${before.no}/${person}`);
  return kind !== 'shipment.check' || behind(fact.by).every((person) => !pickers.has(`${before.no}/${person}`));
}

/** Q6 once everything has come to rest: no goods are being picked for a payment that is not there any more. */
export function leaveStillHolds({ shipment, terms, account }: Dossier): boolean {
  const paidFen = Object.values(account.payments).reduce(
    (sum, { amountFen, reversed }) => sum + (reversed ? 0 : amountFen),
    0,
  );
  return shipment?.state !== 'released' || shipment.leave !== 'paid' || paidFen >= terms.totals.totalFen;
}

/** The roles of a decided task's only slot. */
const rolesWhenDecided = ({ slots }: Task): readonly Role[] =>
  slots.flatMap(({ candidates }) => candidates.flatMap((one) => ('role' in one ? [one.role] : [])));

function sameTerms({ terms: before }: Dossier, { terms: after }: Dossier, { kind }: EveryFact): boolean {
  if (kind !== 'calendarPublished') return after === before;
  const { calendar: _then, ...agreed } = before;
  const { calendar: _now, ...stands } = after;
  return JSON.stringify(agreed) === JSON.stringify(stands);
}
