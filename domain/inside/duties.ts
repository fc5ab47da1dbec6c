import { settlementOf } from './closing';
import { awaitsDraft, contractDuties, draftersOf } from './contract';
import { openTasks } from './desk';
import type { Dossier } from './dossier';
import { balanceFen, releaseRole } from './leave';
import { stillToMake, waitingForInspection } from './goods';
import type { Duty, Opening, TaskDuty, WaitDuty } from './duty';
import type { Rung } from './ladder';
import { acceptIsHeld, stoppedByCustomer, waitOfHold } from './gate';
import { nextLevel, passesAgain } from './review';
import { specialRole } from './credit';
import { isClosed } from './stage';
import type { Role } from './vocabulary';
import { personsBehind } from './actor';
import type { Measures } from './task';

/**
 * What must be open for an order to go on: the tasks that somebody must answer and the waits whose clock must run (S5).
 * A pure reading of the dossier: the workflow opens what is called for and not open yet.
 */
export function dutiesOf(dossier: Dossier): readonly Duty[] {
  if (dossier.endedAt !== undefined) return [];
  if (isClosed(dossier.status)) return windingUpDuties(dossier);
  return [...stageDuties(dossier), ...contractDuties(dossier), ...standingDuties(dossier), ...holdDuties(dossier)];
}

/** What an order opens tasks and waits with. */
export const openingOf = (dossier: Dossier): Omit<Opening, 'now'> => ({
  of: dossier.orderNo,
  revision: dossier.revision,
  takers: [...new Set([dossier.takenBy, ...dossier.lastEditors])],
  deciders: dossier.approvals.flatMap(({ task, by }) => by.map((userId) => ({ userId, because: task }))),
  terms: dossier.terms,
});

function stageDuties(dossier: Dossier): readonly Duty[] {
  switch (dossier.status) {
    case 'on_hold':
      return [task('intake.contact', 'something required is missing', { missing: dossier.terms.missing.length })];
    case 'pending_review':
      return reviewDuty(dossier);
    case 'returned':
      return [wait(dossier, 'returned', ['sales'])];
    case 'awaiting_confirmation':
      return [wait(dossier, 'confirmation', ['sales'])];
    case 'awaiting_deposit':
      return [wait(dossier, 'deposit', ['finance']), ...depositQuestion(dossier), ...purchaseDuties(dossier)];
    case 'allocated':
    case 'in_production':
    case 'in_inspection':
      return supplyDuties(dossier);
    case 'awaiting_balance':
      return [wait(dossier, 'balance', ['finance']), ...releaseDuties(dossier)];
    case 'delivered':
      return [
        {
          what: 'wait',
          name: 'delivery',
          roles: [],
          ladder: lapseAfter(dossier.terms.confirmedAfter),
          from: dossier.deliveredAt ?? dossier.statusSince,
        },
      ];
    case 'in_settlement':
      return dossier.bill === undefined && !wasAnswered(dossier, 'bill.review')
        ? [task('bill.review', 'the delivery is confirmed', { totalFen: dossier.terms.totals.totalFen })]
        : [];
    case 'completed':
      if (dossier.restedAfterCompletion) return [];
      return [
        {
          what: 'wait',
          name: 'archive',
          roles: [],
          ladder: lapseAfter(dossier.terms.archivedAfter),
          from: dossier.statusSince,
        },
      ];
    default:
      return [];
  }
}

/** The next level that has not approved; one at a time (V1). */
function reviewDuty(dossier: Dossier): readonly Duty[] {
  const level = nextLevel(dossier);
  if (level === undefined) return creditDuties(dossier);
  if (passesAgain(dossier) !== undefined || (level.task === 'review.contract' && awaitsDraft(dossier))) return [];
  const { terms } = dossier;
  const makes = terms.lines.some(({ supply }) => supply === 'make');
  return [
    {
      ...task(level.task, level.rule, level.saw),
      ...(level.notes === undefined ? {} : { notes: level.notes }),
      level: level.level,
      measures: measuresOf(terms),
      // What lies in stock needs no date and no materials.
      ...(makes ? {} : { asksNothing: true as const }),
      ...(level.task === 'review.contract' ? { excluded: draftersOf(dossier) } : {}),
    },
  ];
}

/** Approved by its levels, and no credit to be had: somebody looks after it, and the next authority may approve it all the same (RV-4). */
function creditDuties(dossier: Dossier): readonly Duty[] {
  const { credit, terms } = dossier;
  if (credit?.state !== 'refused' || acceptIsHeld(dossier)) return [];
  const excessFen = credit.usedFen + terms.exposureFen - credit.limitFen;
  const special: TaskDuty = {
    ...task('credit.special', 'the credit limit is exceeded', {
      exposureFen: terms.exposureFen,
      usedFen: credit.usedFen,
      limitFen: credit.limitFen,
    }),
    roles: [specialRole(terms, excessFen)],
    amountFen: excessFen,
  };
  return [wait(dossier, 'credit', ['finance']), ...(credit.because === 'over_limit' ? [special] : [])];
}

/** Who looks after what stops an order: each hold is a task of those who may lift it (HG-1). */
function holdDuties(dossier: Dossier): readonly Duty[] {
  const { holds, customer, terms } = dossier;
  return [
    ...customerHoldDuties(dossier),
    ...holds.map((hold): TaskDuty => ({
      ...task('hold.release', `held: ${hold.reason}`, { gates: hold.gates.join(' ') }),
      about: hold.id,
      roles: terms.holds[hold.reason]?.releasedBy ?? ['admin'],
    })),
    ...customer.holds.flatMap(({ id, until }): readonly WaitDuty[] =>
      until === undefined
        ? []
        : [
            {
              what: 'wait',
              name: `hold ${id}`,
              roles: [],
              ladder: lapseAfter({ kind: 'elapsed', seconds: 0 }),
              from: until,
            },
          ],
    ),
  ];
}

/** A hold of the customer is a row of the books, not a task of this order: who may lift it is reminded of what it stops (HG-1). */
function customerHoldDuties(dossier: Dossier): readonly WaitDuty[] {
  const { terms } = dossier;
  return stoppedByCustomer(dossier).map((hold) => ({
    what: 'wait',
    name: waitOfHold(hold),
    roles: terms.holds[hold.reason]?.releasedBy ?? ['finance_lead'],
    ladder: terms.waits.customer_hold,
  }));
}

/** What a reviewer's limits are compared with (HT-11). */
export const measuresOf = ({ totals, grade, discountBp }: Dossier['terms']): Measures => ({
  amountFen: totals.totalFen,
  grade,
  ...(discountBp === undefined ? {} : { discountBp }),
});

/** The ladder's `call` rung asks whether the order is still wanted (CF-4). */
function depositQuestion(dossier: Dossier): readonly Duty[] {
  const clock = dossier.waits['deposit']?.clock;
  const asked = clock?.rungs.slice(0, clock.rung).some((rung) => rung.do === 'call') ?? false;
  return asked && !wasAnswered(dossier, 'deposit.ask')
    ? [task('deposit.ask', 'the deposit has not come', { depositFen: dossier.terms.depositFen })]
    : [];
}

function supplyDuties(dossier: Dossier): readonly Duty[] {
  const goods = dossier.goods.filter(({ ordered }) => ordered);
  const toSign = goods.some((line) => line.toMake > 0 && !line.begun);
  const toMake = sum(goods.map(stillToMake));
  const toInspect = sum(goods.map(waitingForInspection));
  return [
    ...purchaseDuties(dossier),
    ...(toSign ? [task('production.sign', 'goods are to be made', { quantity: toMake })] : []),
    ...(!toSign && toMake > 0 ? [task('production.report', 'goods are being made', { quantity: toMake })] : []),
    ...(toInspect > 0 ? [task('quality.inspect', 'goods wait for inspection', { quantity: toInspect })] : []),
  ];
}

function purchaseDuties({ goods, allocated }: Dossier): readonly Duty[] {
  const bought = goods.filter(({ ordered }) => ordered);
  const toReceive = allocated ? sum(bought.map((line) => line.toBuy - line.received)) : 0;
  return toReceive > 0 ? [task('purchase.receive', 'goods are short', { quantity: toReceive })] : [];
}

/** A release asked for goes to the authority for that balance, and never to who asked (Q7, BL-3). */
function releaseDuties(dossier: Dossier): readonly Duty[] {
  const { release, terms } = dossier;
  const unpaidFen = balanceFen(dossier);
  return [
    ...(release?.state === 'asked'
      ? [
          {
            ...task('release.balance', 'a release of the unpaid balance was asked for', { unpaidFen: release.upToFen }),
            roles: [releaseRole(terms, release.upToFen)],
            amountFen: release.upToFen,
            excluded: personsBehind(release.requestedBy).map((userId) => ({ userId, because: 'asked for it' })),
          },
        ]
      : []),
    ...(terms.smallOrderPath === 'guarantor' && dossier.guarantee === undefined
      ? [task('small.guarantee', 'a small order without deposit ships on a guarantee', { unpaidFen })]
      : []),
  ];
}

/** Duties beside the stage's own: the paper that follows, the phone call, a cancellation to approve, the dispatch clock. */
function standingDuties(dossier: Dossier): readonly Duty[] {
  const { confirmation, terms, cancellation, status } = dossier;
  const paperIsOut = terms.startsAtOnce && confirmation !== undefined && confirmation.returnedAt === undefined;
  const toCall = terms.specialWishes && confirmation !== undefined && !wasAnswered(dossier, 'confirmation.call');
  const beforeShipment = dossier.shippedAt === undefined && status !== 'on_hold' && status !== 'completed';
  return [
    ...(paperIsOut ? [task('confirmation.paper', 'the signed confirmation follows', {})] : []),
    ...(toCall ? [task('confirmation.call', 'special wishes are confirmed by phone', {})] : []),
    ...(cancellation?.state === 'asked'
      ? [
          {
            ...task('cancellation.approve', 'production has begun', { costFen: cancellation.costFen }),
            roles: [terms.lateCancellationBy],
            excluded: personsBehind(cancellation.by).map((userId) => ({ userId, because: 'asked for it' })),
          },
        ]
      : []),
    ...(beforeShipment ? [wait(dossier, 'dispatch', [])] : []),
  ];
}

function windingUpDuties(dossier: Dossier): readonly Duty[] {
  const { refundFen, keepFen } = settlementOf(dossier);
  const settles = dossier.status !== 'dead' || dossier.shipment?.state === 'recalled';
  return [
    ...(refundFen + keepFen > 0 && settles
      ? [
          {
            ...task('refund.pay', 'the order is closed and money is held', { refundFen, keepFen }),
            amountFen: refundFen,
          },
        ]
      : []),
    ...(dossier.status === 'dead' && !wasAnswered(dossier, 'customer.grade_review')
      ? [task('customer.grade_review', 'the goods were not picked up', {})]
      : []),
  ];
}

function task(kind: TaskDuty['kind'], rule: string, saw: TaskDuty['saw']): TaskDuty {
  return { what: 'task', kind, rule, saw };
}

const wait = (dossier: Dossier, name: keyof Dossier['terms']['waits'], roles: readonly Role[]): WaitDuty => ({
  what: 'wait',
  name,
  roles,
  ladder: dossier.terms.waits[name],
});

const lapseAfter = (after: Rung['after']): readonly Rung[] => [{ after, do: 'lapse', to: [] }];

const wasAnswered = (dossier: Dossier, kind: TaskDuty['kind']): boolean =>
  dossier.tasks.some((row) => row.kind === kind && row.revision === dossier.revision && row.state === 'decided');

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + Math.max(0, number), 0);

/** Whether nothing at all is owed by anyone: a closed order that is wound up may end. */
export const isWoundUp = (dossier: Dossier): boolean =>
  isClosed(dossier.status) &&
  dutiesOf(dossier).length === 0 &&
  openTasks(dossier).length === 0 &&
  !dossier.mayHoldStock &&
  (dossier.status !== 'dead' || dossier.shipment?.state === 'recalled');
