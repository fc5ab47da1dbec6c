import { totalsOf } from './intake/amounts';
import { type CapacityFit, capacityFit, type CapacityNow } from './production/capacity';
import { type Completeness, completenessOf } from './intake/completeness';
import type { Saw } from './policy/conditions';
import { canonicalJson, sha256 } from './filing/digest';
import { type DurationText, parseDuration } from './policy/duration';
import { fingerprint } from './review/fingerprint';
import { type Flag, flagsOf } from './policy/flags';
import { clockNames, type ClockName, type Terms, type Totals } from '../inside/intake/terms';
import { addCivilDays, type Calendar, civilDate } from '../inside/kernel/calendar';
import type { Duration, Rung } from '../inside/kernel/ladder';
import { percentOf } from '../inside/kernel/money';
import type { CivilDate, Fen, Grade, Instant } from '../inside/kernel/vocabulary';
import type { TaskTerms } from '../inside/kernel/worklist/terms';
import { type TaskKind, taskKinds } from '../inside/processes';
import { type Offer, offerFor } from './confirmation/offer';
import type { CreditNow, CustomerNow, ItemNow, OrderIntake } from './intake/order-intake';
import { type GradeRow, type LadderRow, type OrderFacts, type Policy, type SmallOrderRow } from './policy/policy';
import { agreedSince, type Entered } from './intake/promotion-day';
import type { Promotion } from './intake/promotions';
import { type Restriction, restrictionsOn } from './intake/restrictions';
import { type ReviewPlan, reviewPlan } from './review/review-plan';

export interface TermsQuestion {
  readonly intake: OrderIntake;
  /** Null: not in the library yet; grade C is assumed. */
  readonly customer: CustomerNow | null;
  /** At least those that the lines name. */
  readonly items: readonly ItemNow[];
  /** Null: could not be looked up. */
  readonly creditNow: CreditNow | null;
  /** Those that may concern it; absent: not looked up. */
  readonly restrictions?: readonly Restriction[];
  /** The one that the intake names; null: there is none of that name; absent: not looked up. */
  readonly promotion?: Promotion | null;
  /** The order at its earlier revisions, the oldest first; absent: it is new. */
  readonly earlier?: readonly Entered[];
  /** What production can do; absent: not looked up. */
  readonly capacity?: CapacityNow;
  readonly policy: Policy;
  readonly calendar: Calendar;
  readonly now: Instant;
}

/** Which rule led to which term and what it saw (design rule 4); kept with the terms, shown by `explain`. */
export interface TermsExplanation {
  readonly facts: OrderFacts;
  readonly gradeIsAssumed: boolean;
  readonly flags: readonly Flag[];
  readonly reviews: ReviewPlan;
  readonly deposit: { readonly rule: string; readonly saw: Saw };
  readonly offer: Offer;
  /** How long after its approval the confirmation goes out (CF-1, IN-8). */
  readonly confirmationWithin: DurationText;
  readonly paymentTermFrom: 'customer' | 'policy';
}

/** What one order must go through, by a policy: pure, so the same question always has the same answer (EX-2). */
export function termsFor(question: TermsQuestion): { readonly terms: Terms; readonly explanation: TermsExplanation } {
  const { intake, customer, policy, calendar, now } = question;
  const grade = customer?.grade ?? 'C';
  const complete = completenessOf(intake, question);
  const totals = totalsOf(complete.lines, complete.freightFen);
  const money = moneyRules(policy, grade, { totals, intake });
  const fit = fitOf(question, complete.lines);
  const firstPossibleOn = fit?.firstPossibleOn ?? null;
  const offer = offerFor(policy.promise, complete.lines.map(promised), { now, calendar, firstPossibleOn });
  const flags = flagsOf(policy.flags, flagFacts(question, { complete, offer, fit, exposureFen: money.exposureFen }));
  const facts = orderFacts(intake, { grade, complete, totals, flags });
  const reviews = reviewPlan(policy.reviews, facts);
  const { row } = money;
  const unreviewed: Omit<Terms, 'reviews'> = {
    ...timesOf(policy),
    policy: { name: policy.name, version: policy.version, hash: '' },
    grade,
    ...whoseOrder(customer),
    salespersonId: intake.salespersonId ?? customer?.salespersonId ?? intake.takenBy,
    lines: complete.lines.map(({ line, item, quantity, netFen, taxFen }) => ({
      line,
      itemId: item.id,
      quantity,
      netFen,
      taxFen,
      supply: item.supply,
    })),
    totals,
    ...(facts.discountBp === undefined ? {} : { discountBp: facts.discountBp }),
    review: policy.reviews.round,
    missing: [...complete.missing, ...money.missing],
    depositFen: money.depositFen,
    exposureFen: money.exposureFen,
    startsAtOnce: row.startsAtOnce,
    balanceBeforeShipment: money.balanceBeforeShipment,
    smallOrderPath: money.path,
    ships: intake.deliveryWish?.inParts === true ? 'as_ready' : 'together',
    ...(intake.kind === 'contract' && policy.contracts?.signedByBothSides === true ? { contract: true as const } : {}),
    specialWishes: (intake.specialRequirements ?? '').trim() !== '',
    offeredOn: offer.offeredOn,
    wishedOn: complete.wishedOn,
    slide: row.slide,
    confirmationWithin: parseDuration(policy.confirmation.sentWithin),
    paymentTerm: paymentTerm(customer, row),
    clocks: clocksOf(policy, money.small),
    calendar: recentCalendar(calendar, now),
  };
  const reviewed = { terms: unreviewed, intake, flags: flags.map(({ flag }) => flag) };
  const terms: Terms = {
    ...unreviewed,
    reviews: reviews.levels.map((level) => ({
      ...level,
      evidence: withFlags(level.evidence, flags),
      fingerprint: fingerprint(policy.reviews.inputs[level.task], reviewed),
    })),
  };
  return {
    terms: { ...terms, policy: { ...terms.policy, hash: termsHash(terms) } },
    explanation: {
      facts,
      gradeIsAssumed: customer === null,
      flags,
      reviews,
      deposit: money.explained,
      offer,
      confirmationWithin: policy.confirmation.sentWithin,
      paymentTermFrom: (customer?.paymentTermDays ?? 0) > 0 ? 'customer' : 'policy',
    },
  };
}

/** Of which customer, and what the books say of him now. */
const whoseOrder = (customer: CustomerNow | null): Pick<Terms, 'customerId' | 'customer'> => ({
  customerId: customer?.id ?? null,
  ...(customer?.standing === undefined ? {} : { customer: customer.standing }),
});

/** A hash over everything the terms say but the hash itself (V7): what was approved is what is carried out. */
export function termsHash(terms: Terms): string {
  const { hash: _own, ...policy } = terms.policy;
  return sha256(canonicalJson({ ...terms, policy }));
}

/** What a rule about flags saw is what the flags saw: the reviewer reads it with his task (HT-16). */
function withFlags(saw: Saw, flags: readonly Flag[]): Saw {
  if (saw['flags'] === undefined) return saw;
  const details = flags.flatMap(({ flag, saw: seen }) =>
    Object.entries(seen).map(([name, value]) => [`${flag}.${name}`, value] as const),
  );
  return { ...saw, ...Object.fromEntries(details) };
}

interface MoneyRules {
  readonly row: GradeRow;
  readonly path: Terms['smallOrderPath'];
  readonly small: SmallOrderRow | null;
  readonly depositFen: Fen;
  readonly balanceBeforeShipment: boolean;
  /** What would be owed after the goods have gone (HG-3); a guarantor, a carrier or the till covers a small order. */
  readonly exposureFen: Fen;
  readonly missing: readonly string[];
  readonly explained: { readonly rule: string; readonly saw: Saw };
}

/** Deposit and balance by grade (CF-4, BL-1), or by the path that was picked for a small order (CF-5). */
function moneyRules(
  policy: Policy,
  grade: Grade,
  { totals: { totalFen }, intake }: { readonly totals: Totals; readonly intake: OrderIntake },
): MoneyRules {
  const row = policy.grades[grade];
  const picked = intake.smallOrderPath;
  const offered = picked !== null && totalFen < policy.smallOrders.belowFen && policy.smallOrders.paths[picked].offered;
  const path = offered ? picked : null;
  const small = path === null ? null : policy.smallOrders.paths[path];
  const depositBp = small?.depositBp ?? row.depositBp;
  const depositFen = percentOf(totalFen, depositBp);
  const balanceBeforeShipment = small?.balanceBeforeShipment ?? row.balanceBeforeShipment;
  return {
    row,
    path,
    small,
    depositFen,
    balanceBeforeShipment,
    exposureFen: balanceBeforeShipment || small !== null ? 0 : totalFen - depositFen,
    missing: picked !== null && !offered ? ['smallOrderPath'] : [],
    explained: { rule: path === null ? `grade ${grade}` : `small order: ${path}`, saw: { grade, totalFen, depositBp } },
  };
}

function fitOf({ capacity, calendar, now }: TermsQuestion, lines: Completeness['lines']): CapacityFit | undefined {
  return capacity && capacityFit(capacity, lines, { today: civilDate(calendar, now), calendar });
}

function promised({ item, quantity }: Completeness['lines'][number]) {
  return { supply: item.supply, quantity, leadDays: item.leadDays, availableNow: item.availableNow };
}

function flagFacts(
  { intake, customer, creditNow, restrictions = [], promotion, earlier = [], policy, calendar, now }: TermsQuestion,
  {
    complete,
    offer,
    fit,
    exposureFen,
  }: {
    readonly complete: Completeness;
    readonly offer: Offer;
    readonly fit: CapacityFit | undefined;
    readonly exposureFen: Fen;
  },
) {
  const today = civilDate(calendar, now);
  return {
    restrictions: restrictionsOn(restrictions, {
      customerId: customer?.id ?? null,
      itemIds: intake.lines.flatMap(({ itemId }) => itemId ?? []),
      address: intake.address,
      today,
    }),
    promotion: intake.promotion === null ? undefined : promotion,
    on: promotionDay(intake, { earlier, promotion, policy, today }),
    credit:
      customer === null
        ? null
        : {
            limitFen: customer.creditLimitFen,
            exposureFen,
            now: creditNow,
            assessed: customer.creditAssessed ?? true,
          },
    lines: complete.lines,
    address: intake.address,
    wishedOn: complete.wishedOn,
    offeredOn: offer.byLeadTimeOn,
    capacity: fit,
    hasSpecialRequirements: (intake.specialRequirements ?? '').trim() !== '',
  };
}

/** A promotion is judged by the day of the order, unless what it is for has changed since (RV-3). */
function promotionDay(
  intake: OrderIntake,
  {
    earlier,
    promotion,
    policy,
    today,
  }: Required<Pick<TermsQuestion, 'earlier' | 'policy'>> & {
    readonly promotion: TermsQuestion['promotion'];
    readonly today: CivilDate;
  },
): CivilDate {
  if (earlier.length === 0) return dayOfOrder(intake, policy, today);
  const since = agreedSince(intake, { earlier, promotion });
  if (since === null) return today;
  return since.isFirst ? dayOfOrder(intake, policy, since.on) : since.on;
}

/** An order may have been taken before it is entered, as long as policy lets facts be late; else it is of the day it is entered (HG-4). */
function dayOfOrder({ orderedOn }: OrderIntake, policy: Policy, today: CivilDate): CivilDate {
  const earliest = addCivilDays(today, -Math.ceil(backdatingSeconds(policy) / 86_400));
  return orderedOn === undefined || orderedOn > today || orderedOn < earliest ? today : orderedOn;
}

function backdatingSeconds({ backdating }: Policy): number {
  const length = parseDuration(backdating);
  return length.kind === 'workingDays' ? length.days * 86_400 : length.seconds;
}

/** What the rules see. An order without a complete line has no known amount: rules about it fail closed. */
function orderFacts(
  intake: OrderIntake,
  seen: {
    readonly grade: Grade;
    readonly complete: Completeness;
    readonly totals: Totals;
    readonly flags: readonly Flag[];
  },
): OrderFacts {
  const { lines } = seen.complete;
  return {
    grade: seen.grade,
    channel: intake.channel,
    kind: intake.kind,
    flags: seen.flags.map(({ flag }) => flag),
    ...(lines.length === 0 || lines.length < intake.lines.length
      ? {}
      : {
          totalFen: seen.totals.totalFen,
          discountBp: Math.max(...lines.map(({ discountBp }) => discountBp)),
          hasMade: lines.some(({ item }) => item.supply === 'make'),
          isRepeat: lines.every(({ item }) => item.usualQuantity !== null),
        }),
  };
}

function paymentTerm(customer: CustomerNow | null, row: GradeRow): Duration {
  const days = customer?.paymentTermDays ?? 0;
  return days > 0 ? { kind: 'elapsed', seconds: days * 86_400 } : parseDuration(row.paymentTerm);
}

/** The parts of the terms that are the policy's own, compiled. */
function timesOf(policy: Policy) {
  return {
    releaseBy: policy.release.rows,
    specialCredit: policy.credit.specialBy,
    holds: policy.holds,
    releaseExpiresAfter: parseDuration(policy.release.expiresAfter),
    tasks: eachOf(taskKinds, (kind) => taskTerms(policy, kind)),
    collectionLadder: compile(policy.collection.ladder),
    confirmedAfter: parseDuration(policy.confirmedAfter),
    archivedAfter: parseDuration(policy.archivedAfter),
    unclaimedAfter: parseDuration(policy.unclaimedAfter),
    backdatingSeconds: backdatingSeconds(policy),
    lateCancellationBy: policy.lateCancellationBy,
    ...(policy.teams === undefined ? {} : { teams: policy.teams }),
  };
}

function taskTerms(policy: Policy, kind: TaskKind): TaskTerms {
  const { due, ladder, ...row } = policy.tasks[kind];
  return { ...row, due: parseDuration(due), ladder: compile(ladder) };
}

function clocksOf(policy: Policy, small: SmallOrderRow | null): Terms['clocks'] {
  return eachOf(clockNames, (name) =>
    compile(name === 'dispatch' && small?.dispatch ? small.dispatch : policy.clocks[name]),
  );
}

function compile(rows: readonly LadderRow[]): readonly Rung[] {
  return rows.map(({ after, ...row }) => ({ ...row, after: parseDuration(after) }));
}

/** The calendar as an order needs it: small, because it travels with every history; back to a month ago, for what is entered late. */
function recentCalendar(calendar: Calendar, now: Instant): Calendar {
  const since = addCivilDays(civilDate(calendar, now), -31);
  const recent = (dates: readonly string[]): readonly string[] => dates.filter((date) => date >= since);
  return { ...calendar, holidays: recent(calendar.holidays), workdays: recent(calendar.workdays) };
}

function eachOf<Name extends TaskKind | ClockName, Value>(
  names: readonly Name[],
  value: (name: Name) => Value,
): Record<Name, Value> {
  // Object.fromEntries forgets the union of its keys; the names are all of it by their type.
  return Object.fromEntries(names.map((name) => [name, value(name)])) as Record<Name, Value>;
}
