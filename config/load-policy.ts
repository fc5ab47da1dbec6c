import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseDuration } from '../domain/duration';
import type { Calendar } from '../domain/inside/calendar';
import { gates } from '../domain/inside/gate';
import { asked, outcomes, type TaskKind, taskKinds } from '../domain/inside/terms';
import { grades, roles } from '../domain/inside/vocabulary';
import { channels, intakeFields, orderKinds, smallOrderPaths } from '../domain/order-intake';
import { reviewInputs } from '../domain/fingerprint';
import { flagNames, type Policy, reviewTasks, tasksAnsweredByFacts, waitNames } from '../domain/policy';
import { calendarSchema, shifts, wallTime } from './calendar-schema';
import { endedTasks, withLaterRows } from './later-rows';
import { idleProblems } from './idle-checks';
import { wrongsOf } from './issues';
import { dunningProblems, taskProblems, waitProblems } from './ladder-checks';

/** One thing wrong with a policy: where, and why. */
export interface PolicyProblem {
  /** `tasks.intake.contact.roles`, as a person finds it in the document. */
  readonly path: string;
  readonly reason: string;
}

export type PolicyVerdict = { readonly policy: Policy } | { readonly problems: readonly PolicyProblem[] };

/** Reads a document as a policy, strictly: what is unknown, missing or makes no sense is named with its place. */
export function readPolicy(document: unknown, calendar: Calendar): PolicyVerdict {
  const read = policySchema.safeParse(document);
  if (!read.success) return { problems: read.error.issues.flatMap((issue) => problemsOf(issue, document)) };
  const policy: Policy = read.data;
  const problems = [
    ...amountRowProblems('release.rows', policy.release.rows),
    ...amountRowProblems('credit.specialBy', policy.credit.specialBy),
    ...nameProblems(policy),
    ...idleProblems(policy),
    ...taskProblems(policy, calendar),
    ...waitProblems(policy, calendar),
    ...dunningProblems(policy, calendar),
  ];
  return problems.length > 0 ? { problems } : { policy };
}

/**
 * Reads a version that was published before, with the rows that it could not have yet: what its orders keep (GV-3) is not
 * refused by checks that came later, and a row that none of its rules calls for acts on nothing.
 */
export function readPublished(document: unknown): Policy {
  return policySchema.parse(withLaterRows(document, readDocument('policies', 'default')));
}

/** The policy of a name from `config/policies`, with its calendar; an error that lists everything wrong with it. */
export function loadPolicy(name: string): { readonly policy: Policy; readonly calendar: Calendar } {
  const document = readDocument('policies', name);
  const { calendar: calendarName } = z.object({ calendar: fileName }).parse(document);
  const calendar = loadCalendar(calendarName);
  const verdict = readPolicy(document, calendar);
  if ('problems' in verdict) {
    const list = verdict.problems.map(({ path, reason }) => `  ${path}: ${reason}`).join('\n');
    throw new Error(`policy "${name}" is refused:\n${list}`);
  }
  return { policy: verdict.policy, calendar };
}

export function loadCalendar(name: string): Calendar {
  return calendarSchema.parse(readDocument('calendars', name));
}

const fileName = z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'must be a name in small letters');

/** Beside this file, or in the sources when this file was compiled to `dist/config`, which holds no documents. */
const documents = existsSync(join(__dirname, 'policies')) ? __dirname : join(__dirname, '..', '..', 'config');

function readDocument(folder: 'policies' | 'calendars', name: string): unknown {
  return JSON.parse(readFileSync(join(documents, folder, `${fileName.parse(name)}.json`), 'utf8'));
}

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
const rule = z.string().regex(/^[a-z][a-z0-9_]{0,60}$/, 'must be a name such as total_above_10000');

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
const ruleRow = z.strictObject({ rule, note: words, when: z.array(condition) });

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
  notAlso: z.array(z.union([task, z.literal('taker')])),
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
  asks: z.array(z.enum(asked)).min(1).exactOptional(),
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
        dispatch: ladder.nullable(),
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
  dunning: z.array(ladderRow),
  waits: z.record(z.enum(waitNames), ladder),
  tasks: z.record(task, taskRow),
  teams: z.record(teamName, team).exactOptional(),
  confirmedAfter: duration,
  archivedAfter: duration,
  unclaimedAfter: duration,
  backdating: duration,
});

function problemsOf(issue: z.core.$ZodIssue, document: unknown): readonly PolicyProblem[] {
  return wrongsOf(issue).map(({ path, reason }) => ({
    path: path.join('.') || 'policy',
    reason: hasEnded(path) ? 'no order opens this task: take the row away' : `${reason}${ruleAt(document, path)}`,
  }));
}

const hasEnded = ([table, kind, ...rest]: readonly PropertyKey[]): boolean =>
  table === 'tasks' && rest.length === 0 && endedTasks.some((ended) => ended === kind);

/** The row of review that a place lies in, by the name that people know it by. */
function ruleAt(document: unknown, [reviews, table, index]: readonly PropertyKey[]): string {
  if (reviews !== 'reviews' || (table !== 'rows' && table !== 'waivers')) return '';
  const row = z.looseObject({ rule }).safeParse(at(at(at(document, reviews), table), index));
  return row.success ? ` (${row.data.rule})` : '';
}

const at = (value: unknown, key: PropertyKey | undefined): unknown =>
  key !== undefined && typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

/** Rows ascend and the last has no limit: every balance finds its authority (BL-3). */
function amountRowProblems(table: string, rows: Policy['release']['rows']): readonly PolicyProblem[] {
  return rows.flatMap(({ upToFen }, index) => {
    const path = `${table}.${index}.upToFen`;
    const before = index === 0 ? -1 : (rows[index - 1]?.upToFen ?? null);
    if (index === rows.length - 1)
      return upToFen === null ? [] : [{ path, reason: 'the last row must have no limit (null)' }];
    if (upToFen === null) return [{ path, reason: 'only the last row may have no limit' }];
    return before !== null && upToFen <= before ? [{ path, reason: 'limits must ascend' }] : [];
  });
}

/** Rules are told apart by their names, times that a timer counts lie ahead, and answers suit their tasks. */
function nameProblems(policy: Policy): readonly PolicyProblem[] {
  const names = [...policy.reviews.rows, ...policy.reviews.waivers].map((row) => row.rule);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  const lengths = {
    confirmedAfter: policy.confirmedAfter,
    archivedAfter: policy.archivedAfter,
    unclaimedAfter: policy.unclaimedAfter,
    backdating: policy.backdating,
    'release.expiresAfter': policy.release.expiresAfter,
    'confirmation.sentWithin': policy.confirmation.sentWithin,
    ...Object.fromEntries(grades.map((grade) => [`grades.${grade}.paymentTerm`, policy.grades[grade].paymentTerm])),
  };
  return [
    ...twice.map((name) => ({ path: 'reviews', reason: `two rules are called ${name}` })),
    ...Object.entries(lengths).flatMap(([path, text]) => {
      const length = parseDuration(text);
      const amount = length.kind === 'workingDays' ? length.days : length.seconds;
      return amount < 0 ? [{ path, reason: 'must not be negative' }] : [];
    }),
    ...taskKinds.flatMap((kind) => {
      const { outcomes: offered, notAlso, team: name } = policy.tasks[kind];
      return [
        ...(name !== undefined && policy.teams?.[name] === undefined
          ? [{ path: `tasks.${kind}.team`, reason: `there is no team ${name}` }]
          : []),
        ...(offered.length === 0 && !tasksAnsweredByFacts.includes(kind)
          ? [{ path: `tasks.${kind}.outcomes`, reason: 'nothing could ever answer this task' }]
          : []),
        ...(policy.tasks[kind].asks !== undefined && !isReviewTask(kind)
          ? [{ path: `tasks.${kind}.asks`, reason: 'only a review states a date or materials' }]
          : []),
        ...(notAlso.includes(kind) ? [{ path: `tasks.${kind}.notAlso`, reason: 'a task cannot exclude itself' }] : []),
      ];
    }),
  ];
}

const isReviewTask = (kind: TaskKind): boolean => (reviewTasks as readonly TaskKind[]).includes(kind);
