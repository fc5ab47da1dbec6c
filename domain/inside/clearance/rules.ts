import { isClosed } from '../kernel/closed';
import { type Effect, effectKey } from '../kernel/effect';
import { seen } from '../kernel/evidence';
import type { Body } from '../kernel/fact';
import { after } from '../kernel/ladder';
import { type DecidedTask, organ } from '../kernel/organ';
import { judgeTakingBack, keptOutAsRequester, requesterAmong } from '../kernel/request';
import type { worklistFacts } from '../kernel/worklist/facts';
import type { Requirement } from '../kernel/worklist/requirement';
import { isYes } from '../kernel/worklist/task';
import { type creditFacts, customerOf } from '../credit/credit';
import { balanceFen } from '../holds/holds';
import type { intakeFacts } from '../intake/intake';
import { authorityFor } from '../intake/terms';
import { amountOf, chargesOf, type moneyFacts, netReceivedFen } from '../money/money';
import {
  clearanceAsks,
  clearanceFacts,
  type ClearanceSees,
  type ClearanceState,
  type ClearanceView,
  type Release,
} from './clearance';

const none: ClearanceState = { creditStopped: false, looks: 0 };

export const clearance = organ('clearance', clearanceFacts, clearanceAsks).of<
  ClearanceState,
  ClearanceSees,
  typeof intakeFacts & typeof creditFacts & typeof moneyFacts & typeof worklistFacts
>({
  begins: none,
  facts: {
    releaseRequested: {
      source: 'door',
      from: ['awaiting_balance'],
      atWill: true,
      judge: (view) => {
        if (balanceFen(view) === 0) return 'nothing_to_release';
        return view.clearance.release?.state === 'asked' ? 'already_requested' : undefined;
      },
      apply: (view, { id, by }) => ({
        ...view.clearance,
        release: { id, requestedBy: by, state: 'asked', upToFen: balanceFen(view) },
      }),
    },
    releaseWithdrawn: {
      source: 'door',
      from: ['awaiting_balance'],
      atWill: true,
      judge: ({ clearance: { release } }, { by }) =>
        judgeTakingBack(by, release && { by: release.requestedBy, state: release.state }),
      apply: ({ clearance: before }) => withoutRelease(before),
    },
    customerLooked: {
      source: 'own',
      from: 'anywhere',
      apply: ({ clearance: before }, { shipmentNo, suspended }) => ({
        ...before,
        creditStopped: before.creditStopped || suspended,
        lookedFor: shipmentNo,
        looks: before.looks + 1,
      }),
    },
    clearanceKept: {
      source: 'own',
      from: 'anywhere',
      apply: ({ clearance: before, intake: { terms } }) => ({
        ...before,
        ...(before.release === undefined ? {} : { release: { ...before.release, state: 'granted' as const } }),
        ...(terms.smallOrderPath === 'guarantor' ? { guarantee: 'given' as const } : {}),
      }),
    },
  },
  hears: {
    orderRevised: { apply: ({ clearance: { looks } }) => ({ ...none, looks }) },
    // The suspension is lifted: what was withheld for it alone may go again (HG-2); the gate looks once more.
    customerStatusChanged: {
      apply: ({ clearance: before }, { suspended }) => {
        const { lookedFor: _old, ...now } = before;
        return { ...now, creditStopped: before.creditStopped && suspended };
      },
    },
    rungReached: {
      apply: ({ clearance: before }, { of, do: action }) =>
        of === 'release' && action === 'lapse' ? withoutRelease(before) : before,
    },
  },
  answers: {
    'release.balance': {
      decided: releaseDecided,
      undo: {
        cameAfter: ({ clearance: now, status }, { boundTo, decision }) => {
          if (now.release === undefined && !isYes(decision))
            return status === 'awaiting_balance' ? undefined : 'paymentReceived';
          const isOfIt = now.release?.id === boundTo && now.release?.state === 'granted';
          return isYes(decision) && isOfIt ? undefined : 'releaseRequested';
        },
        restored: ({ clearance: now }, { boundTo = '', amountFen = 0, excluded }) =>
          now.release === undefined
            ? {
                ...now,
                release: {
                  id: boundTo,
                  state: 'asked',
                  upToFen: amountFen,
                  requestedBy: requesterAmong(excluded),
                },
              }
            : { ...now, release: asked(now.release) },
      },
    },
    'small.guarantee': {
      decided: ({ clearance: before }, { decision }) => ({
        ...before,
        guarantee: decision.outcome === 'approve' ? 'given' : 'refused',
      }),
      undo: {
        cameAfter: ({ status }, { decision }) =>
          isYes(decision) || status === 'awaiting_balance' ? undefined : 'paymentReceived',
        restored: ({ clearance: now }) => {
          const { guarantee: _undone, ...before } = now;
          return before;
        },
      },
    },
  },
  requires,
  effects,
});

function releaseDecided(view: ClearanceView, { decision }: DecidedTask): ClearanceState {
  const { clearance: before, intake } = view;
  const { releaseExpiresAfter, calendar } = intake.terms;
  if (before.release === undefined) return before;
  if (decision.outcome !== 'approve') return withoutRelease(before);
  const expiresAt = after(decision.at, releaseExpiresAfter, calendar);
  return { ...before, release: { ...before.release, state: 'granted', expiresAt } };
}

/** A release asked for goes to the authority for that balance, and never to who asked (Q7, BL-3). */
function requires(view: ClearanceView): readonly Requirement<keyof typeof clearanceAsks>[] {
  const { clearance: now, intake, status } = view;
  const { terms } = intake;
  if (isClosed(status)) return [];
  const isWaiting = status === 'awaiting_balance';
  const isGuaranteed = terms.smallOrderPath === 'guarantor' && now.guarantee === undefined;
  const unpaidFen = balanceFen(view);
  return [
    ...(isWaiting ? [balanceClock(view)] : []),
    ...(now.release?.state === 'asked' ? [releaseTask(view, now.release)] : []),
    ...(now.release?.state === 'granted' && now.release.expiresAt !== undefined ? [expiry(now.release)] : []),
    ...(isGuaranteed && unpaidFen > 0 && (isWaiting || status === 'ready_to_ship')
      ? [
          {
            what: 'task' as const,
            kind: 'small.guarantee' as const,
            rule: 'a small order without deposit ships on a guarantee',
            evidence: { unpaidFen },
          },
        ]
      : []),
  ];
}

const releaseTask = (
  { intake: { terms } }: ClearanceView,
  { id, upToFen, requestedBy }: Release,
): Requirement<keyof typeof clearanceAsks> => ({
  what: 'task',
  kind: 'release.balance',
  boundTo: id,
  rule: 'a release of the unpaid balance was asked for',
  evidence: { unpaidFen: upToFen },
  roles: [authorityFor(terms.releaseBy, upToFen)],
  amountFen: upToFen,
  excluded: keptOutAsRequester(requestedBy),
});

/** A release that nobody used by then is over (Q7). */
const expiry = ({ id, expiresAt = '' }: Release): Requirement<never> => ({
  what: 'clock',
  name: 'release',
  boundTo: `${id} ${expiresAt}`,
  roles: [],
  ladder: [{ after: { kind: 'elapsed', seconds: 0 }, do: 'lapse', to: [] }],
  from: expiresAt,
  rule: 'a release is used in time',
  evidence: { expiresAt },
});

function balanceClock(view: ClearanceView): Requirement<never> {
  const { clearance: now, intake, money } = view;
  const { terms } = intake;
  const { grade, smallOrderPath, totals, balanceBeforeShipment, clocks } = terms;
  const unpaidFen = balanceFen(view);
  const path = smallOrderPath === null ? `grade ${grade}` : `small order: ${smallOrderPath}`;
  const rule = balanceBeforeShipment
    ? `${path}: the balance before the goods go`
    : now.creditStopped || customerOf(view).suspended
      ? 'nothing goes on credit: the customer is suspended'
      : `${path}: nothing else lets the goods go`;
  return {
    what: 'clock',
    name: 'balance',
    roles: ['finance'],
    ladder: clocks.balance,
    rule,
    evidence: seen({
      grade,
      totalFen: totals.totalFen,
      receivedFen: netReceivedFen(money),
      balanceFen: unpaidFen,
      releasedBy: authorityFor(terms.releaseBy, unpaidFen),
      release: now.release?.state,
      releaseUpToFen: now.release?.upToFen,
    }),
  };
}

/** 余款: what no deposit has asked for is requested once goods lie ready and wait for it (BL-1, BL-2). */
function effects(view: ClearanceView): readonly Effect<Body<typeof moneyFacts>>[] {
  const { no, status, money, intake, at } = view;
  if (status !== 'awaiting_balance') return [];
  const live = chargesOf(money).filter(({ isWithdrawn }) => !isWithdrawn);
  if (live.some(({ purpose }) => purpose === 'balance')) return [];
  // A bill stands for the requests that it took over, so these count once.
  const askedFen = live.reduce((sum, charge) => sum + amountOf(charge) - charge.billedFen, 0);
  const netFen = intake.terms.totals.totalFen - askedFen;
  if (netFen <= 0) return [];
  const n = chargesOf(money).filter(({ purpose }) => purpose === 'balance').length + 1;
  return [
    {
      key: effectKey(no, 'clearance', 'request', n),
      do: 'note',
      fact: { kind: 'chargeRaised', chargeNo: `${no}-A${n}`, purpose: 'balance', netFen, taxFen: 0, dueAt: at },
    },
  ];
}

const withoutRelease = (before: ClearanceState): ClearanceState => {
  const { release: _over, ...rest } = before;
  return rest;
};

const asked = ({ expiresAt: _expiry, ...release }: Release): Release => ({ ...release, state: 'asked' });
