import type { FactKind, FactNamed } from '../../domain/inside/every-fact';
import { stillToMake, waitingForInspection } from '../../domain/inside/goods/pieces';
import { isMessage } from '../../domain/inside/kernel/fact';
import { accounts, type Posting } from '../../domain/inside/kernel/posting';
import { nextStatuses, type OrderStatus, type Role } from '../../domain/inside/kernel/vocabulary';
import { rolesOf, type Task } from '../../domain/inside/kernel/worklist/task';
import { taskOf } from '../../domain/inside/kernel/worklist/worklist';
import type { Dossier } from '../../domain/inside/order';
import type { Shipment } from '../../domain/inside/shipping/shipping';
import type { Transition } from './machine';
import { booksHold, payoutsHold } from './machine-books';
import { behind, type Memory, received, shipments, summed } from './machine-memory';

type Check = (transition: Transition, memory: Memory) => boolean;

const when =
  <Kind extends FactKind>(
    kind: Kind,
    holds: (fact: FactNamed<Kind>, transition: Transition, memory: Memory) => boolean,
  ): Check =>
  (transition, memory) => {
    const { fact, filed } = transition.filed;
    return filed === 'ignored' || fact.kind !== kind || holds(fact as FactNamed<Kind>, transition, memory);
  };

const isReview = (task: Task): boolean => task.kind.startsWith('review.');
const approved = ({ decision }: Task): boolean =>
  decision !== undefined && ['approve', 'approve_with_conditions'].includes(decision.outcome);
const begun = ({ goods }: Dossier): boolean => goods.lines.some((line) => line.begun);
const hasLeft = ({ state }: Shipment): boolean => state !== 'picking' && state !== 'stopped';
const ends: readonly string[] = ['cancelled', 'rejected', 'dead', 'archived'];
const follows = (from: string, to: string): boolean =>
  (nextStatuses[from as OrderStatus] as readonly string[]).includes(to);

/** Of a level that was sent back to be asked anew, or whose draft is another by now, the former answer counts no more (HT-4). */
const levelsDecided = ({ worklist, intake }: Dossier): readonly Task[] =>
  worklist.tasks.filter((row) => isReview(row) && row.state === 'decided' && row.revision === intake.revision);

/** Each invariant as a question about one fact and what it did; the memory already holds that fact. */
export const checks = {
  S1: ({ before, after, filed, outsideTable }) => {
    if (filed.filed === 'applied')
      return (
        outsideTable === undefined &&
        after.version === before.version + 1 &&
        (after.status === before.status || follows(before.status, after.status))
      );
    const names = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Dossier>;
    const untouched = [...names].every(
      (name) => name === 'seq' || name === 'receivedIds' || before[name] === after[name],
    );
    return untouched && filed.because !== undefined && after.seq === before.seq + 1;
  },
  S2: ({ before, after, filed: { fact } }) => {
    if (before.status === after.status) return true;
    if (before.status !== 'completed') return !ends.includes(before.status);
    return after.status === 'in_settlement'
      ? fact.kind === 'paymentReversed'
      : after.status === 'archived' && fact.kind === 'orderEnded';
  },
  // Approved of this revision, or of one before whose fingerprint is the same.
  V1: when('taskOpened', ({ task }, { before }) => {
    const { terms, revision } = before.intake;
    const lower = terms.reviews.filter(({ level }) => level < (task.level ?? 0));
    const stands = (row: Task, fingerprint: string | undefined): boolean =>
      row.revision === revision || (fingerprint !== undefined && (row.boundTo?.startsWith(fingerprint) ?? false));
    return (
      !isReview(task) ||
      lower.every(({ task: kind, fingerprint }) =>
        before.worklist.tasks.some((row) => row.kind === kind && approved(row) && stands(row, fingerprint)),
      )
    );
  }),
  V2: when('decisionMade', ({ taskId }, { after }) => {
    const { tasks } = after.worklist;
    const slots = tasks
      .filter((task) => isReview(task) && task.state === 'decided')
      .map((task) => `${task.revision}/${task.level}`);
    return new Set(slots).size === slots.length && tasks.filter((task) => task.id === taskId).length === 1;
  }),
  V3: when('decisionMade', ({ taskId, by, outcome }, { after }, { editors }) => {
    const task = taskOf(after.worklist, taskId);
    if (task === undefined || !isReview(task) || outcome === 'ask') return true;
    const others = levelsDecided(after).filter(({ id }) => id !== taskId);
    const taken = new Set([
      'u0',
      ...editors,
      ...others.flatMap(({ decision }) => (decision === undefined ? [] : behind(decision.by))),
    ]);
    return behind(by).every((person) => !taken.has(person));
  }),
  V4: when('decisionMade', ({ taskId, by }, { before }) => {
    const task = taskOf(before.worklist, taskId);
    return by.kind === 'user' && task !== undefined && by.roles.some((role) => rolesOf(task).includes(role));
  }),
  V5: when(
    'decisionMade',
    ({ outcome, reasonCode }) => !['return', 'reject', 'wrong'].includes(outcome) || Boolean(reasonCode),
  ),
  // A published calendar reckons what was agreed anew, and changes nothing of it (Z3).
  V6: ({ before, after, filed: { fact, filed } }) => {
    if (fact.kind !== 'orderRevised' || filed === 'ignored')
      return after.intake.revision === before.intake.revision && sameTerms(before, after, fact.kind);
    const { worklist, review, goods, intake, confirmation, clearance } = after;
    const unchanged = (task: string): boolean => {
      const now = intake.terms.reviews.find((row) => row.task === task)?.fingerprint;
      const was = before.intake.terms.reviews.find((row) => row.task === task)?.fingerprint;
      return now !== undefined && was === now;
    };
    // What is asked about something else than the terms stays asked: a hold, the refund of a closed order.
    const isBound = (task: Task): boolean => isReview(task) || ['contract.sign', 'contract.file'].includes(task.kind);
    return (
      (fact as FactNamed<'orderRevised'>).fromRevision === before.intake.revision &&
      intake.revision === before.intake.revision + 1 &&
      worklist.tasks.every((task) => task.state !== 'open' || !isBound(task) || unchanged(task.kind)) &&
      review.approvals.every(({ task }) => unchanged(task)) &&
      goods.allocatedFor === null &&
      confirmation.sentAt === undefined &&
      clearance.release === undefined &&
      shipments(after).every(({ state }) => state === 'stopped')
    );
  },
  Q1: ({ before, after }) =>
    begun(before) ||
    !begun(after) ||
    before.intake.terms.startsAtOnce ||
    (before.confirmation.returnedAt !== undefined && received(before) >= before.intake.terms.depositFen),
  Q2: ({ before, after }) => {
    const isApproved = ({ intake, review }: Dossier): boolean =>
      intake.terms.reviews.every(({ level }) => review.approvals.some((one) => one.level === level));
    return (
      (begun(before) || !begun(after) || isApproved(before)) &&
      (after.status !== 'completed' || after.confirmation.returnedAt !== undefined)
    );
  },
  Q3: when('confirmationSent', (_fact, { before }) => {
    const { terms } = before.intake;
    const { reviews } = terms;
    return reviews.every(({ level }) => before.review.approvals.some((one) => one.level === level));
  }),
  // What the customer was told of stays approved, until a revision takes the letter back with it (HT-5).
  Q3b: ({ after: { confirmation, intake, review, status } }) =>
    confirmation.sentAt === undefined ||
    ends.includes(status) ||
    intake.terms.reviews.every(({ level }) => review.approvals.some((one) => one.level === level)),
  Q4: ({ after }, memory) => {
    const facts = memory.applied.slice(memory.applied.findLastIndex(({ kind }) => kind === 'goodsAllocated'));
    const recent = { applied: facts };
    return after.goods.lines.every((line) => {
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
        (after.goods.allocatedFor !== after.intake.revision ||
          (passed === line.passed && scrapped === line.scrapped && waiting === waitingForInspection(line))) &&
        waiting >= 0 &&
        line.inRework >= 0 &&
        stillToMake(line) >= 0
      );
    });
  },
  // Pieces of all shipments that were not stopped, of each line: no more than lie ready, and than are wanted.
  Q5: ({ after }) =>
    after.goods.lines.every(({ line, reserved, stockedIn }) => {
      const wanted = after.intake.terms.lines.find((row) => row.line === line)?.quantity ?? 0;
      const away = shipments(after)
        .filter(({ state }) => state !== 'stopped')
        .flatMap(({ lines }) => lines)
        .reduce((sum, one) => sum + (one.line === line ? one.quantity : 0), 0);
      return away <= Math.min(wanted, reserved + stockedIn) || after.goods.allocatedFor === null;
    }),
  Q6: when('shipmentPlanned', ({ clearance, at, releaseId }, { before }) => {
    const { terms } = before.intake;
    const { release, guarantee, creditStopped } = before.clearance;
    const owedFen = terms.totals.totalFen - received(before);
    switch (clearance) {
      case 'paid':
        return owedFen <= 0;
      case 'on_account':
        return terms.grade === 'A' && !creditStopped;
      case 'released': {
        const task = before.worklist.tasks.findLast(
          ({ kind, state }) => kind === 'release.balance' && state === 'decided',
        );
        const may = (release?.upToFen ?? 0) > 5_000 ? 'director' : 'finance_lead';
        return (
          task !== undefined &&
          approved(task) &&
          rolesWhenDecided(task)[0] === may &&
          owedFen <= (release?.upToFen ?? 0) &&
          release?.id === releaseId &&
          at < (release?.expiresAt ?? '')
        );
      }
      case 'small_order':
        return (
          !creditStopped &&
          (terms.smallOrderPath === 'guarantor'
            ? guarantee === 'given'
            : terms.smallOrderPath === 'cash_on_delivery' && received(before) >= terms.depositFen)
        );
    }
  }),
  Q7: ({ before, after, filed: { fact, filed } }) => {
    if (filed === 'ignored') return true;
    // What stayed in the warehouse has used nothing up.
    const ids = shipments(after).flatMap(({ releaseId, state }) => (state === 'stopped' ? [] : (releaseId ?? [])));
    if (new Set(ids).size !== ids.length) return false;
    if (fact.kind !== 'decisionMade') return true;
    const { taskId, by } = fact as FactNamed<'decisionMade'>;
    const asked = before.clearance.release?.requestedBy ?? { kind: 'process' };
    return (
      taskOf(before.worklist, taskId)?.kind !== 'release.balance' ||
      behind(by).every((person) => !behind(asked).includes(person))
    );
  },
  Q8: when('shipmentPlanned', ({ clearance }, { before }) => {
    const isOnCredit = clearance === 'on_account' || clearance === 'small_order';
    return !isOnCredit || !before.clearance.creditStopped;
  }),
  Q9: ({ after }, memory) => {
    const freight = memory.postings.filter(({ purpose }) => purpose === 'freight');
    const bearer = after.intake.terms.smallOrderPath === 'guarantor' ? accounts.guarantors : accounts.freightOut;
    const came = memory.applied.flatMap((fact) =>
      fact.kind === 'shipmentMoved' && fact.to === 'recalled' && (fact.freightFen ?? 0) > 0 ? [fact.freightFen] : [],
    );
    return (
      freight.length === came.length &&
      freight.every(({ legs }, index) =>
        legs.some(({ account, amountFen }) => account === bearer && amountFen === came[index]),
      ) &&
      (after.status !== 'dead' ||
        after.closing.ended === undefined ||
        shipments(after).every(({ state }) => state !== 'unclaimed'))
    );
  },
  Q10: ({ before, after, filed: { fact } }) => {
    if (before.status === after.status || after.status !== 'cancelled') return true;
    if (shipments(before).some(hasLeft)) return false;
    const isPicking = shipments(before).some(({ state }) => state === 'picking');
    if (!begun(before) && !isPicking) return true;
    const asked = before.closing.cancellation;
    const answered = fact.kind === 'decisionMade' || (fact.kind === 'shipmentMoved' && asked?.state === 'approved');
    const yes = after.worklist.tasks.some((task) => task.kind === 'cancellation.approve' && approved(task));
    return asked !== undefined && answered && yes && after.closing.closure?.costFen === asked.costFen;
  },
  M2: (_transition, { balances, postings }) =>
    postings.every(({ legs }) => legs.length >= 2 && legs.reduce((sum, { amountFen }) => sum + amountFen, 0) === 0) &&
    [...balances.values()].reduce((sum, fen) => sum + fen, 0) === 0,
  ...booksHold,
  ...payoutsHold,
  X2: ({ process, after, filed: { fact } }) => {
    if (!isMessage(fact)) return true;
    const again = process.reduce(after, fact);
    return (
      again.filed.because === 'duplicate' && again.postings.length === 0 && again.dossier.version === after.version
    );
  },
  X5: ({ filed }, { postings, applied }) => {
    const keys = postings.map(({ key }) => key);
    const facts = new Set(applied.map(({ id }) => id));
    const isCaused = ({ key, purpose }: Posting): boolean =>
      [...facts].some((id) => key === `${id}:${purpose}` || key.startsWith(`${id}:${purpose}:`));
    return (
      new Set(keys).size === keys.length &&
      // What came before was looked at when it came.
      postings.slice(-4).every((one) => isCaused(one) && (one.reverses === undefined || keys.includes(one.reverses))) &&
      filed.fact.id !== ''
    );
  },
  // A clock that is started anew on another state of things is another clock.
  T1: when('rungReached', (fact, { before }, { rung }) => {
    const task = taskOf(before.worklist, fact.of);
    const clock = task?.clock ?? before.worklist.clocks[fact.of]?.clock;
    const key = `${fact.of}/${fact.rung}`;
    const isFirst = !rung.has(key);
    rung.add(key);
    return isFirst && (task === undefined || task.state === 'open') && (clock?.rungs[fact.rung]?.at ?? '9') <= fact.at;
  }),
  Z1: ({ before, after, filed: { fact, filed } }) => {
    const [was, is] = [before.confirmation, after.confirmation];
    if (was.promisedOn === is.promisedOn) return true;
    const { terms } = before.intake;
    const offered = was.delayedTo ?? terms.offeredOn;
    if (fact.kind === 'confirmationReturned' && filed === 'applied') {
      if (was.returnedAt !== undefined) return false;
      const day = (instant: string): number => Math.floor((Date.parse(instant) + 8 * 3_600_000) / 86_400_000);
      const late = Math.max(0, day(fact.happenedAt ?? fact.at) - day(was.sentAt ?? ''));
      return !terms.startsAtOnce && Date.parse(is.promisedOn ?? '') === Date.parse(offered) + late * 86_400_000;
    }
    if (fact.kind === 'troubleReported') return was.promisedOn === undefined || (is.promisedOn ?? '') > was.promisedOn;
    return (fact.kind === 'confirmationSent' && is.promisedOn === offered) || fact.kind === 'orderRevised';
  },
  'HG-4': ({ filed: { fact, filed }, before }) => {
    if (fact.happenedAt === undefined || fact.kind === 'shipmentMoved') return true;
    const lead = Date.parse(fact.at) - Date.parse(fact.happenedAt);
    const isWithin = lead >= -300_000 && lead <= before.intake.terms.backdatingSeconds * 1000;
    return isWithin || filed === 'ignored';
  },
} as const satisfies Record<string, Check>;

export type Invariant = keyof typeof checks | 'S4' | 'S5' | 'picker' | 'X4' | 'rest' | 'stock' | 'children';

/** The roles of a decided task's only slot. */
const rolesWhenDecided = ({ slots }: Task): readonly Role[] =>
  slots.flatMap(({ candidates }) => candidates.flatMap((one) => ('role' in one ? [one.role] : [])));

function sameTerms({ intake: before }: Dossier, { intake: after }: Dossier, kind: string): boolean {
  if (kind !== 'calendarPublished') return after.terms === before.terms;
  const { calendar: _then, ...agreed } = before.terms;
  const { calendar: _now, ...stands } = after.terms;
  return JSON.stringify(agreed) === JSON.stringify(stands);
}
