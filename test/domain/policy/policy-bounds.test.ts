import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { calendarSchema } from '../../../config/calendar-schema';
import { readPolicy } from '../../../config/load-policy';
import { policySchema } from '../../../config/policy-schema';
import { backdating, signedDuration } from '../../../config/policy-values';
import { parseDuration } from '../../../domain/outside/policy/duration';
import { addCivilDays, type Calendar } from '../../../domain/inside/kernel/calendar';
import { after, type Duration } from '../../../domain/inside/kernel/ladder';
import { unbounded } from '../../architecture/schema-bounds';
import { calendar } from '../order-builders';

// What a policy says wrongly is told when it is saved, with its place, and never found out by the first order. Each test below goes
// through every place of its kind in a policy that uses every field.

type Place = readonly string[];
interface Found {
  readonly place: Place;
  readonly value: unknown;
}

const standardText = readFileSync(join(__dirname, '../../../config/policies/default.json'), 'utf8');

/** The default policy, with the fields that it does without. */
function document(): Record<string, unknown> {
  const standard = JSON.parse(standardText);
  standard.teams = { night: { hours: [{ from: '20:00', to: '24:00' }], cutOff: '22:00' } };
  standard.tasks['shipment.pick'].team = 'night';
  standard.tasks['bill.review'].superior = { of: 'salesperson', until: 'director' };
  standard.reviews.waivers = [
    {
      rule: 'waived',
      note: { zh: '某', en: 'some' },
      when: [
        { field: 'grade', operator: 'is', value: 'A' },
        { field: 'totalFen', operator: 'below', value: 100_000 },
        { field: 'isRepeat', operator: 'is', value: true },
      ],
    },
  ];
  standard.holds.sampling.takerFiles = true;
  return standard;
}

/** One place of each sort: rows of one table are alike, and so are those of one list. */
const everything = [
  ...new Map(
    found(document(), [])
      .toReversed()
      .map((one) => [sort(one.place), one]),
  ).values(),
];

function found(value: unknown, place: Place): readonly Found[] {
  const inner =
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, one]) => found(one, [...place, key]))
      : [];
  return [{ place, value }, ...inner];
}

/** `tasks.*.ladder.*.after`. */
function sort(place: Place): string {
  const names = ['tasks', 'clocks', 'grades', 'holds', 'teams', 'paths', 'inputs'];
  return place.map((key, index) => (/^\d+$/.test(key) || names.includes(place[index - 1] ?? '') ? '*' : key)).join('.');
}

function problemsWith(place: Place, value: unknown): readonly string[] {
  const changed = document();
  const [last = '', ...way] = place.toReversed();
  const at = way.toReversed().reduce<object>((object, key) => Reflect.get(object, key), changed);
  // Plain assignment to `__proto__` would change the prototype.
  Object.defineProperty(at, last, { value, enumerable: true, configurable: true, writable: true });
  const verdict = readPolicy(changed, calendar);
  return 'problems' in verdict ? verdict.problems.map(({ path }) => path) : [];
}

const placesOf = (is: (one: Found) => boolean): [string, Place][] =>
  everything.filter(is).map(({ place }) => [place.join('.') || 'the policy', place]);
const isDuration = ({ value }: Found): boolean => typeof value === 'string' && /^(working )?-?P/.test(value);
const isText = ({ place }: Found): boolean => /\.(zh|en)$|remoteAreas\.\d+$/.test(place.join('.'));

/** What is accepted at a place though it should not be. */
const accepted = (place: Place, values: readonly unknown[]): readonly unknown[] =>
  values.filter((value) => !problemsWith(place, value).some((path) => path === place.join('.')));

const words = ['surprise', 'constructor', '__proto__', 'toString', 'valueOf', 'hasOwnProperty', '', '0'];

test('GV-3 the policy that these tests change is accepted as it is', () => {
  expect(problemsWith(['version'], 3)).toEqual([]);
  expect(everything.length).toBeGreaterThan(100);
});

describe('X1 a name that is none', () => {
  test.each(placesOf(({ value }) => typeof value === 'object' && value !== null && !Array.isArray(value)))(
    'GV-3 X1 an unknown field in %s is refused with its place',
    (_name, place) => {
      const passed = words.filter(
        (word) => !problemsWith([...place, word], 1).includes([...place, word].join('.') || 'policy'),
      );
      expect(passed).toEqual([]);
    },
  );

  test.each(
    placesOf(
      ({ place, value }) => typeof value === 'string' && !isDuration({ place, value }) && !isText({ place, value }),
    ),
  )('GV-3 X1 %s is no word of the language, no nonsense and no novel', (_name, place) => {
    const wrong = [...words, 'a'.repeat(100), 'a\0', 'a b', '😀', '\ud83d', '../a', 7, null, ['a'], { a: 1 }];
    const isName = place.at(-1) === 'name' || place.at(-1) === 'calendar';
    expect(
      accepted(
        place,
        wrong.filter((value) => value !== 'surprise' && !(isName && value === '0')),
      ),
    ).toEqual([]);
  });

  test('GV-3 X1 rows that people name themselves are not called by a word of the language', () => {
    const hold = { gates: ['ship'], releasedBy: ['admin'], isCondition: false };
    const night = { hours: [{ from: '20:00', to: '24:00' }] };
    const asked = words.filter((word) => word !== 'surprise');
    expect(asked.filter((word) => !problemsWith(['holds', word], hold).includes(`holds.${word}`))).toEqual([]);
    expect(asked.filter((word) => !problemsWith(['teams', word], night).includes(`teams.${word}`))).toEqual([]);
  });
});

describe('X1 a time', () => {
  const endless = ['working P36525D', 'working P2601D', 'working PT2081H', 'working PT125000M', 'P36525D', 'P99999D'];
  const nonsense = [
    '',
    '7 days',
    'P',
    'PT',
    'P1M',
    'P1Y',
    'PT1e3S',
    'PT1.5H',
    '1e3',
    'NaN',
    'PT1H\0',
    1000,
    -1,
    null,
    {},
    [],
  ];

  test.each(placesOf(isDuration))('GV-3 X1 %s is a time that is counted out', (_name, place) => {
    expect(accepted(place, [...endless, ...nonsense])).toEqual([]);
    expect(problemsWith(place, place[0] === 'backdating' ? 'P18301D' : 'P3654D')).toContain(place.join('.'));
  });

  test.each(placesOf((one) => isDuration(one) && one.place[0] !== 'collection'))(
    'GV-3 X1 %s is no time before its start',
    (_name, place) => {
      const rung = place.slice(0, -1).join('.');
      const isRefused = (value: string) =>
        problemsWith(place, value).some((path) => [rung, place.join('.')].includes(path));
      expect(['-PT1S', '-P1D', 'working -P1D'].filter((value) => !isRefused(value))).toEqual([]);
    },
  );

  /** A calendar with as little work as any may have: one hour of one day a week, and none of those days for ten years. */
  const sundays = Array.from({ length: 2000 }, (_, index) => addCivilDays('2026-01-04', index * 7));
  const narrow: Calendar = {
    ...calendar,
    hours: [{ from: '09:00', to: '10:00' }],
    weekend: [1, 2, 3, 4, 5, 6],
    holidays: sundays,
    workdays: [],
    knownUntil: '2099-12-31',
  };

  test.each(['working P2600D', 'working -P2600D', 'working PT2080H', 'working -PT2080H', 'P3653D', '-P3653D'])(
    'GV-3 T1 "%s" is the longest time of its kind, and is counted out in any calendar that is accepted',
    (text) => {
      const longer = text.replace(/(2600|2080|3653)/, (count) => String(Number(count) + 1));
      expect([text, longer].map((time) => signedDuration.safeParse(time).success)).toEqual([true, false]);
      expect(calendarSchema.safeParse(narrow).success).toBe(true);
      expect(after('2026-01-01T03:00:00.000Z', parseDuration(text), narrow)).toMatch(/^(19|20|21)/);
    },
  );

  test('HG-4 what happened fifty years ago may be entered where policy says so, and is counted', () => {
    for (const text of ['P18300D', 'working P2600D', 'working PT2080H'] as const) {
      expect(backdating.safeParse(text).success).toBe(true);
      expect(after('2026-11-20T00:00:00.000Z', backwards(parseDuration(text)), calendar) < '2026').toBe(true);
    }
  });

  test.each([
    ['a day of half an hour', [{ from: '09:00', to: '09:30' }]],
    [
      'thirteen shifts',
      Array.from({ length: 13 }, (_, index) => ({ from: `${index + 10}:00`, to: `${index + 10}:30` })),
    ],
  ])('GV-3 MD-1 %s is no working day, of a company or of a team', (_what, hours) => {
    expect(calendarSchema.safeParse({ ...narrow, hours }).success).toBe(false);
    expect(problemsWith(['teams', 'night', 'hours'], hours)).toEqual(['teams.night.hours']);
  });
});

describe('X1 a number, a text and a list', () => {
  test.each(placesOf(({ value }) => typeof value === 'number'))(
    'GV-3 X1 %s is a number within its bounds',
    (_name, place) => {
      const wrong = [-1, 0.5, 1e21, 2 ** 53, Number.NaN, Infinity, '5', '1e3', true, {}, []];
      expect(
        accepted(
          place,
          place.at(-1) === 'usualQuantityTimes' ? wrong.filter((one) => one !== 0.5).concat(0.5, 1001) : wrong,
        ),
      ).toEqual([]);
    },
  );

  test.each(placesOf(({ place }) => (place.at(-1) ?? '').endsWith('Bp')))(
    'GV-3 X1 %s is a share of a whole',
    (_name, place) => {
      expect(accepted(place, [10_001])).toEqual([]);
    },
  );

  test.each(placesOf(isText))('GV-3 X1 %s is words that can be kept and shown', (_name, place) => {
    expect(accepted(place, ['', ' ', 'x'.repeat(201), 'a\0b', 'a\nb', '\ud83d', 'a\udc00', 7, null, {}])).toEqual([]);
  });

  const lists = placesOf(({ value }) => Array.isArray(value));
  test.each(lists)('GV-3 X1 %s has an end, and is a list', (_name, place) => {
    const [first] = everything.flatMap(({ place: at, value }) => (at === place && Array.isArray(value) ? value : []));
    const wrong = [Array.from({ length: 300 }, () => first ?? 'sales'), 'all of them', {}, 7];
    expect(accepted(place, place.at(-1) === 'dispatch' ? wrong : [...wrong, null])).toEqual([]);
  });

  test('GV-3 X1 no list is empty that has to name somebody or something', () => {
    const mayBeEmpty = lists
      .filter(([, place]) => problemsWith(place, []).length === 0)
      .map(([, place]) => sort(place));
    expect(new Set(mayBeEmpty)).toEqual(
      new Set([
        // Every order.
        'reviews.rows.*.when',
        // Nothing.
        'reviews.waivers',
        'reviews.round.openFields',
        'collection.ladder',
        // The customer, or those who have the task.
        'smallOrders.paths.*.dispatch.*.to',
        'collection.ladder.*.to',
        'clocks.*.*.to',
        'tasks.*.ladder.*.to',
        // Nobody.
        'tasks.*.separateFrom',
      ]),
    );
  });

  test.each([
    ['holds', 'reason', 101, { gates: ['ship'], releasedBy: ['admin'], isCondition: false }],
    ['teams', 'team', 51, { hours: [{ from: '20:00', to: '24:00' }] }],
  ])('GV-3 X1 %s has an end, too', (table, name, count, row) => {
    const rows = Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, row]));
    expect(problemsWith([table], rows)).toContain(table);
  });

  test('GV-3 X1 every text, list, number and table of policies and calendars has a bound', () => {
    expect([...unbounded(policySchema), ...unbounded(calendarSchema)]).toEqual([]);
  });

  test('X1 a part without a bound is seen', () => {
    const free = z.strictObject({
      text: z.string().min(1),
      list: z.array(z.strictObject({ share: z.number().min(0), many: z.array(z.boolean()).max(3) })),
      names: z.record(z.string(), z.int().min(0)).exactOptional(),
      either: z.union([z.literal('all'), z.string()]).nullable(),
    });
    const all = ['text', 'list', 'list.*.share', 'names', 'names.name', 'either'];
    expect(unbounded(free)).toEqual(all);
    expect(() => unbounded(z.strictObject({ at: z.date() }))).toThrow('at: whether a date has a bound is not known');
  });
});

const backwards = (length: Duration): Duration =>
  length.kind === 'workingDays' ? { ...length, days: -length.days } : { ...length, seconds: -length.seconds };
