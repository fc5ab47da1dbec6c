import { acts, type Effect, effectKey } from '../kernel/effect';
import type { Body } from '../kernel/fact';
import { type DecidedTask, organ } from '../kernel/organ';
import type { Evidence } from '../kernel/vocabulary';
import type { worklistFacts } from '../kernel/worklist/facts';
import type { Requirement } from '../kernel/worklist/requirement';
import type { intakeFacts } from '../intake/intake';
import { authorityFor, type CustomerSeen, isOlder } from '../intake/terms';
import { approvalsKey, levelsHaveApproved } from '../review/review';
import {
  acceptIsHeld,
  answerOf,
  type Credit,
  type CreditActivities,
  creditAsks,
  creditFacts,
  type CreditSees,
  type CreditView,
  customerOf,
  isAccepted,
} from './credit';

const books = acts<CreditActivities>();

export const credit = organ('credit', creditFacts, creditAsks).of<
  Credit,
  CreditSees,
  typeof intakeFacts & typeof worklistFacts
>({
  begins: { told: null, answers: 0 },
  facts: {
    creditReserved: {
      source: 'own',
      from: 'anywhere',
      apply: (view, { about, specialBy, customer }) => {
        const before = heardAnswer(view, customer);
        // The special approval was undone, or the customer held, while the books were asked: they are asked anew (HT-5, Q8).
        const isOff = specialBy !== view.credit.special?.by || shutsAccept(before.told ?? customer);
        return isOff
          ? before
          : { ...before, answer: { about, state: 'reserved', ...(specialBy === undefined ? {} : { specialBy }) } };
      },
    },
    creditRefused: {
      source: 'own',
      from: 'anywhere',
      apply: (view, { about, because, limitFen, usedFen, customer }) => {
        const { special: _over, ...before } = heardAnswer(view, customer);
        // What was told since is newer than what the books said: they are asked again (HG-2).
        return isOlder(customer, customerOf(view))
          ? before
          : { ...before, answer: { about, state: 'refused', because, limitFen, usedFen } };
      },
    },
    customerStatusChanged: {
      source: 'door',
      from: 'anywhere',
      // Tellings may be heard out of order, or by an order that has another customer by now; the later word counts.
      judge: (view, { customerId, version }) => {
        const isAnother = customerId !== undefined && customerId !== view.intake.terms.customerId;
        const isOld = version !== undefined && isOlder({ version }, customerOf(view));
        return isAnother || isOld ? 'overtaken' : undefined;
      },
      apply: ({ credit: before }, { suspended, holds, version }) =>
        askedAgain({ ...before, told: { suspended, holds, ...(version === undefined ? {} : { version }) } }),
    },
  },
  hears: {
    orderAccepted: { apply: ({ credit: before }, { terms }) => ({ ...before, told: terms.customer ?? null }) },
    orderRevised: {
      apply: (view, { terms }) => ({ told: toldAfter(view, terms.customer), answers: view.credit.answers }),
    },
    rungReached: {
      apply: (view, { of, do: action }) => {
        if (action === 'lapse' && of.startsWith('hold ')) return holdIsOver(view, of);
        // The books may have changed unheard: a refusal is asked anew whenever its clock reminds (HG-2).
        const isAtTheGate = of === 'credit' || (view.status === 'pending_review' && of.startsWith('customer_hold '));
        return isAtTheGate && action !== 'lapse' ? askedAgain(view.credit) : view.credit;
      },
    },
  },
  answers: {
    'credit.special': {
      decided: ({ credit: before }, { id, amountFen = 0, decision }) => {
        const { answer, ...asked } = before;
        if (decision.outcome !== 'approve' || answer === undefined) return before;
        return { ...asked, special: { by: id, excessFen: amountFen, refusal: answer } };
      },
      undo: {
        cameAfter: whatCameAfter,
        restored: ({ credit: now }, { decision }) => {
          const { special, answer: _undone, ...asked } = now;
          return decision.outcome === 'approve' && special !== undefined ? { ...asked, answer: special.refusal } : now;
        },
      },
    },
  },
  requires,
  effects,
  status: (view) => (isAccepted(view) ? undefined : 'pending_review'),
});

/** 接单: reserves what the order takes up of its customer's credit, in one transaction with the look at his holds (Q8, HG-3). */
function effects(view: CreditView): readonly Effect<Body<typeof creditFacts>>[] {
  const { no, credit: now, intake } = view;
  const { customerId, exposureFen } = intake.terms;
  if (view.status !== 'pending_review' || customerId === null) return [];
  if (!levelsHaveApproved(view) || answerOf(view) !== undefined) return [];
  const { revision } = intake;
  const about = approvalsKey(view);
  const special = now.special === undefined ? undefined : { by: now.special.by, excessFen: now.special.excessFen };
  const request = {
    orderNo: no,
    revision,
    customerId,
    exposureFen,
    askedSeq: view.seq,
    ...(special === undefined ? {} : { special }),
  };
  const head = { key: effectKey(no, 'credit', `r${revision}`, now.answers + 1), gate: 'accept' as const };
  return [
    books(head, 'reserveCredit', request, ({ because, limitFen, usedFen, customer }) =>
      because === undefined
        ? {
            kind: 'creditReserved' as const,
            revision,
            about,
            exposureFen,
            customer,
            ...(special === undefined ? {} : { specialBy: special.by }),
          }
        : { kind: 'creditRefused' as const, revision, about, because, limitFen, usedFen, customer },
    ),
  ];
}

/** Approved by its levels, and no credit to be had: somebody looks after it, and the next authority may approve it all the same (RV-4). */
function requires(view: CreditView): readonly Requirement<keyof typeof creditAsks>[] {
  return [...refusalOf(view), ...timedHolds(view)];
}

function refusalOf(view: CreditView): readonly Requirement<keyof typeof creditAsks>[] {
  const answer = answerOf(view);
  const { terms } = view.intake;
  if (view.status !== 'pending_review' || answer?.state !== 'refused' || acceptIsHeld(view)) return [];
  const { because, limitFen, usedFen } = answer;
  const { exposureFen } = terms;
  const excessFen = usedFen + exposureFen - limitFen;
  const role = authorityFor(terms.specialCredit, excessFen);
  const seen = { because, limitFen, usedFen, exposureFen };
  const why: { readonly rule: string; readonly evidence: Evidence } =
    because === 'over_limit'
      ? { rule: 'the credit limit is exceeded', evidence: { ...seen, excessFen, specialBy: role } }
      : { rule: because === 'suspended' ? 'the customer is suspended' : 'the customer is held', evidence: seen };
  return [
    { what: 'clock', name: 'credit', roles: ['finance'], ladder: terms.clocks.credit, ...why },
    ...(because === 'over_limit'
      ? [
          {
            what: 'task' as const,
            kind: 'credit.special' as const,
            // Another excess is another question, perhaps of another authority.
            boundTo: `${excessFen}`,
            rule: 'the credit limit is exceeded',
            evidence: { exposureFen, usedFen, limitFen },
            roles: [role],
            amountFen: excessFen,
          },
        ]
      : []),
  ];
}

/** Holds of the customer that lift by themselves. */
const timedHolds = (view: CreditView): readonly Requirement<never>[] =>
  customerOf(view).holds.flatMap(({ id, reason, gates, until }): readonly Requirement<never>[] =>
    until === undefined
      ? []
      : [
          {
            what: 'clock',
            name: `hold ${id}`,
            boundTo: until,
            roles: [],
            ladder: [{ after: { kind: 'elapsed', seconds: 0 }, do: 'lapse', to: [] }],
            from: until,
            rule: `the customer is held: ${reason}`,
            evidence: { hold: id, gates: gates.join(' '), until },
          },
        ],
  );

function whatCameAfter(view: CreditView, { id, decision }: DecidedTask): string | undefined {
  const { credit: now, status, contract } = view;
  if (decision.outcome === 'return') return status === 'returned' ? undefined : 'decisionMade';
  const answer = answerOf(view);
  if (answer === undefined) return now.special?.by === id ? undefined : 'customerStatusChanged';
  if (answer.state !== 'reserved' || answer.specialBy !== id) return 'creditRefused';
  // Approved, while a contract or a hold keeps the confirmation back: nobody outside was told yet.
  if (status !== 'approved') return 'confirmationSent';
  return contract.ours === undefined ? undefined : 'decisionMade';
}

/** One more answer; what it says of the customer counts unless something newer was told. */
function heardAnswer(view: CreditView, customer: CustomerSeen): Credit {
  const { answer: _former, ...before } = view.credit;
  const told = isOlder(customer, customerOf(view)) ? view.credit.told : customer;
  return { ...before, told, answers: before.answers + 1 };
}

const shutsAccept = ({ holds }: CustomerSeen): boolean => holds.some(({ gates }) => gates.includes('accept'));

/** A refusal is asked anew; what is reserved stays so. */
function askedAgain(before: Credit): Credit {
  const { answer, ...rest } = before;
  return answer?.state === 'refused' ? rest : before;
}

/** A hold of the customer whose time is over lifts by itself (HG-1). */
function holdIsOver(view: CreditView, clock: string): Credit {
  const customer = customerOf(view);
  const holds = customer.holds.filter(({ id }) => `hold ${id}` !== clock);
  return askedAgain({ ...view.credit, told: { ...customer, holds } });
}

/** After a change of the order: of the same customer the newer word counts, of another one what the door saw. The view has the new terms. */
function toldAfter({ credit: now, intake }: CreditView, seen: CustomerSeen | undefined): CustomerSeen | null {
  const isSame = intake.terms.customerId === intake.formerCustomerId;
  if (!isSame) return seen ?? null;
  return now.told === null || (seen !== undefined && !isOlder(seen, now.told)) ? (seen ?? now.told) : now.told;
}
