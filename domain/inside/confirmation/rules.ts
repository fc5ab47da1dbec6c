import { civilDate, slide } from '../kernel/calendar';
import { isClosed } from '../kernel/closed';
import { effectKey } from '../kernel/effect';
import { seen } from '../kernel/evidence';
import { happenedAt } from '../kernel/fact';
import { organ } from '../kernel/organ';
import type { CivilDate, Instant } from '../kernel/vocabulary';
import type { Requirement } from '../kernel/worklist/requirement';
import { contractIsSigned } from '../contract/contract';
import { isAccepted } from '../credit/credit';
import { whileGoodsCome } from '../goods/goods';
import type { intakeFacts } from '../intake/intake';
import {
  type Confirmation,
  confirmationAsks,
  confirmationFacts,
  type ConfirmationSees,
  type ConfirmationView,
  offeredOn,
} from './confirmation';

const none: Confirmation = { isCalled: false };

export const confirmation = organ('confirmation', confirmationFacts, confirmationAsks).of<
  Confirmation,
  ConfirmationSees,
  typeof intakeFacts
>({
  begins: none,
  facts: {
    confirmationSent: {
      source: 'own',
      from: ['approved'],
      apply: ({ confirmation: before, intake: { terms } }, { at, offeredOn: offered }) => ({
        ...before,
        sentAt: at,
        // Grade A's production does not wait for the paper, so its date stands at once (CF-2).
        ...(terms.startsAtOnce ? { promisedOn: offered } : {}),
      }),
    },
    confirmationReturned: {
      source: 'door',
      from: 'anywhere',
      judge: ({ confirmation: { sentAt, returnedAt }, intake, status }, { revision }) => {
        if (isClosed(status)) return 'order_ended';
        if (revision !== intake.revision) return 'stale_revision';
        if (sentAt === undefined) return 'not_yet';
        return returnedAt === undefined ? undefined : 'already_requested';
      },
      apply: (view, fact) => returned(view, happenedAt(fact)),
    },
    troubleReported: {
      source: 'door',
      from: whileGoodsCome,
      atWill: true,
      // The promised date moves with it to a later day, never to an earlier one (PR-1, Z1).
      apply: ({ confirmation: before }, { newOfferedOn }) => ({
        ...before,
        delayedTo: newOfferedOn,
        promisedOn: later(before.promisedOn, newOfferedOn),
      }),
    },
  },
  hears: { orderRevised: { apply: () => none } },
  answers: {
    'confirmation.call': {
      decided: ({ confirmation: before }) => ({ ...before, isCalled: true }),
      undo: { cameAfter: () => undefined, restored: ({ confirmation: now }) => ({ ...now, isCalled: false }) },
    },
    'confirmation.paper': { undo: 'confirmationReturned' },
  },
  // The customer has been told of what was approved: to change it is a revision (HT-5).
  cameAfter: ({ confirmation: { sentAt } }, { kind }) =>
    sentAt !== undefined && (kind.startsWith('review.') || kind === 'credit.special') ? 'confirmationSent' : undefined,
  requires,
  effects: (view) =>
    view.status === 'approved' && view.confirmation.sentAt === undefined && contractIsSigned(view) && isAccepted(view)
      ? [
          {
            key: effectKey(view.no, 'confirmation', 'send', view.intake.revision),
            gate: 'confirm',
            do: 'note',
            fact: { kind: 'confirmationSent', revision: view.intake.revision, offeredOn: offeredOn(view) },
          },
        ]
      : [],
  status: ({ confirmation: { sentAt, returnedAt }, intake: { terms } }) => {
    if (sentAt === undefined) return 'approved';
    return terms.startsAtOnce || returnedAt !== undefined ? undefined : 'awaiting_confirmation';
  },
});

/** The signed paper is back: the promised date slides by the days it took (CF-3, Z1); grade A's does not. */
function returned(view: ConfirmationView, returnedAt: Instant): Confirmation {
  const { confirmation: before, intake } = view;
  const { calendar, slide: mode, startsAtOnce } = intake.terms;
  const offered = offeredOn(view);
  const promisedOn =
    startsAtOnce || mode === 'none' || before.sentAt === undefined
      ? (before.promisedOn ?? offered)
      : slide(offered, civilDate(calendar, before.sentAt), civilDate(calendar, returnedAt), mode, calendar);
  return { ...before, returnedAt, promisedOn };
}

function requires(view: ConfirmationView): readonly Requirement<keyof typeof confirmationAsks>[] {
  const { status, confirmation: now, intake } = view;
  const { terms, revision } = intake;
  if (status === 'awaiting_confirmation')
    return [
      {
        what: 'clock',
        name: 'confirmation',
        boundTo: `revision ${revision}`,
        roles: ['sales'],
        ladder: terms.clocks.confirmation,
        rule: `grade ${terms.grade}: nothing begins before the signed confirmation`,
        evidence: seen({ grade: terms.grade, sentAt: now.sentAt, revision, offeredOn: offeredOn(view) }),
      },
      ...callOf(view),
    ];
  const follows = terms.startsAtOnce && now.sentAt !== undefined && now.returnedAt === undefined;
  return [
    ...(follows && !isClosed(status)
      ? [
          {
            what: 'task' as const,
            kind: 'confirmation.paper' as const,
            rule: 'the signed confirmation follows',
            evidence: {},
            doneBy: ['confirmationReturned'],
          },
        ]
      : []),
    ...callOf(view),
  ];
}

function callOf({ status, confirmation: now, intake }: ConfirmationView): readonly Requirement<'confirmation.call'>[] {
  const isWanted = intake.terms.specialWishes && now.sentAt !== undefined && !now.isCalled && !isClosed(status);
  return isWanted
    ? [{ what: 'task', kind: 'confirmation.call', rule: 'special wishes are confirmed by phone', evidence: {} }]
    : [];
}

const later = (promised: CivilDate | undefined, offered: CivilDate): CivilDate =>
  promised !== undefined && promised > offered ? promised : offered;
