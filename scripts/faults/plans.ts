import type { ItemId } from './goods';
import { diceOf } from './dice';

/** How one order is meant to go. The clients act by what they see, so a lost race only makes it another story. */
export interface Plan {
  readonly serial: number;
  readonly story: string;
  readonly customer: string;
  readonly lines: readonly { readonly itemId: ItemId; readonly quantity: number }[];
  readonly smallOrderPath?: 'prepaid' | 'guarantor' | 'cash_on_delivery';
  readonly wishes?: boolean;
  /** Each part goes as it lies ready. */
  readonly inParts?: boolean;
  readonly incomplete?: 'completed' | 'never';
  /** What happens at the first review of this kind. */
  readonly review?: {
    readonly at: 'review.sales' | 'review.technical' | 'review.management';
    readonly first: 'return' | 'reject' | 'opposite' | 'ask';
  };
  /** Changed by its taker when it is first seen in this status. */
  readonly reviseAt?: string;
  /** Cancelled by its taker when it is first seen in this status, with these costs. */
  readonly cancelAt?: string;
  readonly cancelCostFen?: number;
  readonly deposit?: 'never' | 'parts' | 'over';
  readonly balance?: 'release' | 'refused release' | 'never';
  /** The last payment is taken back as entered wrongly when the order is first seen in this status. */
  readonly reverseAt?: string;
  readonly rework?: boolean;
  readonly trouble?: boolean;
  readonly wrongPick?: boolean;
  readonly carrier?: 'unclaimed' | 'any order';
  readonly settle?: 'late' | 'parts' | 'over';
  readonly confirmsReceipt?: boolean;
  readonly late?: boolean;
}

type Story = Omit<Plan, 'serial'>;

const hinges = (quantity: number) => [{ itemId: 'hinge', quantity }] as const;
const cabinets = (quantity: number) => [{ itemId: 'cabinet', quantity }] as const;
const sinks = (quantity: number) => [{ itemId: 'sink', quantity }] as const;
const shelves = (quantity: number) => [{ itemId: 'shelf', quantity }] as const;

/** Every path of the procedure at least once; more orders begin again from the top. */
const stories: readonly Story[] = [
  { story: 'A from stock', customer: 'c-a-1', lines: hinges(30) },
  { story: 'B from stock', customer: 'c-b-1', lines: hinges(40), late: true },
  { story: 'C made, three levels', customer: 'c-c-1', lines: cabinets(2), confirmsReceipt: true },
  { story: 'B bought', customer: 'c-b-2', lines: sinks(3), carrier: 'any order' },
  {
    story: 'returned and revised',
    customer: 'c-b-1',
    lines: hinges(50),
    review: { at: 'review.sales', first: 'return' },
  },
  { story: 'rejected', customer: 'c-c-1', lines: hinges(60), review: { at: 'review.management', first: 'reject' } },
  { story: 'made, rework and scrap', customer: 'c-b-2', lines: shelves(12), rework: true, deposit: 'parts' },
  { story: 'unpaid deposit', customer: 'c-b-1', lines: hinges(70), deposit: 'never' },
  { story: 'cancelled early', customer: 'c-b-1', lines: hinges(45), cancelAt: 'pending_review' },
  {
    story: 'cancelled in production',
    customer: 'c-b-2',
    lines: cabinets(1),
    cancelAt: 'in_production',
    cancelCostFen: 20_000,
  },
  { story: 'small, prepaid', customer: 'c-b-1', lines: hinges(10), smallOrderPath: 'prepaid' },
  { story: 'small, on a guarantee', customer: 'c-b-2', lines: hinges(12), smallOrderPath: 'guarantor', late: true },
  { story: 'small, cash on delivery', customer: 'c-c-1', lines: hinges(15), smallOrderPath: 'cash_on_delivery' },
  { story: 'unclaimed', customer: 'c-b-2', lines: hinges(14), smallOrderPath: 'guarantor', carrier: 'unclaimed' },
  { story: 'overdue, suspended, legal', customer: 'c-late-1', lines: hinges(55), settle: 'late' },
  { story: 'released by the director', customer: 'c-b-1', lines: hinges(100), balance: 'release' },
  { story: 'released by the finance lead', customer: 'c-b-2', lines: hinges(45), balance: 'release', settle: 'parts' },
  { story: 'release refused, then paid', customer: 'c-c-1', lines: hinges(80), balance: 'refused release' },
  { story: 'payment taken back before shipping', customer: 'c-b-1', lines: hinges(65), reverseAt: 'ready_to_ship' },
  { story: 'payment taken back after completion', customer: 'c-b-2', lines: hinges(35), reverseAt: 'completed' },
  {
    story: 'opposite decisions',
    customer: 'c-c-1',
    lines: sinks(1),
    review: { at: 'review.sales', first: 'opposite' },
  },
  { story: 'incomplete, then completed', customer: 'c-a-2', lines: hinges(25), incomplete: 'completed' },
  {
    story: 'two shipments, two bills, one transfer over both',
    // His other order is overdue meanwhile: what of this one has not left may wait for his money (Q8).
    customer: 'c-late-1',
    inParts: true,
    settle: 'parts',
    lines: [...hinges(20), ...sinks(2)],
  },
  { story: 'revised while confirmed', customer: 'c-b-2', lines: hinges(75), reviseAt: 'awaiting_confirmation' },
  { story: 'scarce goods', customer: 'c-a-1', lines: [{ itemId: 'scarce', quantity: 5 }], wrongPick: true },
  { story: 'waits for its balance', customer: 'c-b-1', lines: hinges(85), balance: 'never' },
  {
    story: 'A made, with wishes and trouble',
    customer: 'c-a-2',
    lines: cabinets(1),
    wishes: true,
    trouble: true,
    settle: 'over',
  },
  {
    story: 'cancelled with a deposit paid',
    customer: 'c-b-2',
    lines: sinks(2),
    cancelAt: 'allocated',
    deposit: 'over',
  },
  {
    story: 'cancelled when ready to ship',
    customer: 'c-b-1',
    lines: hinges(90),
    cancelAt: 'ready_to_ship',
    cancelCostFen: 5_000,
  },
  {
    story: 'several lines',
    customer: 'c-a-2',
    carrier: 'any order',
    late: true,
    lines: [...hinges(5), ...sinks(1), ...shelves(4)],
  },
  { story: 'incomplete, never answered', customer: 'c-b-1', lines: hinges(20), incomplete: 'never' },
  {
    story: 'opposite decisions at the end',
    customer: 'c-c-1',
    lines: shelves(6),
    review: { at: 'review.management', first: 'opposite' },
  },
  {
    story: 'asked, then approved',
    customer: 'c-b-2',
    lines: shelves(5),
    review: { at: 'review.technical', first: 'ask' },
  },
  { story: 'overdue, paid in parts', customer: 'c-late-2', lines: sinks(1), settle: 'late', confirmsReceipt: true },
];

/** The plan of the order with this serial: the stories in turn from a place that the seed names, quantities by its dice. */
export function planOf(seed: number, serial: number): Plan {
  const dice = diceOf(seed, `plan ${serial}`);
  const story = stories[(serial + (seed % stories.length)) % stories.length] ?? stories[0];
  if (story === undefined) throw new Error('there are no stories');
  const more = story.smallOrderPath === undefined && story.balance === undefined ? dice.between(0, 3) : 0;
  return { ...story, serial, lines: story.lines.map((line) => ({ ...line, quantity: line.quantity + more })) };
}
