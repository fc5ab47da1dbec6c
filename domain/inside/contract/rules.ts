import { personsBehind } from '../kernel/actor';
import { organ } from '../kernel/organ';
import type { Evidence } from '../kernel/vocabulary';
import type { TaskRequirement } from '../kernel/worklist/requirement';
import type { Intake, intakeFacts } from '../intake/intake';
import type { Terms } from '../intake/terms';
import {
  type Contract,
  contractAsks,
  contractIsSigned,
  type ContractSees,
  type ContractView,
  draftersOf,
} from './contract';
import { judgePaper, paperIs } from './papers';

const none: Contract = { draftedBy: [], refused: {} };

/** It keeps nothing back itself: levels are asked on its draft, and the confirmation waits until it is filed. */
export const contract = organ('contract', {}, contractAsks).of<Contract, ContractSees, typeof intakeFacts>({
  begins: none,
  facts: {},
  hears: {
    attachmentFiled: {
      judge: (view, fact) => judgePaper(view, fact),
      apply: ({ contract: before, intake: { terms } }, { id, purpose, attachmentId, by }) => {
        if (terms.contract !== true) return before;
        if (paperIs(purpose) === 'contract.file') return { ...before, filed: attachmentId };
        // A newer draft is another contract: who approved or signed the former one is asked again.
        return paperIs(purpose) === 'contract.draft'
          ? { ...none, draft: attachmentId, draftId: id, draftedBy: personsBehind(by), ...fingerprintOf(terms) }
          : before;
      },
    },
    orderRevised: {
      apply: ({ contract: before, intake }, { changed }) => (keeps(before, intake, changed) ? before : none),
    },
  },
  answers: {
    'contract.draft': { undo: 'attachmentFiled' },
    'contract.sign': {
      judge: (_view, { returnTo }) => (returnTo === undefined ? undefined : 'unknown_level'),
      decided: ({ contract: before }, { id, decision }) => {
        if (decision.outcome === 'reject') return before;
        if (decision.outcome !== 'return') return { ...before, ours: decision.factId };
        const { refused, ...stood } = before;
        return { ...none, refused: { ...refused, [id]: stood } };
      },
      undo: {
        cameAfter: ({ contract: now }, { decision, id }) => {
          if (decision.outcome === 'return')
            return now.draft === undefined && Object.hasOwn(now.refused, id) ? undefined : 'attachmentFiled';
          return now.ours === undefined || now.filed !== undefined ? 'attachmentFiled' : undefined;
        },
        restored: ({ contract: now }, { decision, id }) => {
          if (decision.outcome === 'return') return { ...(now.refused[id] ?? none), refused: now.refused };
          const { ours: _unsigned, ...unsigned } = now;
          return unsigned;
        },
      },
    },
    'contract.file': { undo: 'attachmentFiled' },
  },
  requires,
});

/** The draft is asked for while levels review, and where no level looks at it; the signatures once all have approved. */
function requires(view: ContractView): readonly TaskRequirement<keyof typeof contractAsks>[] {
  const { status, contract: now, intake } = view;
  if (contractIsSigned(view)) return [];
  const isReviewed = status === 'approved';
  if (now.draft === undefined)
    return isReviewed || status === 'pending_review'
      ? [{ what: 'task', kind: 'contract.draft', ...whyDrafted(view), doneBy: ['attachmentFiled'] }]
      : [];
  if (!isReviewed || intake.terms.contract !== true) return [];
  const evidence = { draft: now.draft };
  return now.ours === undefined
    ? [
        {
          what: 'task',
          kind: 'contract.sign',
          boundTo: now.draftId ?? now.draft,
          rule: 'the contract is approved',
          evidence,
          excluded: draftersOf(view),
        },
      ]
    : [
        {
          what: 'task',
          kind: 'contract.file',
          boundTo: now.draftId ?? now.draft,
          rule: 'the contract is signed for the company',
          evidence,
          doneBy: ['attachmentFiled'],
        },
      ];
}

/** Why there is to be a draft: because it is a contract, or since somebody would not sign the former one (HT-16). */
function whyDrafted({ worklist, intake }: ContractView): { readonly rule: string; readonly evidence: Evidence } {
  const refused = worklist.tasks.findLast(
    ({ kind, revision }) => kind === 'contract.sign' && revision === intake.revision,
  );
  if (refused?.decision?.outcome !== 'return') return { rule: 'the order is a contract', evidence: {} };
  const { by, reasonCode } = refused.decision;
  const [userId, onBehalfOf] = personsBehind(by);
  const evidence = {
    ...(userId === undefined ? {} : { by: userId }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(reasonCode === undefined ? {} : { reason: reasonCode }),
    task: refused.kind,
    taskId: refused.id,
  };
  return { rule: 'the contract was sent back to its draft', evidence };
}

/**
 * A change that leaves what legal and finance looked at as it was leaves the contract standing (HT-12). An order that is
 * resubmitted unchanged asks for another wording: what the customer would not sign is drafted anew.
 */
function keeps({ draft, fingerprint }: Contract, { terms }: Intake, changed: readonly string[] | undefined): boolean {
  if (changed?.length === 0 || draft === undefined || terms.contract !== true) return false;
  const { fingerprint: now } = fingerprintOf(terms);
  return now !== undefined && now === fingerprint;
}

function fingerprintOf({ reviews }: Terms): { readonly fingerprint?: string } {
  const fingerprint = reviews.find(({ task }) => task === 'review.contract')?.fingerprint;
  return fingerprint === undefined ? {} : { fingerprint };
}
