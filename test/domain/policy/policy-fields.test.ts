import { loadPolicy } from '../../../config/load-policy';
import { evaluate } from '../../../domain/outside/policy/conditions';
import { type ReviewInput, reviewInputs } from '../../../domain/outside/review/fingerprint';
import type { EveryFact, FactKind, FactNamed } from '../../../domain/inside/every-fact';
import { holdsOf } from '../../../domain/inside/holds/holds';
import { authorityFor, type ClockName, clockNames } from '../../../domain/inside/intake/terms';
import {
  addElapsed,
  addWorkingDays,
  addWorkingSeconds,
  type Calendar,
  calendarKnows,
  civilDate,
} from '../../../domain/inside/kernel/calendar';
import { type Gate, gates } from '../../../domain/inside/kernel/vocabulary';
import { rolesOf } from '../../../domain/inside/kernel/worklist/task';
import { approvalsOf, levelsHaveApproved } from '../../../domain/inside/review/review';
import { waitActions } from '../../../config/ladder-checks';
import type { Condition, OrderFacts, Policy } from '../../../domain/outside/policy/policy';
import { flagNames } from '../../../domain/outside/policy/policy';
import { rowsOf } from '../../../domain/outside/filing/rows-of';
import type { TermsQuestion } from '../../../domain/outside/intake/considered';
import { batch } from '../../filings';
import { ask, chair, customer, intake, line, monday, orderOf, table } from '../order-builders';
import { type Changes, OrderUnder, saved } from './policy-order';

// Every field of a policy acts (docs/policy.md): each test saves one that differs from the default at one place and sees an order
// go another way. What has its test elsewhere stands in that page, not here.

const hour = 3600;
const B = { customer: customer({ grade: 'B' }) };
const C = { customer: customer({ grade: 'C' }) };
const made = { intake: intake({ lines: [line({ itemId: 'TABLE' })] }) };
const user = (userId: string, ...roles: readonly string[]) => ({ kind: 'user', userId, roles }) as never;
const flagsOf = (policy: Policy, but: Partial<TermsQuestion>) =>
  ask({ ...but, policy }).explanation.flags.map(({ flag }) => flag);
const offeredOn = (policy: Policy, but: Partial<TermsQuestion>) => ask({ ...but, policy }).terms.offeredOn;
const small = (policy: Policy, totalFen: number, path: 'prepaid' | 'guarantor') =>
  ask({ ...orderOf(totalFen, { smallOrderPath: path }), ...B, policy }).terms;
const isBill = (fact: EveryFact): fact is FactNamed<'chargeRaised'> =>
  fact.kind === 'chargeRaised' && fact.purpose === 'bill';
const daysBetween = (from = '', to = ''): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
const signing = (but: object): Changes => ({
  'tasks/review.sales/signing': {
    slots: [['sales'], ['sales_supervisor']],
    needed: 2,
    inSequence: false,
    onRejection: 'ends',
    ...but,
  },
});
const signs = (order: OrderUnder, role: string, outcome: 'approve' | 'reject' = 'approve'): string =>
  order.decide('review.sales', outcome, outcome === 'reject' ? { reasonCode: 'scope' } : {}, user(role, role));
/** What an order under the policy says to a hold for the reason `guarantee`, once this was told. */
/** Somebody files the customer's word on the recipe, which a reviewer demanded: how that stands, and what still holds. */
function filesRecipe(policy: Policy, by: ReturnType<typeof user>): readonly unknown[] {
  const order = new OrderUnder(policy);
  order.decide('review.sales', 'approve_with_conditions', { conditions: ['recipe_confirmation'] });
  const stands = order.tell({ kind: 'attachmentFiled', attachmentId: 'a', purpose: 'recipe_confirmation' }, by);
  return [stands, holdsOf(order.dossier).map(({ reason }) => reason)];
}

const holdsAfter = (policy: Policy, told: (order: OrderUnder) => void): readonly string[] => {
  const order = new OrderUnder(policy, B);
  order.tell({ kind: 'holdPlaced', reason: 'guarantee' });
  told(order.until('awaiting_confirmation', 'hold.lift'));
  return holdsOf(order.dossier).map(({ reason }) => reason);
};
const toSettlement = (policy: Policy, but: Partial<TermsQuestion> = B): OrderUnder =>
  new OrderUnder(policy, but).until('in_settlement').until('completed');
const releaseAsked = (policy: Policy): OrderUnder => {
  const order = new OrderUnder(policy, B).until('awaiting_balance');
  order.tell({ kind: 'releaseRequested', reasonCode: 'old_customer' }, user('u9', 'sales'));
  return order;
};

const everyOrder = { rule: 'every_order', note: { zh: '每单', en: 'Every order' }, task: 'review.sales', when: [] };

interface Case {
  readonly field: string;
  /** What stands there before, where that is not the default's. */
  readonly from?: Changes;
  readonly to: Changes;
  readonly sees: (policy: Policy) => unknown;
  readonly was: unknown;
  readonly is: unknown;
}

const atTheDoor: readonly Case[] = [
  {
    field: 'grades.*.depositBp',
    to: { 'grades/B/depositBp': 4000 },
    sees: (policy) => ask({ ...orderOf(1_000_00), ...B, policy }).terms.depositFen,
    was: 300_00,
    is: 400_00,
  },
  {
    field: 'reviews.rows.*.task',
    to: { 'reviews/rows/0/task': 'review.credit' },
    sees: (policy) => ask({ policy }).terms.reviews.map(({ task }) => task),
    was: ['review.sales'],
    is: ['review.credit'],
  },
  {
    field: 'flags.raised',
    to: { 'flags/raised': flagNames.filter((flag) => flag !== 'short_stock') },
    sees: (policy) => flagsOf(policy, { items: [{ ...chair, availableNow: 9 }] }),
    was: ['short_stock'],
    is: [],
  },
  {
    field: 'flags.priceBelowListBp',
    to: { 'flags/priceBelowListBp': 2000 },
    sees: (policy) => flagsOf(policy, { intake: intake({ lines: [line({ discountBp: 1500 })] }) }),
    was: ['price_below_list'],
    is: [],
  },
  ...(['below', 'above'] as const).map((side): Case => {
    const lastDeal = { orderNo: '1', on: '2026-10-01', quantity: 1, netFen: side === 'below' ? 110_00 : 90_00 };
    return {
      field: `flags.priceUnlikeLastBp.${side}`,
      from: { [`flags/priceUnlikeLastBp/${side}`]: 500 },
      to: { [`flags/priceUnlikeLastBp/${side}`]: 2000 },
      sees: (policy) => flagsOf(policy, { items: [{ ...chair, listPriceFen: 0, lastDeal }] }),
      was: ['price_unlike_last_deals'],
      is: [],
    };
  }),
  {
    field: 'flags.discountWithoutPromotionBp',
    to: { 'flags/discountWithoutPromotionBp': 3000 },
    sees: (policy) =>
      flagsOf(policy, {
        intake: intake({ lines: [line({ discountBp: 2500 })] }),
        items: [{ ...chair, listPriceFen: 0 }],
      }),
    was: ['discount_unexplained'],
    is: [],
  },
  {
    field: 'flags.usualQuantityTimes',
    to: { 'flags/usualQuantityTimes': 5 },
    sees: (policy) => flagsOf(policy, { items: [{ ...chair, usualQuantity: 2.5 }] }),
    was: ['quantity_above_usual'],
    is: [],
  },
  {
    field: 'flags.remoteAreas',
    to: { 'flags/remoteAreas': ['江苏'] },
    sees: (policy) => flagsOf(policy, {}),
    was: [],
    is: ['remote_area'],
  },
  {
    field: 'promise.leadDays.stock',
    to: { 'promise/leadDays/stock': 2 },
    sees: (policy) => offeredOn(policy, {}),
    was: '2026-11-24',
    is: '2026-11-25',
  },
  {
    field: 'promise.leadDays.buy',
    to: { 'promise/leadDays/buy': 6 },
    sees: (policy) => offeredOn(policy, { items: [{ ...chair, supply: 'buy', availableNow: 0 }] }),
    was: '2026-11-30',
    is: '2026-12-01',
  },
  {
    field: 'promise.leadDays.make',
    to: { 'promise/leadDays/make': 11 },
    sees: (policy) => offeredOn(policy, made),
    was: '2026-12-07',
    is: '2026-12-08',
  },
  {
    field: 'confirmation.sentWithin',
    to: { 'confirmation/sentWithin': 'working PT3H' },
    sees: (policy) => ask({ policy }).terms.confirmationWithin,
    was: { kind: 'working', seconds: 2 * hour },
    is: { kind: 'working', seconds: 3 * hour },
  },
  {
    field: 'smallOrders.belowFen',
    to: { 'smallOrders/belowFen': 600_00 },
    sees: (policy) => small(policy, 550_00, 'prepaid').smallOrderPath,
    was: null,
    is: 'prepaid',
  },
  {
    field: 'smallOrders.paths.*.offered',
    to: { 'smallOrders/paths/prepaid/offered': false },
    sees: (policy) => small(policy, 400_00, 'prepaid').missing,
    was: [],
    is: ['smallOrderPath'],
  },
  {
    field: 'smallOrders.paths.*.depositBp',
    to: { 'smallOrders/paths/guarantor/depositBp': 1000 },
    sees: (policy) => small(policy, 400_00, 'guarantor').depositFen,
    was: 0,
    is: 40_00,
  },
  {
    field: 'smallOrders.paths.*.balanceBeforeShipment',
    to: { 'smallOrders/paths/guarantor/balanceBeforeShipment': true },
    sees: (policy) => small(policy, 400_00, 'guarantor').balanceBeforeShipment,
    was: false,
    is: true,
  },
  {
    field: 'smallOrders.paths.*.dispatch',
    to: { 'smallOrders/paths/prepaid/dispatch': [{ after: 'PT1H', do: 'remind', to: ['legal'] }] },
    sees: (policy) =>
      new OrderUnder(policy, { ...orderOf(400_00, { smallOrderPath: 'prepaid' }), ...B }).pass(1).rang('dispatch')
        .length,
    was: 0,
    is: 1,
  },
  {
    field: 'credit.specialBy.*.upToFen',
    to: { 'credit/specialBy/0/upToFen': 1_00 },
    sees: (policy) => authorityFor(ask({ policy }).terms.specialCredit, 2_00),
    was: 'finance_lead',
    is: 'general_manager',
  },
  {
    field: 'credit.specialBy.*.role',
    to: { 'credit/specialBy/1/role': 'director' },
    sees: (policy) => authorityFor(ask({ policy }).terms.specialCredit, 1_000_000_00),
    was: 'general_manager',
    is: 'director',
  },
];

const onItsWay: readonly Case[] = [
  {
    field: 'grades.*.startsAtOnce',
    to: { 'grades/B/startsAtOnce': true },
    sees: (policy) => new OrderUnder(policy, B).until('awaiting_balance').statuses.has('awaiting_confirmation'),
    was: true,
    is: false,
  },
  {
    field: 'grades.*.balanceBeforeShipment',
    to: { 'grades/B/balanceBeforeShipment': false },
    sees: (policy) => new OrderUnder(policy, B).until('ready_to_ship').statuses.has('awaiting_balance'),
    was: true,
    is: false,
  },
  ...(['working', 'calendar', 'none'] as const).map((slide): Case => {
    const other = slide === 'none' ? 'working' : 'none';
    return {
      field: `grades.*.slide = ${slide}`,
      from: { 'grades/B/slide': other },
      to: { 'grades/B/slide': slide },
      sees: (policy) => {
        const order = new OrderUnder(policy, B).until('awaiting_confirmation').pass(5 * 24);
        order.tell({ kind: 'confirmationReturned', revision: 1 });
        return order.dossier.confirmation.promisedOn;
      },
      was: { working: '2026-11-30', none: '2026-11-24' }[other],
      is: { working: '2026-11-30', calendar: '2026-11-29', none: '2026-11-24' }[slide],
    };
  }),
  {
    field: 'grades.*.paymentTerm',
    to: { 'grades/B/paymentTerm': 'P9D' },
    sees: (policy) => {
      const bill = toSettlement(policy).applied.findLast(isBill);
      return daysBetween(bill?.at, bill?.dueAt);
    },
    was: 7,
    is: 9,
  },
  {
    field: 'reviews.round.openFields',
    to: { 'reviews/round/openFields': ['lines'] },
    sees: (policy) => revised(new OrderUnder(policy)),
    was: 'locked_under_review',
    is: 'applied',
  },
  {
    field: 'reviews.round.openFields = all',
    to: { 'reviews/round/openFields': 'all' },
    sees: (policy) => revised(new OrderUnder(policy)),
    was: 'locked_under_review',
    is: 'applied',
  },
  ...(['resume', 'walk_again'] as const).map((afterReturn): Case => ({
    field: `reviews.round.afterReturn = ${afterReturn}`,
    from: { 'reviews/round/afterReturn': afterReturn === 'resume' ? 'walk_again' : 'resume' },
    to: { 'reviews/round/afterReturn': afterReturn },
    sees: (policy) => {
      const order = new OrderUnder(policy, C);
      order.decide('review.sales', 'approve');
      order.decide('review.management', 'return', { reasonCode: 'price' });
      revised(order);
      return approvalsOf(order.dossier).map(({ task }) => task);
    },
    was: afterReturn === 'resume' ? [] : ['review.sales'],
    is: afterReturn === 'resume' ? ['review.sales'] : [],
  })),
  ...(['asks', 'passes'] as const).map((sameApprover): Case => ({
    field: `reviews.round.sameApprover = ${sameApprover}`,
    from: {
      'tasks/review.management/separateFrom': ['taker'],
      'reviews/round/sameApprover': sameApprover === 'asks' ? 'passes' : 'asks',
    },
    to: { 'reviews/round/sameApprover': sameApprover },
    sees: (policy) => {
      const order = new OrderUnder(policy, C);
      order.decide('review.sales', 'approve', {}, user('both', 'sales', ...policy.tasks['review.management'].roles));
      return order.kinds.includes('levelSkipped');
    },
    was: sameApprover === 'asks',
    is: sameApprover === 'passes',
  })),
  {
    field: 'release.rows.*.upToFen',
    to: { 'release/rows/0/upToFen': 1_000_000_00 },
    sees: (policy) => rolesOf(releaseAsked(policy).task('release.balance')),
    was: ['director'],
    is: ['finance_lead'],
  },
  {
    field: 'release.rows.*.role',
    to: { 'release/rows/1/role': 'general_manager', 'tasks/release.balance/roles': ['finance_lead'] },
    sees: (policy) => rolesOf(releaseAsked(policy).task('release.balance')),
    was: ['director'],
    is: ['general_manager'],
  },
  {
    field: 'release.expiresAfter',
    to: { 'release/expiresAfter': 'P2D' },
    sees: (policy) => {
      const order = releaseAsked(policy);
      order.decide('release.balance', 'approve');
      return daysBetween(order.machine.now, order.dossier.clearance.release?.expiresAt);
    },
    was: 7,
    is: 2,
  },
  {
    field: 'contracts.signedByBothSides',
    to: { 'contracts/signedByBothSides': false },
    sees: (policy) =>
      new OrderUnder(policy, { intake: intake({ kind: 'contract' }) }).filed.some(
        ({ fact }) => fact.kind === 'taskOpened' && fact.task.kind === 'contract.draft',
      ),
    was: true,
    is: false,
  },
  {
    field: 'holds.*.releasedBy',
    to: { 'holds/forced/releasedBy': ['legal'] },
    sees: (policy) => {
      const order = new OrderUnder(policy);
      order.tell({ kind: 'holdPlaced', reason: 'forced' });
      return rolesOf(order.task('hold.lift'));
    },
    was: ['sales_director', 'finance_lead'],
    is: ['legal'],
  },
  {
    field: 'holds.*.liftsWhen = paid_in_full',
    to: { 'holds/guarantee/liftsWhen': 'paid_in_full' },
    sees: (policy) => holdsAfter(policy, paysAll),
    was: ['guarantee'],
    is: [],
  },
  {
    field: 'holds.*.liftsWhen = signed_paper',
    to: { 'holds/guarantee/liftsWhen': 'signed_paper' },
    sees: (policy) => holdsAfter(policy, (order) => order.tell({ kind: 'confirmationReturned', revision: 1 })),
    was: ['guarantee'],
    is: [],
  },
  {
    field: 'holds.*.liftsWhen = filed',
    to: { 'holds/guarantee/liftsWhen': 'filed' },
    sees: (policy) =>
      holdsAfter(policy, (order) =>
        order.tell({ kind: 'attachmentFiled', attachmentId: 'a', purpose: 'guarantee' }, user('u9', 'finance_lead')),
      ),
    was: ['guarantee'],
    is: [],
  },
  {
    field: 'holds.*.filedBy',
    to: { 'holds/recipe_confirmation/filedBy': ['legal'] },
    sees: (policy) => filesRecipe(policy, user('u9', 'legal')),
    was: ['not_a_candidate', ['recipe_confirmation']],
    is: ['applied', []],
  },
  {
    field: 'holds.*.takerFiles',
    to: { 'holds/recipe_confirmation/takerFiles': true },
    sees: (policy) => filesRecipe(policy, user('u0', 'sales')),
    was: ['four_eyes', ['recipe_confirmation']],
    is: ['applied', []],
  },
  {
    field: 'holds.*.isCondition',
    to: { 'holds/price/isCondition': true },
    sees: (policy) =>
      new OrderUnder(policy).decide('review.sales', 'approve_with_conditions', { conditions: ['price'] }),
    was: 'unknown_condition',
    is: 'applied',
  },
  {
    field: 'lateCancellationBy',
    to: { lateCancellationBy: 'general_manager', 'tasks/cancellation.approve/roles': ['general_manager'] },
    sees: (policy) => {
      const order = new OrderUnder(policy, { ...made, ...B }, 'none').until('in_production');
      order.tell({ kind: 'cancellationRequested', reasonCode: 'not_wanted', costFen: 1 }, user('u9', 'sales'));
      return rolesOf(order.task('cancellation.approve'));
    },
    was: ['sales_director'],
    is: ['general_manager'],
  },
  {
    field: 'confirmedAfter',
    to: { confirmedAfter: 'P5D' },
    sees: (policy) => {
      const order = new OrderUnder(policy, B).until('delivered');
      const { clock } = order.dossier.worklist.clocks[`delivery ${order.shipmentNo}`] ?? {};
      return daysBetween(clock?.startedAt, clock?.rungs[0]?.at);
    },
    was: 7,
    is: 5,
  },
  {
    field: 'archivedAfter',
    to: { archivedAfter: 'P3D' },
    sees: (policy) => {
      const { clock } = toSettlement(policy).dossier.worklist.clocks['archive'] ?? {};
      return daysBetween(clock?.startedAt, clock?.rungs[0]?.at);
    },
    was: 7,
    is: 3,
  },
  {
    field: 'unclaimedAfter',
    to: { unclaimedAfter: 'P20D' },
    sees: (policy) => {
      const order = new OrderUnder(policy, B).until('shipped_out');
      order.tell({ kind: 'carrierEventReceived', event: 'arrived' }, { kind: 'carrier' }, order.shipmentNo);
      order.pass(16 * 24);
      return order.statuses.has('dead');
    },
    was: true,
    is: false,
  },
  {
    field: 'backdating',
    to: { backdating: 'P50D' },
    sees: (policy) => {
      const paid = { kind: 'paymentReceived', paymentId: 'p', amountFen: 1, method: 'bank' } as const;
      const told = new OrderUnder(policy).tell({ ...paid, happenedAt: '2026-10-10T00:00:00.000Z' });
      // Its shipment is told by itself, and has the same bound.
      const order = new OrderUnder(policy).until('shipped_out').pass(45 * 24);
      const happenedAt = addElapsed(order.machine.now, -40 * 24 * hour);
      const moves = { kind: 'carrierEventReceived', event: 'in_transit', happenedAt } as const;
      return [told, order.tell(moves, { kind: 'carrier' }, order.shipmentNo)];
    },
    was: ['too_far_back', 'too_far_back'],
    is: ['applied', 'applied'],
  },
];

const ofTasks: readonly Case[] = [
  {
    field: 'tasks.*.roles',
    to: { 'tasks/review.sales/roles': ['legal'] },
    sees: (policy) => new OrderUnder(policy).decide('review.sales', 'approve', {}, user('x', 'legal')),
    was: 'not_a_candidate',
    is: 'applied',
  },
  {
    field: 'tasks.*.alsoSalesperson',
    to: { 'tasks/review.sales/alsoSalesperson': true },
    sees: (policy) => new OrderUnder(policy).decide('review.sales', 'approve', {}, user('li')),
    was: 'not_a_candidate',
    is: 'applied',
  },
  {
    field: 'tasks.*.due',
    to: { 'tasks/review.sales/due': 'working PT7H' },
    sees: (policy) => new OrderUnder(policy).task('review.sales').dueAt,
    was: '2026-11-24T02:00:00.000Z',
    is: '2026-11-23T10:00:00.000Z',
  },
  {
    field: 'tasks.*.ladder',
    to: { 'tasks/review.sales/ladder/0/after': 'working PT1H' },
    sees: (policy) => {
      const order = new OrderUnder(policy);
      const { id } = order.task('review.sales');
      return order.pass(1).rang(id).length;
    },
    was: 0,
    is: 1,
  },
  ...(['approve', 'approve_with_conditions', 'return', 'reject', 'ask'] as const).map((outcome): Case => ({
    field: `tasks.*.outcomes = ${outcome}`,
    from: { 'tasks/review.sales/outcomes': outcome === 'approve' ? ['reject'] : ['approve'] },
    to: { 'tasks/review.sales/outcomes': [outcome] },
    sees: (policy) => new OrderUnder(policy).decide('review.sales', outcome, { reasonCode: 'scope' }),
    was: 'outcome_not_offered',
    is: 'applied',
  })),
  {
    field: 'tasks.*.outcomes = done',
    from: { 'tasks/deposit.ask/outcomes': ['reject'] },
    to: { 'tasks/deposit.ask/outcomes': ['done', 'reject'] },
    sees: (policy) => {
      const order = new OrderUnder(policy, B).until('awaiting_confirmation');
      order.tell({ kind: 'confirmationReturned', revision: 1 });
      return order.pass(25).decide('deposit.ask', 'done');
    },
    was: 'outcome_not_offered',
    is: 'applied',
  },
  {
    field: 'tasks.*.outcomes = wrong',
    from: { 'tasks/shipment.check/outcomes': ['done'] },
    to: { 'tasks/shipment.check/outcomes': ['done', 'wrong'] },
    sees: (policy) => {
      const order = new OrderUnder(policy, B).until('ready_to_ship');
      order.decide('shipment.pick', 'done');
      return order.decide('shipment.check', 'wrong', { reasonCode: 'wrong_item' });
    },
    was: 'outcome_not_offered',
    is: 'applied',
  },
  {
    field: 'tasks.*.separateFrom = taker',
    from: { 'tasks/review.sales/separateFrom': [] },
    to: { 'tasks/review.sales/separateFrom': ['taker'] },
    sees: (policy) => new OrderUnder(policy).decide('review.sales', 'approve', {}, user('u0', 'sales')),
    was: 'applied',
    is: 'four_eyes',
  },
  {
    field: 'tasks.*.separateFrom',
    from: { 'tasks/review.management/separateFrom': [] },
    to: { 'tasks/review.management/separateFrom': ['review.sales'] },
    sees: (policy) => {
      const order = new OrderUnder(policy, C);
      order.decide('review.sales', 'approve', {}, user('both', 'sales'));
      const roles = rolesOf(order.task('review.management'));
      return order.decide('review.management', 'approve', {}, user('both', ...roles));
    },
    was: 'applied',
    is: 'four_eyes',
  },
  ...(['salesperson', 'taker'] as const).map((of): Case => ({
    field: `tasks.*.superior.of = ${of}`,
    to: { 'tasks/review.sales/superior': { of } },
    sees: (policy) => superiorsAsked(policy),
    was: [],
    is: [{ superiorOf: of === 'taker' ? 'u0' : 'li' }],
  })),
  {
    field: 'tasks.*.superior.until',
    from: { 'tasks/review.sales/superior': { of: 'taker' } },
    to: { 'tasks/review.sales/superior': { of: 'taker', until: 'director' } },
    sees: (policy) => superiorsAsked(policy),
    was: [{ superiorOf: 'u0' }],
    is: [{ superiorOf: 'u0', until: 'director' }],
  },
  {
    field: 'tasks.*.signing.slots',
    to: signing({}),
    sees: (policy) => new OrderUnder(policy).task('review.sales').slots.length,
    was: 1,
    is: 2,
  },
  {
    field: 'tasks.*.signing.slots = salesperson',
    from: signing({ slots: [['sales', 'sales_supervisor']], needed: 1 }),
    to: signing({ slots: [['sales', 'sales_supervisor', 'salesperson']], needed: 1 }),
    sees: (policy) => new OrderUnder(policy).decide('review.sales', 'approve', {}, user('li')),
    was: 'not_a_candidate',
    is: 'applied',
  },
  {
    field: 'tasks.*.signing.needed',
    from: signing({ needed: 2 }),
    to: signing({ needed: 1 }),
    sees: (policy) => {
      const order = new OrderUnder(policy);
      signs(order, 'sales');
      return levelsHaveApproved(order.dossier);
    },
    was: false,
    is: true,
  },
  {
    field: 'tasks.*.signing.inSequence',
    from: signing({}),
    to: signing({ inSequence: true }),
    sees: (policy) => signs(new OrderUnder(policy), 'sales_supervisor'),
    was: 'applied',
    is: 'not_your_turn',
  },
  ...(['ends', 'counts', 'passes_on'] as const).map((onRejection): Case => {
    const rules = { needed: 1, inSequence: true };
    const after = { ends: 'rejected', counts: 'pending_review', passes_on: 'pending_review' } as const;
    const other = onRejection === 'ends' ? 'counts' : 'ends';
    return {
      field: `tasks.*.signing.onRejection = ${onRejection}`,
      from: signing({ ...rules, onRejection: other }),
      to: signing({ ...rules, onRejection }),
      sees: (policy) => {
        const order = new OrderUnder(policy);
        signs(order, 'sales', 'reject');
        return order.dossier.status;
      },
      was: after[other],
      is: after[onRejection],
    };
  }),
  {
    field: 'tasks.*.fallback',
    to: { 'tasks/review.sales/fallback': ['legal'] },
    sees: (policy) => new OrderUnder(policy).task('review.sales').fallback,
    was: ['general_manager'],
    is: ['legal'],
  },
  ...(['materials', 'offeredOn'] as const).map((states): Case => ({
    field: `tasks.*.mustState = ${states}`,
    from: { 'tasks/review.technical/mustState': undefined },
    to: { 'tasks/review.technical/mustState': [states] },
    sees: (policy) => {
      const order = new OrderUnder(policy, made);
      order.decide('review.sales', 'approve');
      return order.decide('review.technical', 'approve');
    },
    was: 'applied',
    is: states === 'materials' ? 'materials_required' : 'date_required',
  })),
  {
    field: 'tasks.*.reasons',
    from: { 'tasks/review.sales/reasons': undefined },
    to: { 'tasks/review.sales/reasons': ['price'] },
    sees: (policy) => new OrderUnder(policy).decide('review.sales', 'return', { reasonCode: 'weather' }),
    was: 'applied',
    is: 'unknown_reason',
  },
  {
    field: 'tasks.*.team',
    from: { teams: { late: { hours: [{ from: '20:00', to: '24:00' }] } }, 'tasks/bill.review/team': 'late' },
    to: { 'tasks/review.sales/team': 'late' },
    sees: (policy) => new OrderUnder(policy).task('review.sales').dueAt,
    was: '2026-11-24T02:00:00.000Z',
    is: '2026-11-24T16:00:00.000Z',
  },
  {
    field: 'tasks.*.pausable',
    from: { 'tasks/review.sales/pausable': undefined },
    to: { 'tasks/review.sales/pausable': true },
    sees: (policy) => {
      const order = new OrderUnder(policy);
      return order.tell({ kind: 'taskPaused', taskId: order.task('review.sales').id }, user('x', 'sales'));
    },
    was: 'wrong_state',
    is: 'applied',
  },
];

const paysAll = (order: OrderUnder): void =>
  void order.tell({ kind: 'paymentReceived', paymentId: 'p', amountFen: 10_000_000_00, method: 'bank' });

/** The order changed in its lines: how the change stands. */
function revised(order: OrderUnder): string {
  const { terms, revision } = order.dossier.intake;
  return order.tell({ kind: 'orderRevised', terms, fromRevision: revision, changed: ['lines'] }, user('u0', 'sales'));
}

const superiorsAsked = (policy: Policy): readonly unknown[] =>
  new OrderUnder(policy)
    .task('review.sales')
    .slots.flatMap(({ candidates }) => candidates.filter((one) => 'superiorOf' in one));

describe('GV-3 a field of a policy', () => {
  test.each([...atTheDoor, ...onItsWay, ...ofTasks])('GV-3 $field acts', ({ from = {}, to, sees, was, is }) => {
    expect(sees(saved(from))).toEqual(was);
    expect(sees(saved({ ...from, ...to }))).toEqual(is);
    expect(is).not.toEqual(was);
  });

  test('GV-3 a policy counts in the calendar that it names', () => {
    const [china, always] = [loadPolicy('default'), loadPolicy('demo')];
    expect([china.policy.calendar, always.policy.calendar]).toEqual(['china', 'always']);
    expect(civilDate(china.calendar, monday)).toBe('2026-11-23');
    expect(addWorkingSeconds(china.calendar, '2026-11-21T02:00:00.000Z', hour)).toBe('2026-11-23T02:00:00.000Z');
    expect(addWorkingSeconds(always.calendar, '2026-11-21T02:00:00.000Z', hour)).toBe('2026-11-21T03:00:00.000Z');
  });
});

describe('GV-3 the ladder of a clock', () => {
  const first = (action: string): object => ({ after: 'PT1H', do: action, to: ['logistics'] });
  const until = (policy: Policy, status: 'approved' | 'awaiting_confirmation' | 'awaiting_balance' | 'shipped_out') =>
    new OrderUnder(policy, B).until(status, 'hold.lift');
  const customerHeld = (policy: Policy, gate: Gate): OrderUnder => {
    const order = new OrderUnder(policy, B);
    order.machine.customerHolds = [{ id: 'h', reason: 'forced', gates: [gate] }];
    order.tell({ kind: 'customerStatusChanged', suspended: false, holds: order.machine.customerHolds });
    order.decide('review.sales', 'approve');
    return order;
  };
  const customerSuspended = (policy: Policy): OrderUnder => {
    const order = new OrderUnder(policy, B);
    order.machine.isStopped = true;
    order.tell({ kind: 'customerStatusChanged', suspended: true, holds: [] });
    order.decide('review.sales', 'approve');
    return order;
  };
  /** An order under the policy that has just begun to wait for this. */
  const waiting: Readonly<Record<ClockName, (policy: Policy) => OrderUnder>> = {
    credit: customerSuspended,
    customer_hold: (policy) => customerHeld(policy, 'confirm'),
    returned: (policy) => {
      const order = new OrderUnder(policy, B);
      order.decide('review.sales', 'return', { reasonCode: 'price' });
      return order;
    },
    confirmation: (policy) => until(policy, 'awaiting_confirmation'),
    deposit: (policy) => {
      const order = until(policy, 'awaiting_confirmation');
      order.tell({ kind: 'confirmationReturned', revision: 1 });
      return order;
    },
    balance: (policy) => until(policy, 'awaiting_balance'),
    dispatch: (policy) => new OrderUnder(policy, B),
    transit: (policy) => until(policy, 'shipped_out'),
  };

  test.each(clockNames)('GV-3 the clock %s reminds when and whom its ladder says', (name) => {
    const told = (policy: Policy): readonly string[] =>
      waiting[name](policy)
        .pass(1)
        .rang(name)
        .flatMap(({ to }) => to);
    expect(told(saved({ [`clocks/${name}`]: [first('remind')] }))).toEqual(['logistics']);
    expect(told(saved({ [`clocks/${name}`]: [{ ...first('remind'), after: 'PT2H' }] }))).toEqual([]);
  });

  const lapsing = clockNames.filter((name) => waitActions[name].includes('lapse'));
  test.each(lapsing)('GV-3 the clock %s cancels the order where its ladder lapses', (name) => {
    const status = (action: string) =>
      waiting[name](saved({ [`clocks/${name}`]: [first(action)] })).pass(1).dossier.status;
    expect(status('lapse')).toBe('cancelled');
    expect(status('remind')).not.toBe('cancelled');
  });

  test.each([
    ['deposit', 'deposit.ask'],
    ['transit', 'shipment.trouble'],
  ] as const)('GV-3 a call of the clock %s opens the task %s', (name, kind) => {
    const opened = (action: string) => {
      const order = waiting[name](saved({ [`clocks/${name}`]: [{ ...first(action), to: rolesAsked[name] }] })).pass(1);
      return order.filed.some(({ fact }) => fact.kind === 'taskOpened' && fact.task.kind === kind);
    };
    expect([opened('call'), opened('remind')]).toEqual([true, false]);
  });
  const rolesAsked = { deposit: ['customer_service'], transit: ['logistics'] };

  test('GV-3 a task that lapses cancels the order', () => {
    const ladder = [
      { after: 'PT1H', do: 'remind', to: [] },
      { after: 'working PT8H', do: 'escalate', to: ['legal'] },
    ];
    const status = (...last: readonly object[]) =>
      new OrderUnder(saved({ 'tasks/review.sales/ladder': [...ladder, ...last] })).pass(48).dossier.status;
    expect(status({ after: 'working PT10H', do: 'lapse', to: [] })).toBe('cancelled');
    expect(status()).toBe('pending_review');
    expect(status({ after: 'working PT10H', do: 'send_back', to: [] })).toBe('returned');
  });

  test.each(['escalate', 'take_over'] as const)('GV-3 a rung that says %s lets whom it names decide', (action) => {
    const decided = (roles: readonly string[], hours: number) => {
      const ladder = [
        { after: 'working PT6H', do: 'remind', to: [] },
        { after: 'working PT8H', do: action, to: ['legal'] },
      ];
      const order = new OrderUnder(saved({ 'tasks/review.sales/ladder': ladder })).pass(hours);
      return order.decide('review.sales', 'approve', {}, user('x', ...roles));
    };
    expect(decided(['legal'], 1)).toBe('not_a_candidate');
    expect(decided(['legal'], 24)).toBe('applied');
    expect(decided(['sales'], 24)).toBe(action === 'escalate' ? 'applied' : 'not_a_candidate');
  });

  test('GV-3 a rung that notifies tells whom it names, by the notice it names', () => {
    const told = (notice: object) => {
      const ladder = [
        { after: 'PT1H', do: 'notify', to: ['legal'], ...notice },
        { after: 'working PT6H', do: 'remind', to: [] },
        { after: 'working PT8H', do: 'escalate', to: ['sales_director'] },
      ];
      const order = new OrderUnder(saved({ 'tasks/review.sales/ladder': ladder }));
      const facts = order.pass(2).rang(order.task('review.sales').id);
      return rowsOf(batch({ facts })).notices;
    };
    expect(told({})).toMatchObject([{ template: 'rung.notify', to: ['legal'] }]);
    expect(told({ notice: 'late.review' })).toMatchObject([{ template: 'late.review', to: ['legal'] }]);
  });
});

describe('GV-3 the gates of a hold', () => {
  const bought = [{ ...chair, supply: 'buy', availableNow: 0 } as const, table];
  const is =
    (kind: FactKind) =>
    (fact: EveryFact): boolean =>
      fact.kind === kind;
  const passes: Readonly<Record<Exclude<Gate, 'new_order'>, (fact: EveryFact) => boolean>> = {
    accept: is('creditReserved'),
    confirm: is('confirmationSent'),
    purchase: is('purchaseOrdered'),
    produce: is('productionOrdered'),
    ship: is('shipmentPlanned'),
    bill: isBill,
  };
  const shut = gates.filter((gate) => gate !== 'new_order');

  test.each(shut)('GV-3 a hold at the gate %s stops what passes it', (gate) => {
    const happens = (policy: Policy): boolean => {
      const itemId = gate === 'produce' ? 'TABLE' : 'CHAIR';
      const question = { ...B, intake: intake({ lines: [line({ itemId })] }), items: bought };
      const order = new OrderUnder(policy, question, 'none');
      order.tell({ kind: 'holdPlaced', reason: 'forced' });
      return order.until('completed', 'hold.lift').applied.some(passes[gate]);
    };
    expect(happens(saved({ 'holds/forced/gates': [gate] }))).toBe(false);
    expect(happens(saved({ 'holds/forced/gates': [gate === 'bill' ? 'accept' : 'bill'] }))).toBe(gate !== 'bill');
  });
});

describe('RV-1 a condition of a policy', () => {
  test.each<[string, string, unknown, OrderFacts, OrderFacts]>([
    ['totalFen', 'above', 100, { totalFen: 101 }, { totalFen: 100 }],
    ['totalFen', 'at_least', 100, { totalFen: 100 }, { totalFen: 99 }],
    ['totalFen', 'below', 100, { totalFen: 99 }, { totalFen: 100 }],
    ['totalFen', 'at_most', 100, { totalFen: 100 }, { totalFen: 101 }],
    ['discountBp', 'above', 100, { discountBp: 101 }, { discountBp: 100 }],
    ['discountBp', 'at_least', 100, { discountBp: 100 }, { discountBp: 99 }],
    ['discountBp', 'below', 100, { discountBp: 99 }, { discountBp: 100 }],
    ['discountBp', 'at_most', 100, { discountBp: 100 }, { discountBp: 101 }],
    ['grade', 'is', 'B', { grade: 'B' }, { grade: 'A' }],
    ['grade', 'is_not', 'B', { grade: 'A' }, { grade: 'B' }],
    ['channel', 'is', 'fax', { channel: 'fax' }, { channel: 'phone' }],
    ['channel', 'is_not', 'fax', { channel: 'phone' }, { channel: 'fax' }],
    ['kind', 'is', 'sample', { kind: 'sample' }, { kind: 'ordinary' }],
    ['kind', 'is_not', 'sample', { kind: 'ordinary' }, { kind: 'sample' }],
    ['hasMade', 'is', true, { hasMade: true }, { hasMade: false }],
    ['isRepeat', 'is', false, { isRepeat: false }, { isRepeat: true }],
    ['flags', 'any_of', ['arrears'], { flags: ['arrears'] }, { flags: ['short_stock'] }],
    ['flags', 'any_of', 'all', { flags: ['arrears'] }, { flags: [] }],
    ['flags', 'none_of', ['arrears'], { flags: ['short_stock'] }, { flags: ['arrears'] }],
    ['flags', 'none_of', 'all', { flags: [] }, { flags: ['arrears'] }],
  ])('RV-1 the condition %s %s holds for some facts and for others not', (field, operator, value, some, others) => {
    const when = [{ field, operator, value }];
    const waiver = { rule: 'waived', note: { zh: '某', en: 'some' }, when };
    const asking = saved({ 'reviews/rows/0/when': when }).reviews.rows[0];
    const [lifting] = saved({ 'reviews/waivers': [waiver], 'reviews/rows': [everyOrder] }).reviews.waivers;
    for (const row of [asking, lifting]) {
      expect(row?.when).toEqual(when as readonly Condition[]);
      const holds = [some, others].map((facts) => row && evaluate(row, facts).holds);
      expect(holds).toEqual(['yes', 'no']);
    }
  });

  test('RV-1 a fact of the order that a condition asks for is that of the order', () => {
    const { facts } = ask({ ...B, ...made, creditNow: null }).explanation;
    const total = { totalFen: ask(made).terms.totals.totalFen, discountBp: 0 };
    const others = { grade: 'B', channel: 'phone', kind: 'ordinary', hasMade: true, isRepeat: true };
    expect(facts).toEqual({ ...total, ...others, flags: ['credit_unknown'] });
  });
});

describe('HT-12 what an approval is bound to', () => {
  const other: Readonly<Record<ReviewInput, Partial<TermsQuestion>>> = {
    items: { intake: intake({ lines: [line({ itemId: 'TABLE' })] }) },
    quantities: { intake: intake({ lines: [line({ quantity: 11 })] }) },
    prices: { intake: intake({ lines: [line({ unitPriceFen: 101_00 })] }) },
    specifications: { intake: intake({ lines: [line({ specification: 'oak' })] }) },
    total: { intake: intake({ freightFen: 1 }) },
    customer: { customer: customer({ id: 'C-2' }) },
    grade: B,
    paymentTerms: { customer: customer({ paymentTermDays: 60 }) },
    wishedOn: { intake: intake({ deliveryWish: { date: '2026-12-24', method: 'express', window: null } }) },
    delivery: { intake: intake({ deliveryWish: { date: null, method: 'own_truck', window: null } }) },
    specialRequirements: { intake: intake({ specialRequirements: 'red' }) },
    flags: { items: [{ ...chair, availableNow: 9 }, table] },
  };
  test.each(reviewInputs)(
    'HT-12 an approval that is bound to %s falls with it, and with nothing else alone',
    (input) => {
      const policy = saved({ 'reviews/inputs/review.sales': [input] });
      const bound = (but: Partial<TermsQuestion>) => ask({ ...but, policy }).terms.reviews[0]?.fingerprint;
      expect(bound(other[input])).not.toBe(bound({}));
      expect(bound({ intake: intake({ contact: 'somebody else' }) })).toBe(bound({}));
      const unbound = saved({ 'reviews/inputs/review.sales': [input === 'grade' ? 'delivery' : 'grade'] });
      const free = (but: Partial<TermsQuestion>) => ask({ ...but, policy: unbound }).terms.reviews[0]?.fingerprint;
      expect(free(other[input])).toBe(free({}));
    },
  );
});

describe('HT-8 a field of a calendar', () => {
  const { calendar } = loadPolicy('default');
  const friday = '2026-11-20T09:00:00.000Z';
  test.each<{ field: keyof Calendar; to: Partial<Calendar>; sees: (one: Calendar) => unknown; is: unknown }>([
    {
      field: 'offsetMinutes',
      to: { offsetMinutes: -300 },
      sees: (one) => civilDate(one, '2026-11-23T02:00:00.000Z'),
      is: '2026-11-22',
    },
    {
      field: 'hours',
      to: { hours: [{ from: '09:00', to: '17:30' }] },
      sees: (one) => addWorkingSeconds(one, friday, hour),
      is: '2026-11-23T01:30:00.000Z',
    },
    {
      field: 'weekend',
      to: { weekend: [0] },
      sees: (one) => addWorkingDays(one, friday, 1),
      is: '2026-11-21T09:00:00.000Z',
    },
    {
      field: 'holidays',
      to: { holidays: ['2026-11-23'] },
      sees: (one) => addWorkingDays(one, friday, 1),
      is: '2026-11-24T09:00:00.000Z',
    },
    {
      field: 'workdays',
      to: { workdays: ['2026-11-22'] },
      sees: (one) => addWorkingDays(one, friday, 1),
      is: '2026-11-22T09:00:00.000Z',
    },
    {
      field: 'knownUntil',
      to: { knownUntil: '2026-11-01' },
      sees: (one) => calendarKnows(one, '2026-11-23'),
      is: false,
    },
  ])('HT-8 $field of a calendar acts', ({ to, sees, is }) => {
    expect(sees({ ...calendar, ...to })).toBe(is);
    expect(sees(calendar)).not.toBe(is);
  });
});
