import { type Account, accounts, type Posting } from '../../inside/kernel/posting';
import type { Fen } from '../../inside/kernel/vocabulary';

/** What one account stands at: debits minus credits. */
export type TrialBalance = Readonly<Partial<Record<Account, Fen>>>;

/** Per account the sum of its legs; accounts at zero are left out. Over all accounts it sums to zero (M2). */
export function trialBalance(postings: readonly Posting[]): TrialBalance {
  const sums = new Map<Account, Fen>();
  for (const { legs } of postings) {
    for (const { account, amountFen } of legs) sums.set(account, (sums.get(account) ?? 0) + amountFen);
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
}

/** What an account stands at: debits minus credits. */
const balanceOf = (postings: readonly Posting[], account: Account): Fen => trialBalance(postings)[account] ?? 0;

/** Owed on bills (M4): billed − applied − credited − written off, as the entries say. */
export const receivableFen = (postings: readonly Posting[]): Fen => balanceOf(postings, accounts.receivables);

/** The customer's money that is on no bill yet: a liability (M7), and where an overpayment stays visible (M9). */
export const advancesFen = (postings: readonly Posting[]): Fen => positive(-balanceOf(postings, accounts.advances));

/** Received less what was taken back as entered wrongly. */
export const receivedFen = (postings: readonly Posting[]): Fen =>
  sumOf(postings, 'receipt', debits) - sumOf(postings, 'receipt_reversed', debits);

/** Put towards bills, less what was taken off them again. Never more than was received (M5). */
export const appliedFen = (postings: readonly Posting[]): Fen =>
  sumOf(postings, 'apply', debits) - sumOf(postings, 'unapply', debits);

/** Paid back to the customer (M6). */
export const refundedFen = (postings: readonly Posting[]): Fen => sumOf(postings, 'refund', debits);

/** What is wrong with postings as a whole; empty when they may be booked. */
export type LedgerFault =
  | {
      readonly key: string;
      readonly fault: 'fewer_than_two_legs' | 'leg_of_nothing' | 'does_not_balance' | 'not_whole_fen';
    }
  | {
      readonly key: string;
      readonly fault: 'key_twice' | 'target_missing' | 'target_reversed_twice' | 'reversal_differs';
    };

/** What the database would refuse (M1, M3, M10), said before it does: for tests and for the checker of real books. */
export function ledgerFaults(postings: readonly Posting[]): readonly LedgerFault[] {
  const byKey = new Map(postings.map((posting) => [posting.key, posting]));
  const keys = new Set<string>();
  const reversed = new Set<string>();
  return postings.flatMap((posting): readonly LedgerFault[] => {
    const { key, reverses } = posting;
    const faults = [...faultsOfLegs(posting)];
    if (keys.has(key)) faults.push({ key, fault: 'key_twice' });
    keys.add(key);
    if (reverses === undefined) return faults;
    const target = byKey.get(reverses);
    if (target === undefined) faults.push({ key, fault: 'target_missing' });
    else if (Object.keys(trialBalance([target, posting])).length > 0) faults.push({ key, fault: 'reversal_differs' });
    if (reversed.has(reverses)) faults.push({ key, fault: 'target_reversed_twice' });
    reversed.add(reverses);
    return faults;
  });
}

function faultsOfLegs({ key, legs }: Posting): readonly LedgerFault[] {
  const faults: LedgerFault[] = [];
  if (legs.length < 2) faults.push({ key, fault: 'fewer_than_two_legs' });
  if (legs.some(({ amountFen }) => amountFen === 0)) faults.push({ key, fault: 'leg_of_nothing' });
  if (legs.some(({ amountFen }) => !Number.isSafeInteger(amountFen))) faults.push({ key, fault: 'not_whole_fen' });
  if (legs.reduce((sum, { amountFen }) => sum + amountFen, 0) !== 0) faults.push({ key, fault: 'does_not_balance' });
  return faults;
}

const debits = ({ legs }: Posting): Fen => legs.reduce((sum, { amountFen }) => sum + Math.max(0, amountFen), 0);

function sumOf(postings: readonly Posting[], purpose: Posting['purpose'], amount: (posting: Posting) => Fen): Fen {
  return postings.filter((posting) => posting.purpose === purpose).reduce((sum, posting) => sum + amount(posting), 0);
}

/** Turns the −0 of an empty account into 0. */
const positive = (fen: Fen): Fen => (fen === 0 ? 0 : fen);
