import type { Actor } from '../kernel/actor';
import type { Base } from '../kernel/dossier';
import { fen, oneOf, text } from '../kernel/shape';
import type { Fen, Instant } from '../kernel/vocabulary';
import type { Billing, BillingSees } from '../billing/billing';
import type { Collections } from '../collection/collections';
import { advancesFen, type Money } from '../money/money';
import type { Payout } from '../money/postings';

/** 结束: how an order ends, before its time or after all is settled, and what has to be wound up then (CF-6, SH-7). */
export interface Closing {
  /** Why it closed, when it closed otherwise than by completion. */
  readonly closure?: Closure;
  readonly cancellation?: Cancellation;
  /** What finance has agreed to pay out, until it stands in the books; and how often it did. */
  readonly agreed?: Payout;
  readonly payouts: number;
  /** The customer of goods that nobody picked up was looked at. */
  readonly isGradeReviewed: boolean;
  /** The days between completion and the archive are over. */
  readonly hasRested: boolean;
  readonly ended?: { readonly as: EndStatus; readonly at: Instant };
}

export interface Closure {
  readonly as: 'cancelled' | 'rejected' | 'dead';
  readonly reasonCode: string;
  /** Costs settled with the customer, kept of his money. */
  readonly costFen: Fen;
}

/** A cancellation that needs approval, and its answer (CF-6). */
interface Cancellation {
  readonly id: string;
  readonly by: Actor;
  readonly reasonCode: string;
  readonly costFen: Fen;
  readonly state: 'asked' | 'approved';
}

const endStatuses = ['cancelled', 'rejected', 'dead', 'archived'] as const;
export type EndStatus = (typeof endStatuses)[number];

export const closingFacts = {
  cancellationRequested: { reasonCode: text(), costFen: fen },
  /** 撤回申请: who asked for it takes it back, before it was decided (HT-5). */
  cancellationWithdrawn: { reasonCode: text() },
  /** The workflow's last fact: everything is settled and nothing more will happen by itself. */
  orderEnded: { as: oneOf(...endStatuses), reasonCode: text() },
} as const;

const windingUp = ['cancelled', 'rejected', 'dead'] as const;

export const closingAsks = {
  'cancellation.approve': {
    words: { zh: '审批取消订单', en: 'approve the cancellation' },
    outcomes: ['approve', 'reject'],
    isApplication: true,
  },
  'refund.pay': {
    words: { zh: '退款', en: 'pay the refund' },
    outcomes: ['done'],
    standsStill: { in: windingUp, waitsFor: 'the winding up: money returned' },
  },
  'customer.grade_review': {
    words: { zh: '重评客户等级', en: "review the customer's grade" },
    standsStill: { in: windingUp, waitsFor: "the customer's grade to be looked at" },
  },
} as const;

export interface ClosingSees extends BillingSees {
  readonly billing: Billing;
  readonly collections: Collections;
}
export type ClosingView = Base & ClosingSees & { readonly closing: Closing };

/** What a closed order's money comes to: all of it goes back, less the costs settled with the customer (CF-6). */
export function payoutOf({ money, closing }: { readonly money: Money; readonly closing: Closing }): Payout {
  const heldFen = advancesFen(money);
  const costFen = closing.closure?.costFen ?? 0;
  const retainFen = Math.min(heldFen, Math.max(0, costFen - money.retainedFen));
  return { refundFen: heldFen - retainFen, retainFen };
}
