import { checkAccepted } from './accepted';
import { checkAllocations, checkBills } from './allocations';
import { checkCredit } from './credit';
import { checkEffects } from './effects';
import type { Evidence } from './evidence';
import { checkAnswers, checkOnce } from './messages';
import { checkPostings, checkReceivables, checkTrialBalance } from './money';
import { checkPrivacy } from './privacy';
import { checkReplays } from './replays';
import { checkDecisions } from './reviews';
import { checkShipments } from './shipments';
import { checkReadModel, checkSteps } from './states';
import { checkStock } from './stock';
import { checkStuck } from './stuck';
import { checkTimers } from './timers';
import type { Check, Violation } from './violation';

/** Every check with the invariants that it looks at. */
export const checks: readonly (readonly [string, Check<Evidence>])[] = [
  ['S1 S2 steps are in the state table', checkSteps],
  ['S3 read model = workflow = history', checkReadModel],
  ['S6 accepted = workflows = numbers', checkAccepted],
  ['V2 one effective decision', checkDecisions],
  ['V8 credit within its limit', checkCredit],
  ['M1 M2 trial balance', checkTrialBalance],
  ['M4 receivables', checkReceivables],
  ['M3 M10 postings', checkPostings],
  ['M5 M6 M14 charges and payments', checkAllocations],
  ['M8 M10 M13 bills and collections', checkBills],
  ['X1 answered is filed', checkAnswers],
  ['X2 counted once', checkOnce],
  ['X4 effects once', checkEffects],
  ['T1 timers', checkTimers],
  ['W1 replay', checkReplays],
  ['W4 Y3 no personal data', checkPrivacy],
  ['Q5 stock conserved', checkStock],
  ['Q5 pieces in shipments', checkShipments],
  ['S4 S5 ended or waiting', checkStuck],
];

/** What all checks have to say. */
export const violationsIn = (evidence: Evidence): readonly Violation[] =>
  checks.flatMap(([, check]) => check(evidence));
