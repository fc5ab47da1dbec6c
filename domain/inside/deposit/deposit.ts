import type { Base } from '../kernel/dossier';
import { type Effect, effectKey } from '../kernel/effect';
import type { Body } from '../kernel/fact';
import { organ } from '../kernel/organ';
import { isClosed } from '../kernel/closed';
import type { OrderStatus, Status } from '../kernel/vocabulary';
import type { Requirement } from '../kernel/worklist/requirement';
import { type Confirmation, type ConfirmationSees, isConfirmed } from '../confirmation/confirmation';
import { allReady, type Goods, isAllocated, productionHasBegun } from '../goods/goods';
import type { Intake, intakeFacts } from '../intake/intake';
import type { Terms } from '../intake/terms';
import { amountOf, type Charge, chargesOf, type Money, type moneyFacts, netReceivedFen } from '../money/money';

/** 定金: grades B and C pay a part before anything is bought or made (CF-4, Q1). */
export interface Deposit {
  /** The customer was asked whether the order is still wanted, and said yes. */
  readonly isStillWanted: boolean;
}

const asks = {
  'deposit.ask': {
    words: { zh: '询问订单是否保留', en: 'ask whether the order is still wanted' },
    outcomes: ['done', 'reject'],
  },
} as const;

interface Sees extends ConfirmationSees {
  readonly money: Money;
  readonly goods: Goods;
  readonly confirmation: Confirmation;
}
type View = Base & Sees & { readonly deposit: Deposit };

export const deposit = organ('deposit', {}, asks).of<Deposit, Sees, typeof intakeFacts & typeof moneyFacts>({
  begins: { isStillWanted: false },
  facts: {},
  hears: { orderRevised: { apply: () => ({ isStillWanted: false }) } },
  answers: {
    'deposit.ask': {
      decided: () => ({ isStillWanted: true }),
      undo: {
        cameAfter: (view) => (isAwaited(view) ? undefined : 'paymentReceived'),
        restored: () => ({ isStillWanted: false }),
      },
    },
  },
  requires,
  effects,
  status: (view) => (mustWait(view) ? 'awaiting_deposit' : undefined),
});

/** The deposit of the present terms is in (CF-4, Q1). */
export const depositIsCovered = ({ money, intake }: { readonly money: Money; readonly intake: Intake }): boolean =>
  netReceivedFen(money) >= intake.terms.depositFen;

/** Grade A begins at once; for others nothing is bought or made while the deposit is missing (Q1). */
export const mayBegin = (view: { readonly money: Money; readonly intake: Intake }): boolean =>
  view.intake.terms.startsAtOnce || depositIsCovered(view);

/**
 * The customer is asked for the deposit: before anything is begun, and when it was taken back while something is made and
 * something else is not ordered yet, which needs it too (S4, S5).
 */
export const isAwaited = (view: View): boolean =>
  view.status === 'awaiting_deposit' || (isUnderWay.includes(view.status) && !mayBegin(view) && needsOrders(view));

const isUnderWay: readonly Status[] = ['in_production', 'in_inspection'] satisfies readonly OrderStatus[];
const needsOrders = ({ goods, intake }: View): boolean =>
  isAllocated(goods, intake) && goods.lines.some(({ ordered, toBuy, toMake }) => !ordered && toBuy + toMake > 0);

/** A deposit that is taken back before anything was begun is waited for again (HG-4). Later the order waits for its balance instead. */
const mustWait = (view: View): boolean =>
  isConfirmed(view) &&
  !mayBegin(view) &&
  !productionHasBegun(view.goods) &&
  !allReady(view.goods, view.intake.terms.lines);

function requires(view: View): readonly Requirement<keyof typeof asks>[] {
  if (!isAwaited(view)) return [];
  const { terms } = view.intake;
  const { grade, depositFen, smallOrderPath, totals } = terms;
  const { totalFen } = totals;
  const receivedFen = netReceivedFen(view.money);
  const path = smallOrderPath === null ? `grade ${grade}` : `small order: ${smallOrderPath}`;
  const percent = totalFen > 0 ? { percent: Math.round((10_000 * depositFen) / totalFen) / 100 } : {};
  const missingFen = Math.max(0, depositFen - receivedFen);
  return [
    {
      what: 'clock',
      name: 'deposit',
      roles: ['finance'],
      ladder: ladderOf(view),
      rule: `${path}: a deposit before anything is bought or made`,
      evidence: { grade, totalFen, depositFen, ...percent, receivedFen, missingFen },
    },
    ...(isAsked(view) && !view.deposit.isStillWanted
      ? [
          {
            what: 'task' as const,
            kind: 'deposit.ask' as const,
            rule: 'the deposit has not come',
            evidence: { depositFen },
            doneBy: ['paymentReceived'],
          },
        ]
      : []),
  ];
}

/** Once production has begun, time alone ends no order: only an approved cancellation does (Q10). */
const ladderOf = ({ intake: { terms }, goods }: View): Terms['clocks']['deposit'] =>
  productionHasBegun(goods) ? terms.clocks.deposit.filter((rung) => rung.do !== 'lapse') : terms.clocks.deposit;

/** The ladder's `call` rung asks whether the order is still wanted (CF-4). */
function isAsked({ worklist }: View): boolean {
  const clock = worklist.clocks['deposit']?.clock;
  return clock?.rungs.slice(0, clock.rung).some((rung) => rung.do === 'call') ?? false;
}

/** The request stands in the books as long as the terms ask for it, with the amount that they ask. */
function effects(view: View): readonly Effect<Body<typeof moneyFacts>>[] {
  const { no, money, intake, status, at } = view;
  if (isClosed(status)) return [];
  const raised = chargesOf(money).filter(({ purpose }) => purpose === 'deposit');
  const present = raised.find(({ isWithdrawn }) => !isWithdrawn);
  const wantedFen = view.confirmation.sentAt === undefined || intake.terms.startsAtOnce ? 0 : intake.terms.depositFen;
  const n = raised.length + 1;
  if (present !== undefined && isOutdated(present, wantedFen))
    return [
      {
        key: effectKey(no, 'deposit', `withdraw-${present.no}`, 1),
        do: 'note',
        fact: { kind: 'chargeWithdrawn', chargeNo: present.no },
      },
    ];
  if (present !== undefined || wantedFen === 0) return [];
  const chargeNo = `${no}-D${n}`;
  return [
    {
      key: effectKey(no, 'deposit', 'raise', n),
      do: 'note',
      fact: { kind: 'chargeRaised', chargeNo, purpose: 'deposit', netFen: wantedFen, taxFen: 0, dueAt: at },
    },
  ];
}

/** A request that a bill has taken over already is not changed any more. */
const isOutdated = (charge: Charge, wantedFen: number): boolean =>
  charge.billedFen === 0 && amountOf(charge) !== wantedFen;
