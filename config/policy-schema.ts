import { z } from 'zod';
import { parseDuration } from '../domain/duration';
import { gates, grades, roles } from '../domain/inside/kernel/vocabulary';
import { outcomes, statements } from '../domain/inside/kernel/worklist/terms';
import { taskKinds } from '../domain/inside/processes';
import { channels, intakeFields, orderKinds, smallOrderPaths } from '../domain/order-intake';
import { reviewInputs } from '../domain/fingerprint';
import { flagNames, reviewTasks } from '../domain/policy';
import { clockNames } from '../domain/inside/intake/terms';
import { shifts, wallTime } from './calendar-schema';

/** What policies and calendars are called in `config/`. */
export const fileName = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be a name in small letters');

/** What a text says of a time; undefined where it says none. */
function readDuration(text: string) {
  try {
    return parseDuration(text);
  } catch {
    return undefined;
  }
}

const duration = z.string().superRefine((text, context) => {
  try {
    parseDuration(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'no duration' });
  }
});

/** Who is told something a day late is not told of it any more. */
const waitingTime = duration.refine(
  (text) => {
    const length = readDuration(text);
    return length?.kind === 'elapsed' && length.seconds >= 0 && length.seconds <= 86_400;
  },
  { error: 'must be a time such as PT10M, of a day at most; PT0S: at once' },
);

const role = z.enum(roles);
const task = z.enum(taskKinds);
const fen = z.int().min(0);
const basisPoints = z.int().min(0).max(10_000);
const words = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const notice = z.string().regex(/^[a-z][a-z0-9_.]{0,60}$/);
export const ruleName = z.string().regex(/^[a-z][a-z0-9_]{0,60}$/, 'must be a name such as total_above_10000');

export const ladderRow = z.strictObject({
  after: duration,
  do: z.enum(['remind', 'escalate', 'take_over', 'send_back', 'notify', 'call', 'suspend', 'legal', 'lapse']),
  to: z.array(role),
  notice: notice.exactOptional(),
});
const ladder = z.array(ladderRow).min(1);

export const condition = z.discriminatedUnion('field', [
  z.strictObject({
    field: z.enum(['totalFen', 'discountBp']),
    operator: z.enum(['above', 'at_least', 'below', 'at_most']),
    value: fen,
  }),
  z.strictObject({ field: z.literal('grade'), operator: z.enum(['is', 'is_not']), value: z.enum(grades) }),
  z.strictObject({ field: z.literal('channel'), operator: z.enum(['is', 'is_not']), value: z.enum(channels) }),
  z.strictObject({ field: z.literal('kind'), operator: z.enum(['is', 'is_not']), value: z.enum(orderKinds) }),
  z.strictObject({ field: z.enum(['hasMade', 'isRepeat']), operator: z.literal('is'), value: z.boolean() }),
  z.strictObject({
    field: z.literal('flags'),
    operator: z.enum(['any_of', 'none_of']),
    value: z.union([z.literal('all'), z.array(z.enum(flagNames)).min(1)]),
  }),
]);
const reasonCode = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);
const ruleRow = z.strictObject({ rule: ruleName, note: words, when: z.array(condition) });

const amountRows = z.array(z.strictObject({ upToFen: fen.nullable(), role })).min(1);
const gradeRow = z.strictObject({
  depositBp: basisPoints,
  startsAtOnce: z.boolean(),
  balanceBeforeShipment: z.boolean(),
  slide: z.enum(['working', 'calendar', 'none']),
  paymentTerm: duration,
});

const teamName = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/);
const team = z.strictObject({ hours: shifts, cutOff: wallTime.exactOptional() });

const taskRow = z.strictObject({
  roles: z.array(role).min(1, 'nobody may do this task: name at least one role'),
  alsoSalesperson: z.boolean(),
  due: duration,
  ladder,
  outcomes: z.array(z.enum(outcomes)),
  separateFrom: z.array(z.union([task, z.literal('taker')])),
  superior: z.strictObject({ of: z.enum(['salesperson', 'taker']), until: role.exactOptional() }).exactOptional(),
  signing: z
    .strictObject({
      slots: z
        .array(z.array(z.union([role, z.literal('salesperson')])).min(1))
        .min(1)
        .max(20),
      needed: z.int().min(1),
      inSequence: z.boolean(),
      onRejection: z.enum(['ends', 'counts', 'passes_on']),
    })
    .refine(({ slots, needed }) => needed <= slots.length, 'needs more signatures than there are slots')
    .refine(
      ({ needed, inSequence, onRejection }) => onRejection !== 'passes_on' || (needed === 1 && inSequence),
      'is passed on from one to the next, so one is needed, in sequence',
    )
    .exactOptional(),
  fallback: z.array(role).min(1, 'a task that nobody can take must fall to somebody'),
  mustState: z.array(z.enum(statements)).min(1).exactOptional(),
  reasons: z.array(reasonCode).min(1).exactOptional(),
  team: teamName.exactOptional(),
  pausable: z.literal(true).exactOptional(),
});

/** A policy's document; `docs/policy.md` has a row for each of its fields, with the test that shows it acting. */
export const policySchema = z.strictObject({
  name: fileName,
  version: z.int().min(1),
  title: words,
  calendar: fileName,
  grades: z.record(z.enum(grades), gradeRow),
  reviews: z.strictObject({
    rows: z.array(ruleRow.extend({ task: z.enum(reviewTasks) })),
    waivers: z.array(
      ruleRow.extend({ when: z.array(condition).min(1, 'a waiver without conditions lifts every review') }),
    ),
    inputs: z.record(z.enum(reviewTasks), z.array(z.enum(reviewInputs)).min(1)),
    round: z.strictObject({
      openFields: z.union([z.literal('all'), z.array(z.enum(intakeFields))]),
      afterReturn: z.enum(['resume', 'walk_again']),
      sameApprover: z.enum(['asks', 'passes']),
    }),
  }),
  flags: z.strictObject({
    raised: z.array(z.enum(flagNames)),
    priceBelowListBp: basisPoints,
    priceUnlikeLastBp: z
      .strictObject({ below: basisPoints.exactOptional(), above: z.int().min(0).max(1_000_000).exactOptional() })
      .exactOptional(),
    discountWithoutPromotionBp: basisPoints.exactOptional(),
    usualQuantityTimes: z.number().min(1).max(1000),
    remoteAreas: z.array(z.string().min(1)),
  }),
  promise: z.strictObject({
    leadDays: z.record(z.enum(['stock', 'buy', 'make']), z.int().min(0).max(1000)),
  }),
  confirmation: z.strictObject({ sentWithin: duration }),
  smallOrders: z.strictObject({
    belowFen: fen,
    paths: z.record(
      z.enum(smallOrderPaths),
      z.strictObject({
        offered: z.boolean(),
        depositBp: basisPoints,
        balanceBeforeShipment: z.boolean(),
        // Absent is none, too: that is how a policy which states only its differences takes a ladder away.
        dispatch: ladder.nullable().default(null),
      }),
    ),
  }),
  release: z.strictObject({
    rows: amountRows,
    expiresAfter: duration,
  }),
  credit: z.strictObject({ specialBy: amountRows }),
  contracts: z.strictObject({ signedByBothSides: z.boolean() }).exactOptional(),
  holds: z.record(
    reasonCode,
    z.strictObject({
      gates: z.array(z.enum(gates)).min(1),
      releasedBy: z.array(role).min(1),
      liftsWhen: z.enum(['paid_in_full', 'signed_paper', 'filed']).exactOptional(),
      filedBy: z.array(role).min(1).exactOptional(),
      takerFiles: z.boolean().exactOptional(),
      isCondition: z.boolean(),
    }),
  ),
  notices: z.strictObject({ digestAfter: waitingTime }).exactOptional(),
  lateCancellationBy: role,
  collection: z.strictObject({ ladder: z.array(ladderRow) }),
  clocks: z.record(z.enum(clockNames), ladder),
  tasks: z.record(task, taskRow),
  teams: z.record(teamName, team).exactOptional(),
  confirmedAfter: duration,
  archivedAfter: duration,
  unclaimedAfter: duration,
  backdating: duration,
});
