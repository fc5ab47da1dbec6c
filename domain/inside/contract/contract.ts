import type { Base } from '../kernel/dossier';
import type { TaskRequirement } from '../kernel/worklist/requirement';
import type { Intake } from '../intake/intake';
import type { Terms } from '../intake/terms';

/** 合同: drafted, co-signed inside, signed for the company, signed by the customer and filed (RV-10); each by its attachment or fact. */
export interface Contract {
  readonly draft?: string;
  /** The fact that filed it: the same paper filed again is another draft. */
  readonly draftId?: string;
  /** The persons behind the draft: they neither co-sign it nor sign it for the company (HT-10). */
  readonly draftedBy: readonly string[];
  /** What the contract is bound to, of the terms that it was drafted on (HT-12). */
  readonly fingerprint?: string;
  /** The decision by which somebody signed for the company. */
  readonly ours?: string;
  /** The paper with both signatures. */
  readonly filed?: string;
  /** The draft that each signature decided on, by the task: what is taken back stands as it was before (HT-5). */
  readonly refused: Readonly<Record<string, Omit<Contract, 'refused'>>>;
}

const beforeItIsAccepted = ['pending_review', 'approved'] as const;

export const contractAsks = {
  'contract.draft': {
    words: { zh: '起草合同', en: 'draft the contract' },
    outcomes: [],
    standsStill: { in: beforeItIsAccepted, waitsFor: 'the contract to be drafted' },
  },
  'contract.sign': {
    words: { zh: '合同签章', en: 'sign the contract for the company' },
    outcomes: ['done', 'return', 'reject'],
    standsStill: { in: beforeItIsAccepted, waitsFor: 'the contract to be signed for the company' },
  },
  'contract.file': {
    words: { zh: '收回并归档双方签署的合同', en: 'file the contract that both sides signed' },
    outcomes: [],
    standsStill: { in: beforeItIsAccepted, waitsFor: 'the contract that both sides signed' },
  },
} as const;

export interface ContractSees {
  readonly intake: Intake;
}
export type ContractView = Base & ContractSees & { readonly contract: Contract };

/** Nothing is confirmed to the customer of a contract order before both sides have signed; other orders have no contract. */
export const contractIsSigned = ({ intake, contract: now }: Pick<ContractView, 'intake' | 'contract'>): boolean =>
  intake.terms.contract !== true || now.filed !== undefined;

/** Legal and finance sign what is drafted, so there is no level of theirs before. */
export const awaitsDraft = ({ intake, contract: now }: Pick<ContractView, 'intake' | 'contract'>): boolean =>
  intake.terms.contract === true && now.draft === undefined;

/** Nobody approves what he wrote (HT-10). */
export const draftersOf = ({
  contract: now,
}: Pick<ContractView, 'contract'>): NonNullable<TaskRequirement['excluded']> =>
  now.draftedBy.map((userId) => ({ userId, because: 'drafted the contract' }));

/** The level that looks at the contract; none where policy waives the review. */
export const contractLevel = ({ reviews }: Terms): number | undefined =>
  reviews.find(({ task }) => task === 'review.contract')?.level;
