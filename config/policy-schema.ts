import { z } from 'zod';
import { largestTotalFen } from '../domain/outside/intake/amounts';
import { gates, grades, roles } from '../domain/inside/kernel/vocabulary';
import { outcomes, statements } from '../domain/inside/kernel/worklist/terms';
import { taskKinds } from '../domain/inside/processes';
import { channels, intakeFields, orderKinds, smallOrderPaths } from '../domain/outside/intake/order-intake';
import { reviewInputs } from '../domain/outside/review/fingerprint';
import { flagNames, reviewTasks } from '../domain/outside/policy/policy';
import { clockNames } from '../domain/inside/intake/terms';
import { shifts, wallTime } from './calendar-schema';
import {
  backdating,
  duration,
  fileName,
  namesUpTo,
  notice,
  reasonCode,
  ruleName,
  signedDuration,
  someOf,
  teamName,
  text,
  waitingTime,
} from './policy-values';

// Everything has a bound: a policy travels into the terms of each of its orders, and its rules are compared each with each.
/** Every rung is an instant in the order's dossier. */
const mostRungs = 20;
const mostAuthorities = 20;
const mostRules = 200;
const mostConditions = 20;
const mostSlots = 20;
const mostHolds = 100;
const mostReasons = 50;
const mostTeams = 50;
const mostAreas = 200;

const role = z.enum(roles);
const someRoles = someOf(roles);
const task = z.enum(taskKinds);
const fen = z.int().min(0);
const basisPoints = z.int().min(0).max(10_000);
const words = z.strictObject({ zh: text(200), en: text(200) });

export const ladderRow = z.strictObject({
  after: signedDuration,
  do: z.enum(['remind', 'escalate', 'take_over', 'send_back', 'notify', 'call', 'suspend', 'legal', 'lapse']),
  to: someRoles,
  notice: notice.exactOptional(),
});
const rungs = z.array(ladderRow).max(mostRungs, `has more than ${mostRungs} rungs`);
const ladder = rungs.min(1);

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
    value: z.union([z.literal('all'), someOf(flagNames).min(1)]),
  }),
]);
const conditions = z.array(condition).max(mostConditions, `has more than ${mostConditions} conditions`);
const ruleRow = z.strictObject({ rule: ruleName, note: words, when: conditions });

const amountRows = z
  .array(z.strictObject({ upToFen: fen.nullable(), role }))
  .min(1)
  .max(mostAuthorities);
const gradeRow = z.strictObject({
  depositBp: basisPoints,
  startsAtOnce: z.boolean(),
  balanceBeforeShipment: z.boolean(),
  slide: z.enum(['working', 'calendar', 'none']),
  paymentTerm: duration,
});

const team = z.strictObject({ hours: shifts, cutOff: wallTime.exactOptional() });

const taskRow = z.strictObject({
  roles: someRoles.min(1, 'nobody may do this task: name at least one role'),
  alsoSalesperson: z.boolean(),
  due: duration,
  ladder,
  outcomes: someOf(outcomes),
  separateFrom: z.array(z.union([task, z.literal('taker')])).max(taskKinds.length + 1),
  superior: z.strictObject({ of: z.enum(['salesperson', 'taker']), until: role.exactOptional() }).exactOptional(),
  signing: z
    .strictObject({
      slots: z
        .array(
          z
            .array(z.union([role, z.literal('salesperson')]))
            .min(1)
            .max(roles.length + 1),
        )
        .min(1)
        .max(mostSlots),
      needed: z.int().min(1).max(mostSlots),
      inSequence: z.boolean(),
      onRejection: z.enum(['ends', 'counts', 'passes_on']),
    })
    .refine(({ slots, needed }) => needed <= slots.length, 'needs more signatures than there are slots')
    .refine(
      ({ needed, inSequence, onRejection }) => onRejection !== 'passes_on' || (needed === 1 && inSequence),
      'is passed on from one to the next, so one is needed, in sequence',
    )
    .exactOptional(),
  fallback: someRoles.min(1, 'a task that nobody can take must fall to somebody'),
  mustState: someOf(statements).min(1).exactOptional(),
  reasons: z.array(reasonCode).min(1).max(mostReasons).exactOptional(),
  team: teamName.exactOptional(),
  pausable: z.literal(true).exactOptional(),
});

/** A policy's document; `docs/policy.md` has a row for each of its fields, with the test that shows it acting. */
export const policySchema = z.strictObject({
  name: fileName,
  version: z.int().min(1).max(1_000_000),
  title: words,
  calendar: fileName,
  grades: z.record(z.enum(grades), gradeRow),
  reviews: z.strictObject({
    rows: z.array(ruleRow.extend({ task: z.enum(reviewTasks) })).max(mostRules, `has more than ${mostRules} rows`),
    waivers: z
      .array(ruleRow.extend({ when: conditions.min(1, 'a waiver without conditions lifts every review') }))
      .max(mostRules, `has more than ${mostRules} rows`),
    inputs: z.record(z.enum(reviewTasks), someOf(reviewInputs).min(1)),
    round: z.strictObject({
      openFields: z.union([z.literal('all'), someOf(intakeFields)]),
      afterReturn: z.enum(['resume', 'walk_again']),
      sameApprover: z.enum(['asks', 'passes']),
    }),
  }),
  flags: z.strictObject({
    raised: someOf(flagNames),
    priceBelowListBp: basisPoints,
    priceUnlikeLastBp: z
      .strictObject({ below: basisPoints.exactOptional(), above: z.int().min(0).max(1_000_000).exactOptional() })
      .exactOptional(),
    discountWithoutPromotionBp: basisPoints.exactOptional(),
    usualQuantityTimes: z.number().min(1).max(1000),
    remoteAreas: z.array(text(40)).max(mostAreas),
  }),
  promise: z.strictObject({
    leadDays: z.record(z.enum(['stock', 'buy', 'make']), z.int().min(0).max(1000)),
  }),
  confirmation: z.strictObject({ sentWithin: duration }),
  smallOrders: z.strictObject({
    belowFen: fen.max(largestTotalFen),
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
  holds: namesUpTo(
    mostHolds,
    reasonCode,
    z.strictObject({
      gates: someOf(gates).min(1),
      releasedBy: someRoles.min(1),
      liftsWhen: z.enum(['paid_in_full', 'signed_paper', 'filed']).exactOptional(),
      filedBy: someRoles.min(1).exactOptional(),
      takerFiles: z.boolean().exactOptional(),
      isCondition: z.boolean(),
    }),
  ),
  notices: z.strictObject({ digestAfter: waitingTime }).exactOptional(),
  lateCancellationBy: role,
  collection: z.strictObject({ ladder: rungs }),
  clocks: z.record(z.enum(clockNames), ladder),
  tasks: z.record(task, taskRow),
  teams: namesUpTo(mostTeams, teamName, team).exactOptional(),
  confirmedAfter: duration,
  archivedAfter: duration,
  unclaimedAfter: duration,
  backdating,
});
