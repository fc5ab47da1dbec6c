import fc from 'fast-check';
import type { Ships, SmallOrderPath, Supply, Terms, TermsLine } from '../../domain/inside/intake/terms';
import type { TaskKind } from '../../domain/inside/processes';
import { gradeA, terms } from '../builders';
import type { InHand } from './machine-warehouse';

/** What an order is like, in choices that shrink well. */
export interface Shape {
  readonly gradeA: boolean;
  readonly path: SmallOrderPath | null;
  readonly supplies: readonly Supply[];
  readonly levels: number;
  readonly missing: boolean;
  readonly wishes: boolean;
  readonly contract: boolean;
  readonly ships: Ships;
  /** Levels are bound to what they looked at, and their approvals stand over other changes (HT-12). */
  readonly bound: boolean;
  /** It takes up nearly the whole limit of its customer. */
  readonly onCredit: boolean;
}

/** An order of one line from stock, of a customer who pays before. */
export const plain: Shape = {
  gradeA: false,
  path: null,
  supplies: ['stock'],
  levels: 0,
  missing: false,
  wishes: false,
  contract: false,
  ships: 'together',
  bound: false,
  onCredit: false,
};

/** One thing that somebody does, or tries to; what it hits is looked up when it happens. */
export interface Action {
  readonly do: (typeof deeds)[number];
  readonly who: number;
  readonly pick: number;
  /** Some steps of the processes follow, so that the next thing falls between two of them. */
  readonly steps: number;
}

export interface Story {
  readonly shape: Shape;
  readonly revised: Shape;
  readonly inHand: InHand;
  /** So many times all goes well at first: otherwise few stories would tell of shipped or completed orders. */
  readonly headStart: number;
  readonly actions: readonly Action[];
}

const deeds = [
  'help',
  'decide',
  'decideBadly',
  'decideForAnother',
  'pay',
  'payAll',
  'payCharge',
  'reverse',
  'revise',
  'reviseStale',
  'cancel',
  'returnPaper',
  'returnStalePaper',
  'askRelease',
  'receive',
  'report',
  'inspect',
  'trouble',
  'carrier',
  'leaveUnclaimed',
  'confirm',
  'again',
  'suspend',
  'holdCustomer',
  'useLimit',
  'file',
  'publishCalendar',
  'minutes',
  'days',
  'untilAlarm',
  'backdate',
  'takeBack',
  'withdraw',
  'withdrawReview',
  'placeHold',
  'away',
] as const;

const shape: fc.Arbitrary<Shape> = fc.record({
  gradeA: fc.boolean(),
  path: fc.constantFrom(null, null, null, 'prepaid' as const, 'guarantor' as const, 'cash_on_delivery' as const),
  supplies: fc.array(fc.constantFrom('stock' as const, 'buy' as const, 'make' as const), {
    minLength: 1,
    maxLength: 3,
  }),
  levels: fc.integer({ min: 0, max: 3 }),
  missing: fc.integer({ min: 0, max: 3 }).map((one) => one === 3),
  wishes: fc.boolean(),
  contract: fc.integer({ min: 0, max: 3 }).map((one) => one === 3),
  ships: fc.constantFrom('together' as const, 'as_ready' as const),
  bound: fc.boolean(),
  onCredit: fc.integer({ min: 0, max: 3 }).map((one) => one === 3),
});

/** What would otherwise hardly ever fall into the short time in which it matters. */
const frequent = [
  'pay',
  'payAll',
  'reverse',
  'cancel',
  'askRelease',
  'askRelease',
  'report',
  'inspect',
  'takeBack',
  'takeBack',
] as const;

/** Help is the most likely: otherwise few orders would get anywhere. */
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.constant('help' as const) },
  { weight: 2, arbitrary: fc.constantFrom('decide' as const, 'decideBadly' as const, 'decideForAnother' as const) },
  { weight: 1, arbitrary: fc.constantFrom(...frequent) },
  { weight: 3, arbitrary: fc.constantFrom(...deeds) },
);

export const stories: fc.Arbitrary<Story> = fc.record({
  shape,
  revised: shape,
  inHand: fc.constantFrom('none' as const, 'half' as const, 'all' as const),
  headStart: fc.oneof(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 0, max: 36 })),
  actions: fc.array(
    fc.record({
      do: deed,
      who: fc.integer({ min: 0, max: 5 }),
      pick: fc.integer({ min: 0, max: 11 }),
      steps: fc.constantFrom(0, 1, 2, 80, 80),
    }),
    { minLength: 5, maxLength: 40, size: 'max' },
  ),
});

const levels = ['review.sales', 'review.technical', 'review.management'] as const;

/** Nobody who decided another level co-signs. */
const apart = { ...terms().tasks['review.contract'], separateFrom: ['taker', ...levels] } as Terms['tasks'][string];

const levelsOf = (of: Shape): readonly TaskKind[] => [
  ...levels.slice(0, of.levels),
  ...(of.contract ? (['review.contract'] as const) : []),
];

/** Sales looks at the lines, technical at how they come, the others at all of it. */
function fingerprintOf(of: Shape, task: string): { readonly fingerprint?: string } {
  if (!of.bound) return {};
  if (task === 'review.sales') return { fingerprint: `lines ${of.supplies.length}` };
  return { fingerprint: task === 'review.technical' ? `supply ${of.supplies.join()}` : JSON.stringify(of) };
}

export function termsOf(of: Shape): Terms {
  const lines: readonly TermsLine[] = of.supplies.map((supply, index) => ({
    line: index + 1,
    itemId: `I${index + 1}`,
    quantity: 2 + index,
    netFen: 10_000,
    taxFen: 1_300,
    supply,
  }));
  const goodsFen = 10_000 * lines.length;
  const totalFen = 11_300 * lines.length;
  const build = of.gradeA ? gradeA : terms;
  const deposits = { prepaid: totalFen, guarantor: 0, cash_on_delivery: 3_000 };
  return build({
    lines,
    totals: { goodsFen, taxFen: totalFen - goodsFen, freightFen: 0, totalFen },
    reviews: levelsOf(of).map((task, index) => ({
      level: index + 1,
      task,
      rule: 'test',
      evidence: {},
      ...fingerprintOf(of, task),
    })),
    review: { openFields: 'all', afterReturn: of.wishes ? 'resume' : 'walk_again', sameApprover: 'asks' },
    ...(of.contract ? { contract: true as const, tasks: { ...terms().tasks, 'review.contract': apart } } : {}),
    missing: of.missing ? ['contact'] : [],
    specialWishes: of.wishes,
    smallOrderPath: of.path,
    ships: of.ships,
    exposureFen: of.onCredit ? 90_000 : 0,
    releaseBy: [
      { upToFen: 5_000, role: 'finance_lead' },
      { upToFen: null, role: 'director' },
    ],
    ...(of.path === null ? (of.gradeA ? {} : { depositFen: 3_390 }) : { depositFen: deposits[of.path] }),
    ...(of.path === null ? {} : { balanceBeforeShipment: of.path === 'prepaid' }),
  });
}
