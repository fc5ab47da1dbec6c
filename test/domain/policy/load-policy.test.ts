import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { calendarSchema } from '../../../config/calendar-schema';
import { loadCalendar, loadPolicy, readPolicy, readPublished } from '../../../config/load-policy';
import { parseDuration } from '../../../domain/outside/policy/duration';
import { after } from '../../../domain/inside/kernel/ladder';
import { type TaskKind, taskKinds } from '../../../domain/inside/processes';
import { clockNames } from '../../../domain/inside/intake/terms';
import { calendar } from '../order-builders';

/** The default policy's document, changed at one place: `undefined` takes the place away. */
function changed(path: string, value: unknown): unknown {
  const document: unknown = JSON.parse(readFileSync(join(__dirname, '../../../config/policies/default.json'), 'utf8'));
  const keys = path.split('/');
  const last = keys.pop() ?? '';
  let at = document as Record<string, unknown>;
  for (const key of keys) at = at[key] as Record<string, unknown>;
  if (value === undefined) delete at[last];
  else at[last] = value;
  return document;
}

const problemsOf = (document: unknown): readonly string[] => {
  const verdict = readPolicy(document, calendar);
  return 'problems' in verdict ? verdict.problems.map(({ path, reason }) => `${path}: ${reason}`) : [];
};
const remind = (after_: string) => ({ after: after_, do: 'remind', to: [] });
const escalate = (after_: string) => ({ after: after_, do: 'escalate', to: ['general_manager'] });

/** A row of the default policy with some of its fields changed, and where it stands. */
const rowOf = (kind: TaskKind, but: object): [string, object] => [
  `tasks/${kind}`,
  { ...(changed('version', 1) as { readonly tasks: Readonly<Record<TaskKind, object>> }).tasks[kind], ...but },
];
const contract = (but: object) => rowOf('review.contract', but);
const release = (but: object) => rowOf('release.balance', but);
const note = { zh: '某', en: 'some' };
const waiver = (...when: readonly object[]) => ({ rule: 'waived', note, when });
const when = (field: string, operator: string, value: unknown) => ({ field, operator, value });
const oneSigner = { slots: [['finance_lead']], needed: 1, inSequence: false, onRejection: 'ends' };
const night = { hours: [{ from: '20:00', to: '24:00' }] };

type Refusal = [what: string, path: string, value: unknown, problem: RegExp];

/** A row of review that holds for no order, told of at the first condition that shuts the last one out. */
const never = (what: string, at: number, ...conditions: readonly object[]): Refusal => [
  what,
  'reviews/rows/1/when',
  conditions,
  new RegExp(
    `^reviews\\.rows\\.1\\.when\\.${at}: holds for no order${at === 0 ? '' : ' for which the conditions above it hold'}: .*\\(made_goods\\)$`,
  ),
];

const emptyRules: readonly Refusal[] = [
  never('a total below nothing', 0, when('totalFen', 'below', 0)),
  never('a total above and below', 1, when('totalFen', 'above', 100), when('totalFen', 'below', 50)),
  never('no total between two', 1, when('totalFen', 'above', 100), when('totalFen', 'below', 101)),
  never('a total that no order can have', 0, when('totalFen', 'above', 900_000_000_000_000)),
  never('a discount over the whole', 0, when('discountBp', 'above', 10_000)),
  never('two grades', 1, when('grade', 'is', 'A'), when('grade', 'is', 'B')),
  never('a grade that is not', 1, when('grade', 'is', 'A'), when('grade', 'is_not', 'A')),
  never('no grade', 2, ...['A', 'B', 'C'].map((grade) => when('grade', 'is_not', grade))),
  never('two channels', 1, when('channel', 'is', 'phone'), when('channel', 'is', 'fax')),
  never('two kinds', 1, when('kind', 'is', 'sample'), when('kind', 'is', 'contract')),
  never('made and not made', 1, when('hasMade', 'is', true), when('hasMade', 'is', false)),
  never('flags and none', 1, when('flags', 'any_of', ['arrears']), when('flags', 'none_of', 'all')),
  never('a flag without what raises it', 1, when('hasMade', 'is', false), when('flags', 'any_of', ['over_capacity'])),
  never(
    'exceeded credit of who prepays',
    1,
    when('grade', 'is', 'C'),
    when('flags', 'any_of', ['credit_exceeded', 'credit_unassessed']),
  ),
  never(
    'a promotion that is wrong and none',
    1,
    when('flags', 'any_of', ['promotion_invalid']),
    when('flags', 'any_of', ['discount_unexplained']),
  ),
  never(
    'unexplained discounts that need no promotion',
    1,
    when('discountBp', 'at_most', 2000),
    when('flags', 'any_of', ['discount_unexplained']),
  ),
];

const idleRows: readonly Refusal[] = [
  [
    'a condition that every order meets',
    'reviews/rows/1/when',
    [when('totalFen', 'at_least', 0)],
    /^reviews\.rows\.1\.when\.0: holds for every order: leave it out \(made_goods\)/,
  ],
  [
    'a condition that says what another says',
    'reviews/rows/1/when',
    [when('totalFen', 'above', 100), when('totalFen', 'above', 50)],
    /^reviews\.rows\.1\.when\.1: says nothing that the other conditions do not say/,
  ],
  [
    'a condition that stands there twice',
    'reviews/rows/1/when',
    [when('hasMade', 'is', true), when('hasMade', 'is', true)],
    /^reviews\.rows\.1\.when\.1: /,
  ],
  [
    'a flag that a condition names twice',
    'reviews/rows/10/when',
    [when('flags', 'any_of', ['compliance', 'compliance'])],
    /^reviews\.rows\.10\.when\.0\.value\.1: stands in the list already, at 0/,
  ],
  [
    'two rows that ask the same',
    'reviews/rows/2/when',
    [when('hasMade', 'is', true)],
    /^reviews\.rows\.2\.when: asks review\.technical of the same orders as made_goods \(total_above_10000\)/,
  ],
  [
    'a row that a waiver always lifts',
    'reviews/waivers',
    [waiver(when('hasMade', 'is', true))],
    /^reviews\.rows\.1\.when: the waiver waived lifts whatever this asks for \(made_goods\)/,
  ],
  [
    'a waiver behind a wider one',
    'reviews/waivers',
    [
      waiver(when('grade', 'is', 'A')),
      { ...waiver(when('grade', 'is', 'A'), when('isRepeat', 'is', true)), rule: 'narrow' },
    ],
    /^reviews\.waivers\.1\.when: the waiver waived above holds for all of these orders \(narrow\)/,
  ],
  [
    'an authority beyond every order',
    'release/rows/0/upToFen',
    900_000_000_000_000,
    /^release\.rows\.0\.upToFen: no order comes to more/,
  ],
  ['a limit between one authority', 'release/rows/0/role', 'director', /^release\.rows\.0\.role: the next row names/],
  [
    'a role that stands there twice',
    'tasks/bill.review/roles',
    ['finance', 'finance'],
    /^tasks\.bill\.review\.roles\.1: /,
  ],
  [
    'a rung that stands there twice',
    'clocks/balance',
    [remind('PT60M'), remind('PT1H'), escalate('P9D')],
    /^clocks\.balance\.1: stands in the list already, at 0/,
  ],
  [
    'a second suspension',
    'collection/ladder/6',
    { after: 'P90D', do: 'suspend', to: ['legal'] },
    /^collection\.ladder\.6\.do: "suspend" is in force already/,
  ],
  [
    'a rung behind the call to a carrier',
    'clocks/transit',
    [{ after: 'P1D', do: 'call', to: ['logistics'] }, remind('P2D')],
    /^clocks\.transit\.0: nothing can follow/,
  ],
  ['a remote area within another', 'flags/remoteAreas', ['新', '新疆'], /^flags\.remoteAreas\.1: .*新/],
  ['a remote area that no name begins with', 'flags/remoteAreas', [' 新疆'], /^flags\.remoteAreas\.0: .*space/],
  ['remote areas that raise no flag', 'flags/raised', ['compliance'], /^flags\.remoteAreas: says when remote_area/],
  ['a flag that nothing raises', 'flags/remoteAreas', [], /^flags\.raised\.8: remote_area is never raised/],
  ['a side of no price', 'flags/priceUnlikeLastBp', {}, /^flags\.raised\.5: price_unlike_last_deals is never raised/],
  ['a cut-off at midnight', 'teams', { night: { ...night, cutOff: '24:00' } }, /^teams\.night\.cutOff: /],
  [
    'more rows than can be compared',
    'reviews/rows',
    Array.from({ length: 201 }, (_, index) => ({ ...waiver(), rule: `r${index}`, task: 'review.sales' })),
    /^reviews\.rows: has more than 200 rows$/,
  ],
  [
    'more conditions than can be compared',
    'reviews/rows/1/when',
    Array.from({ length: 21 }, (_, index) => when('totalFen', 'above', index)),
    /^reviews\.rows\.1\.when: has more than 20 conditions \(made_goods\)$/,
  ],
];

/** What a reader learns of a place that is none: what would be accepted there. */
const unclear: readonly Refusal[] = [
  [
    'an unknown fact in a row',
    'reviews/rows/1/when/0/field',
    'weather',
    /^reviews\.rows\.1\.when\.0\.field: must be one of "totalFen", "discountBp", "grade".*\(made_goods\)$/,
  ],
  [
    'an operator that a fact does not know',
    'reviews/rows/2/when/0/operator',
    'is',
    /^reviews\.rows\.2\.when\.0\.operator: .*"above".*\(total_above_10000\)$/,
  ],
  [
    'an unknown flag in a row',
    'reviews/rows/10/when/0/value',
    ['weather'],
    /^reviews\.rows\.10\.when\.0\.value\.0: must be one of "credit_exceeded".*\(restricted\)$/,
  ],
  [
    'a hold whose name is none',
    'holds/Bad Name',
    { gates: ['ship'], releasedBy: ['admin'], isCondition: false },
    /^holds\.Bad Name: .*must match pattern/,
  ],
  [
    'a number instead of flags',
    'reviews/rows/10/when/0/value',
    3,
    /^reviews\.rows\.10\.when\.0\.value: must be "all", or an array \(restricted\)$/,
  ],
  [
    'a word for the open fields',
    'reviews/round/openFields',
    'some',
    /^reviews\.round\.openFields: must be "all", or an array$/,
  ],
  [
    'a signature of nobody known',
    'tasks/review.contract/signing/slots/0/0',
    'boss',
    /^tasks\.review\.contract\.signing\.slots\.0\.0: must be one of .*"sales".*, or "salesperson"$/,
  ],
  [
    'a person whom four eyes do not know',
    'tasks/bill.review/separateFrom',
    ['boss'],
    /separateFrom\.0: must be one of .*, or "taker"$/,
  ],
  ['nothing where a row is', 'clocks/deposit', undefined, /^clocks\.deposit: must be an array, and is missing$/],
];

const shipped = readdirSync(join(__dirname, '../../../config/policies')).map((file) => file.replace(/\.json$/, ''));

describe('policies as data', () => {
  test.each(shipped)('GV-3 the policy "%s" is accepted', (name) => {
    const { policy } = loadPolicy(name);
    expect([policy.name, policy.version]).toEqual([name, 3]);
    expect(policy).not.toHaveProperty('differsFrom');
    expect(Object.keys(policy.tasks).sort()).toEqual([...taskKinds].sort());
    expect(Object.keys(policy.clocks).sort()).toEqual([...clockNames].sort());
  });

  test('GV-3 a small order may be sent back to the ladder of all orders by taking its own away', () => {
    const path = 'smallOrders/paths/prepaid/dispatch';
    for (const none of [null, undefined]) {
      const verdict = readPolicy(changed(path, none), calendar);
      expect('policy' in verdict && verdict.policy.smallOrders.paths.prepaid.dispatch).toBeNull();
    }
  });

  test('GV-3 the demonstration has the rules of the default, and no wait over two minutes', () => {
    const [demo, standard] = [loadPolicy('demo'), loadPolicy('default')];
    expect(demo.policy.reviews).toEqual(standard.policy.reviews);
    expect(demo.policy.release.rows).toEqual(standard.policy.release.rows);
    const start = '2026-11-21T00:00:00.000Z';
    const ladders = [
      ...taskKinds.map((kind) => demo.policy.tasks[kind].ladder),
      ...clockNames.map((name) => demo.policy.clocks[name]),
      demo.policy.collection.ladder,
    ];
    const ends = ladders.flat().map((row) => after(start, parseDuration(row.after), demo.calendar));
    expect(ends.every((end) => end <= '2026-11-21T00:02:00.000Z')).toBe(true);
  });

  test('HG-4 the Northwind policy takes facts of forty years ago', () => {
    expect(parseDuration(loadPolicy('northwind').policy.backdating)).toEqual({
      kind: 'elapsed',
      seconds: 14_610 * 86_400,
    });
  });

  test.each<[string, string, unknown, RegExp]>([
    ['an unknown field', 'suprise', 1, /^suprise: there is no such field/],
    ['an unknown field deep inside', 'grades/A/bonus', 1, /^grades\.A\.bonus: there is no such field/],
    ['a missing task', 'tasks/review.sales', undefined, /^tasks\.review\.sales: /],
    ['an unknown task', 'tasks/review.janitor', {}, /^tasks.*review\.janitor/],
    ['a missing wait', 'clocks/deposit', undefined, /^clocks\.deposit: /],
    ['an unknown wait', 'clocks/lunch', [], /lunch/],
    ['a missing grade', 'grades/C', undefined, /^grades\.C: /],
    ['a task without roles', 'tasks/review.sales/roles', [], /^tasks\.review\.sales\.roles: nobody may do this task/],
    ['an unknown role', 'tasks/review.sales/roles', ['boss'], /^tasks\.review\.sales\.roles\.0: /],
    ['an unknown role on a ladder', 'clocks/deposit/1/to', ['boss'], /^clocks\.deposit\.1\.to\.0: /],
    ['an unknown outcome', 'tasks/review.sales/outcomes', ['maybe'], /^tasks\.review\.sales\.outcomes\.0: /],
    [
      'a task that nothing can answer',
      'tasks/review.sales/outcomes',
      [],
      /^tasks\.review\.sales\.outcomes: nothing could ever answer/,
    ],
    [
      'a doubt that is passed on and wants two signatures',
      'tasks/review.price/signing/needed',
      2,
      /^tasks\.review\.price\.signing: is passed on/,
    ],
    ['a task that excludes itself', 'tasks/review.sales/separateFrom', ['review.sales'], /cannot exclude itself/],
    ['a malformed duration', 'confirmedAfter', '7 days', /^confirmedAfter: "7 days" is no duration/],
    ['a month, which has no length', 'tasks/review.sales/due', 'P1M', /^tasks\.review\.sales\.due: /],
    ['a negative length', 'unclaimedAfter', '-P15D', /^unclaimedAfter: must not be negative/],
    [
      'a negative rung in a task',
      'tasks/shipment.waybill/ladder/0/after',
      '-PT1H',
      /^tasks\.shipment\.waybill\.ladder\.0: lies before the start/,
    ],
    ['a negative rung in a wait', 'clocks/deposit/0/after', '-PT1H', /^clocks\.deposit\.0: lies before the start/],
    ['rungs out of order', 'clocks/deposit/1/after', 'PT30M', /^clocks\.deposit\.1: comes before the row above it/],
    [
      'rungs whose order depends on the day',
      'clocks/dispatch/1/after',
      'P10D',
      /^clocks\.dispatch\.1: .*depends on the day/,
    ],
    ['dunning out of order', 'collection/ladder/1/after', '-P4D', /^collection\.ladder\.1: comes before/],
    ['dunning that lapses', 'collection/ladder/5/do', 'lapse', /^collection\.ladder\.5: "lapse" has no meaning here/],
    [
      'a wait that suspends the customer',
      'clocks/deposit/0/do',
      'suspend',
      /^clocks\.deposit\.0: "suspend" has no meaning here/,
    ],
    [
      'a call in a wait that asks nobody',
      'clocks/balance/2/do',
      'call',
      /^clocks\.balance\.2: "call" has no meaning here/,
    ],
    [
      'a wait for a carrier that lapses',
      'clocks/transit/0/do',
      'lapse',
      /^clocks\.transit\.0: "lapse" has no meaning here/,
    ],
    ...(['refund.pay', 'customer.grade_review'] as const).map((kind): Refusal => [
      `a lapse of ${kind}, where nothing can be cancelled any more`,
      `tasks/${kind}/ladder/2`,
      { after: 'P30D', do: 'lapse', to: [] },
      new RegExp(`^tasks\\.${kind.replace('.', '\\.')}\\.ladder\\.2: "lapse" has no meaning here`),
    ]),
    [
      'a task that lapses where nothing can be cancelled any more',
      'tasks/bill.review/ladder/2',
      { after: 'P30D', do: 'lapse', to: [] },
      /^tasks\.bill\.review\.ladder\.2: "lapse" has no meaning here/,
    ],
    [
      'a call by who is never asked',
      'collection/ladder/3/to',
      ['legal'],
      /^collection\.ladder\.3\.to: the task collection\.call never asks legal/,
    ],
    ['a rung after the lapse', 'clocks/deposit/3', remind('P8D'), /^clocks\.deposit\.2: nothing can follow/],
    ['an escalation to nobody', 'clocks/balance/2/to', [], /^clocks\.balance\.2: "escalate" must say to whom/],
    [
      'a task that never reminds',
      'tasks/shipment.waybill/ladder',
      [escalate('PT1H')],
      /^tasks\.shipment\.waybill\.ladder: never reminds/,
    ],
    [
      'a task that never escalates',
      'tasks/shipment.waybill/ladder',
      [remind('PT1H')],
      /^tasks\.shipment\.waybill\.ladder: never escalates/,
    ],
    [
      'a task that escalates to its own role',
      'tasks/shipment.waybill/roles',
      ['logistics', 'customer_service_supervisor'],
      /escalates only to those who have the task already/,
    ],
    ['a reminder after the due time', 'tasks/shipment.waybill/due', 'PT20M', /reminds after the task is due/],
    ['an escalation before the due time', 'tasks/shipment.waybill/due', 'PT2H', /escalates before the task is due/],
    [
      'a release table without an end',
      'release/rows',
      [{ upToFen: 5, role: 'director' }],
      /^release\.rows\.0\.upToFen: the last row must have no limit/,
    ],
    [
      'a release table that does not ascend',
      'release/rows',
      [5, 5, null].map((upToFen) => ({ upToFen, role: 'director' })),
      /^release\.rows\.1\.upToFen: limits must ascend/,
    ],
    [
      'a release table with two ends',
      'release/rows',
      [null, null].map((upToFen) => ({ upToFen, role: 'director' })),
      /^release\.rows\.0\.upToFen: only the last row/,
    ],
    ['a deposit over the whole', 'grades/B/depositBp', 10_001, /^grades\.B\.depositBp: /],
    ['an amount with half a fen', 'smallOrders/belowFen', 0.5, /^smallOrders\.belowFen: /],
    ['an unknown fact in a condition', 'reviews/rows/1/when/0/field', 'weather', /^reviews\.rows\.1\.when\.0/],
    ['a condition that compares unlike things', 'reviews/rows/2/when/0/value', 'much', /^reviews\.rows\.2\.when\.0/],
    ['two rules of one name', 'reviews/rows/1/rule', 'every_order', /^reviews: two rules are called every_order/],
    ['a waiver of everything', 'reviews/waivers', [waiver()], /a waiver without conditions lifts every review/],
    [
      'a hold of an order at the door to new orders',
      'holds/forced/gates',
      ['new_order'],
      /^holds\.forced\.gates: new_order/,
    ],
    [
      'a condition that lifts by a paper which it keeps from going out',
      'holds/signed_contract/gates',
      ['confirm'],
      /^holds\.signed_contract\.liftsWhen: the paper cannot go out/,
    ],
    [
      'papers of a hold that no paper lifts',
      'holds/forced/filedBy',
      ['technical'],
      /^holds\.forced\.liftsWhen: no paper lifts it/,
    ],
    [
      'leave for the taker where no reviewer demands it',
      'holds/sampling',
      { gates: ['produce'], releasedBy: ['technical'], liftsWhen: 'filed', takerFiles: true, isCondition: false },
      /^holds\.sampling\.takerFiles: only what a reviewer demands/,
    ],
    ['no review at all', 'reviews/rows', [], /^reviews\.rows: nobody would review any order/],
    ['a team without tasks', 'teams', { night }, /^teams\.night: no task is theirs/],
    [
      'signatures beside which the salesperson may',
      ...contract({ alsoSalesperson: true }),
      /contract\.alsoSalesperson: /,
    ],
    ['signatures beside which a superior may', ...contract({ superior: { of: 'taker' } }), /contract\.superior: /],
    ['signatures of other roles than the task says', ...contract({ roles: ['legal'] }), /contract\.roles: must be the/],
    [
      'signatures by which a release passes its table',
      ...release({ signing: oneSigner }),
      /balance\.signing: .*release\.rows/,
    ],
    [
      'a salesperson who releases a balance',
      ...release({ alsoSalesperson: true }),
      /balance\.alsoSalesperson: .*release\.rows/,
    ],
    [
      'a superior who releases a balance',
      ...release({ superior: { of: 'salesperson' } }),
      /balance\.superior: .*release\.rows/,
    ],
    [
      'a release by who is never asked',
      'tasks/release.balance/roles',
      ['sales'],
      /^tasks\.release\.balance\.roles: release\.rows says who may, and never sales/,
    ],
    [
      'special credit by who is never asked',
      'tasks/credit.special/roles',
      ['sales'],
      /^tasks\.credit\.special\.roles: /,
    ],
    ['a hold lifted by who is never asked', 'tasks/hold.lift/roles', ['sales'], /^tasks\.hold\.lift\.roles: holds/],
    [
      'a late cancellation by who is never asked',
      'lateCancellationBy',
      'director',
      /^tasks\.cancellation\.approve\.roles: /,
    ],
    [
      'a review that is done',
      'tasks/review.sales/outcomes',
      ['done'],
      /^tasks\.review\.sales\.outcomes: "done" means nothing/,
    ],
    [
      'goods received without any',
      'tasks/purchase.receive/outcomes',
      ['done'],
      /^tasks\.purchase\.receive\.outcomes: /,
    ],
    ['a hold whose release is rejected', 'tasks/hold.lift/outcomes', ['reject'], /"reject" means nothing here/],
    ['reasons that nobody is asked for', 'tasks/refund.pay/reasons', ['late'], /^tasks\.refund\.pay\.reasons: /],
    [
      'four eyes over two desks',
      'tasks/shipment.check/separateFrom',
      ['review.sales'],
      /^tasks\.shipment\.check\.separateFrom: /,
    ],
    [
      'a shipment apart from the taker',
      'tasks/shipment.pick/separateFrom',
      ['taker'],
      /meant by taker is not known there/,
    ],
    [
      'a shipment for the superior of the taker',
      'tasks/shipment.pick/superior',
      { of: 'taker' },
      /^tasks\.shipment\.pick\.superior: /,
    ],
    [
      'a hold of which the customer is reminded',
      'clocks/customer_hold/0/to',
      [],
      /^clocks\.customer_hold\.0\.to: must say/,
    ],
    [
      'notices that wait for working time',
      'notices/digestAfter',
      'working PT1H',
      /^notices\.digestAfter: must be a time/,
    ],
    ['notices that wait for days', 'notices/digestAfter', 'P2D', /^notices\.digestAfter: must be a time/],
    ['notices that wait for the past', 'notices/digestAfter', '-PT1H', /^notices\.digestAfter: must be a time/],
    ['no version', 'version', 0, /^version: /],
    ...emptyRules,
    ...idleRows,
    ...unclear,
  ])('GV-3 a policy with %s is refused, with the place and the reason', (_what, path, value, problem) => {
    const problems = problemsOf(changed(path, value));
    expect(problems.some((text) => problem.test(text)) ? [] : problems.concat('no such problem')).toEqual([]);
  });

  test('GV-3 a rule that waits for a flag which nothing raises is refused', () => {
    const { policy } = loadPolicy('default');
    const index = policy.reviews.rows.findIndex(({ rule }) => rule === 'flagged');
    const waits = changed(`reviews/rows/${index}/when/0/value`, ['arrears', 'remote_area']) as {
      readonly flags: object;
    };
    const raised = policy.flags.raised.filter((flag) => flag !== 'remote_area');
    expect(problemsOf(waits)).toEqual([]);
    expect(problemsOf({ ...waits, flags: { ...waits.flags, raised, remoteAreas: [] } })).toEqual([
      `reviews.rows.${index}.when: the flag remote_area is not raised`,
    ]);
  });

  test('GV-3 a waiver before a wider one is accepted, and a row that it does not lift', () => {
    const repeat = waiver(when('grade', 'is', 'A'), when('isRepeat', 'is', true));
    const small = waiver(when('isRepeat', 'is', true), when('totalFen', 'below', 100_000));
    const wide = waiver(when('isRepeat', 'is', true));
    const named = [repeat, small, wide].map((row, index) => ({ ...row, rule: `waived_${index}` }));
    expect(problemsOf(changed('reviews/waivers', named))).toEqual([]);
  });

  test('HT-8 a team is refused for a task of which nothing is counted in working time, unless it has a cut-off', () => {
    const [path, waybill] = rowOf('shipment.waybill', { team: 'night' });
    const withTeam = (team: object) => ({ ...(changed(path, waybill) as object), teams: { night: team } });
    expect(problemsOf(withTeam(night))).toEqual([
      'tasks.shipment.waybill.team: nothing of this task is counted in working time',
    ]);
    expect(problemsOf(withTeam({ ...night, cutOff: '22:00' }))).toEqual([]);
  });

  test('GV-3 what was published before these checks is read all the same', () => {
    expect(readPublished(changed('holds/forced/gates', ['new_order'])).holds['forced']?.gates).toEqual(['new_order']);
  });

  test('GV-3 nothing that is wrong with a policy is told without what would be right', () => {
    const refusals = unclear.flatMap(([, path, value]) => problemsOf(changed(path, value)));
    expect(refusals.filter((text) => /invalid input|invalid option/i.test(text))).toEqual([]);
  });

  test('GV-3 everything wrong is listed at once', () => {
    const document = { ...(changed('version', 0) as object), confirmedAfter: 'soon', name: 'X' };
    expect(problemsOf(document)).toHaveLength(3);
  });

  test('GV-3 what is no policy at all is refused', () => {
    for (const document of [null, [], 'default', 7]) expect(problemsOf(document)).toHaveLength(1);
    expect(() => loadPolicy('../secrets')).toThrow(/small letters/);
    expect(() => loadPolicy('missing')).toThrow(/there is no policy "missing"/);
    expect(problemsOf({ ...(changed('version', 1) as object), differsFrom: 'default' })).toEqual([
      'differsFrom: there is no such field',
    ]);
  });

  test('GV-3 a file that states what it differs in is told what is wrong with it, and with what it differs from', () => {
    const files: Readonly<Record<string, unknown>> = {
      default: changed('version', 1),
      mine: { name: 'mine', version: 1, differsFrom: 'default', confirmedAfter: 'P9D' },
      other: { name: 'mine', version: 1, differsFrom: 'mine', confirmedAfter: 'P8D' },
      wrong: {
        name: 'wrong',
        version: 1,
        differsFrom: 'mine',
        confirmedAfter: 'soon',
        tasks: { 'bill.review': { dew: 1 } },
      },
      idle: { name: 'idle', version: 1, differsFrom: 'mine', confirmedAfter: 'P9D' },
      upon: { name: 'upon', version: 1, differsFrom: 'idle', confirmedAfter: 'P8D' },
    };
    const load = (name: string) => () => loadPolicy(name, (file) => files[file]);
    expect(load('mine')().policy).toEqual({
      ...loadPolicy('default').policy,
      name: 'mine',
      version: 1,
      confirmedAfter: 'P9D',
    });
    expect(load('other')).toThrow('policy "other" is refused:\n  name: must be the name of its file, other');
    expect(load('wrong')).toThrow(
      /^policy "wrong" is refused:\n {2}tasks\.bill\.review\.dew: there is no such field\n {2}confirmedAfter: "soon" is no duration/,
    );
    expect(load('idle')).toThrow('policy "idle" is refused:\n  confirmedAfter: changes nothing: leave it out');
    expect(load('upon')).toThrow(
      'policy "upon" is refused:\n  confirmedAfter: changes nothing: leave it out (in idle)',
    );
  });
});

describe('calendars as data', () => {
  test.each(['china', 'always'])('MD-1 the calendar "%s" is accepted', (name) => {
    expect(loadCalendar(name).hours.length).toBeGreaterThan(0);
  });

  test.each<[string, object]>([
    ['an unknown field', { lunch: true }],
    ['no hours', { hours: [] }],
    ['a shift that ends before it begins', { hours: [{ from: '12:00', to: '09:00' }] }],
    ['a shift without time', { hours: [{ from: '09:00', to: '09:00' }] }],
    [
      'shifts that overlap',
      {
        hours: [
          { from: '09:00', to: '12:00' },
          { from: '11:00', to: '13:00' },
        ],
      },
    ],
    ['an hour that does not exist', { hours: [{ from: '09:00', to: '25:00' }] }],
    ['a week without work', { weekend: [0, 1, 2, 3, 4, 5, 6] }],
    ['a date that does not exist', { holidays: ['2026-02-30'] }],
    ['a day both off and worked', { holidays: ['2026-10-01'], workdays: ['2026-10-01'] }],
  ])('MD-1 a calendar with %s is refused', (_what, but) => {
    expect(calendarSchema.safeParse({ ...loadCalendar('china'), ...but }).success).toBe(false);
  });
});
