import * as fc from 'fast-check';
import { personsBehind } from '../../../domain/inside/kernel/actor';
import type { Role } from '../../../domain/inside/kernel/vocabulary';
import { isWithinLimits, slotFor } from '../../../domain/inside/kernel/worklist/authority';
import type { Candidate, Slot } from '../../../domain/inside/kernel/worklist/task';
import { candidaciesOf } from '../../../domain/outside/people/candidacies';
import {
  isInRing,
  type Organisation,
  type Person,
  type Substitution,
  superiorOf,
} from '../../../domain/outside/people/organisation';
import { principalsOf, substitutionProblem } from '../../../domain/outside/people/substitutes';
import {
  type Asked,
  findCandidates,
  findDeciders,
  isWithoutCandidates,
  verdictFor,
} from '../../../domain/outside/people/verdict';

const now = '2026-11-23T02:00:00.000Z';
const day = { from: '2026-11-23T00:00:00.000Z', until: '2026-11-24T00:00:00.000Z' };

const person = (userId: string, roles: readonly Role[], more: Partial<Person> = {}): Person => ({
  userId,
  roles,
  active: true,
  superior: null,
  ...more,
});
const away = (absent: string, substitute: string, more: Partial<Substitution> = {}): Substitution => ({
  id: `${absent}-${substitute}`,
  absent,
  substitute,
  ...day,
  kinds: [],
  ...more,
});
const company = (people: readonly Person[], ...substitutions: Substitution[]): Organisation => ({
  people: new Map(people.map((one) => [one.userId, one])),
  substitutions,
});
const slot = (no: number, candidates: readonly Candidate[], more: Partial<Slot> = {}): Slot => ({
  no,
  turn: 1,
  candidates,
  state: 'open',
  ...more,
});
const asks = (candidates: readonly Candidate[], more: Partial<Asked> = {}): Asked => ({
  kind: 'review.sales',
  slots: [slot(1, candidates)],
  signing: { needed: 1, onRejection: 'ends' },
  fallback: [],
  excluded: [],
  ...more,
});
const excluding = (...userIds: string[]) => userIds.map((userId) => ({ userId, because: 'taker' }));
const bySales = asks([{ role: 'sales' }]);
const may = (of: Organisation, userId: string, task: Asked) => verdictFor(of, userId, task, now);

describe('HT-7 substitutes', () => {
  const li = person('li', ['sales']);
  const wang = person('wang', ['technical']);
  const zhao = person('zhao', ['legal']);

  test('HT-7 a substitute acts for who is away, in the time and for the kinds of tasks that were said', () => {
    const acts = (more: Partial<Substitution>) => may(company([li, wang], away('li', 'wang', more)), 'wang', bySales);
    expect(acts({})).toMatchObject({ by: { userId: 'wang', onBehalfOf: 'li', actingAs: { substitution: 'li-wang' } } });
    expect(acts({ kinds: ['review.sales'] })).toHaveProperty('by');
    expect(acts({ kinds: ['bill.review'] })).toMatchObject({ because: 'not_a_candidate' });
    expect(acts({ until: now })).toMatchObject({ because: 'not_a_candidate' });
    expect(acts({ from: '2026-11-23T02:00:00.001Z' })).toMatchObject({ because: 'not_a_candidate' });
  });

  test('HT-7 who has left lends no authority', () => {
    const left = company([{ ...li, active: false }, wang], away('li', 'wang'));
    expect(may(left, 'wang', bySales)).toMatchObject({ because: 'not_a_candidate' });
    expect(candidaciesOf(left, 'li', now)).toEqual([]);
  });

  test('HT-11 the limits of the principal count, not those of the substitute', () => {
    const task = asks([{ role: 'sales' }], { amountFen: 500, measures: { amountFen: 500 } });
    const small = company([{ ...li, limits: { amountFen: 499 } }, wang], away('li', 'wang'));
    expect(may(small, 'wang', task)).toMatchObject({ because: 'over_limit' });
    const large = company([li, { ...wang, limits: { amountFen: 1 } }], away('li', 'wang'));
    expect(may(large, 'wang', task)).toHaveProperty('by.onBehalfOf', 'li');
  });

  test('V3 four eyes look at the principal, at the substitute, and at who handed on between them', () => {
    const chain = company([li, wang, zhao], away('li', 'wang'), away('wang', 'zhao'));
    expect(may(chain, 'zhao', bySales)).toMatchObject({
      by: { onBehalfOf: 'li', actingAs: { substitution: 'wang-zhao' } },
    });
    for (const userId of ['li', 'wang', 'zhao'])
      expect(may(chain, 'zhao', { ...bySales, excluded: excluding(userId) })).toMatchObject({ because: 'four_eyes' });
    // The workflow does not know of wang: it gets zhao as himself, and refuses him as well.
    const verdict = may(chain, 'zhao', { ...bySales, excluded: excluding('wang') });
    expect('by' in verdict ? verdict.by : verdict.refused).toEqual({ kind: 'user', userId: 'zhao', roles: ['legal'] });
    expect(candidaciesOf(chain, 'zhao', now).map(({ persons }) => persons)).toEqual([
      ['zhao'],
      ['zhao', 'wang'],
      ['zhao', 'li', 'wang'],
    ]);
  });

  test('HT-7 a chain ends after three, and a ring of people all away ends where it closes', () => {
    const five = ['a', 'b', 'c', 'd', 'e'].map((userId) => person(userId, ['sales']));
    const chain = [away('a', 'b'), away('b', 'c'), away('c', 'd'), away('d', 'e')];
    const reached = (userId: string, ...also: Substitution[]) =>
      principalsOf(company(five, ...chain, ...also), userId, { kind: 'review.sales', now }).map(
        (one) => one.person.userId,
      );
    expect(reached('e')).toEqual(['d', 'c', 'b']);
    expect(reached('c', away('e', 'a'))).toEqual(['b', 'a', 'e']);
    expect(substitutionProblem(chain, away('a', 'a'))).toBe('self');
    expect(substitutionProblem(chain, away('e', 'a'))).toBe('ring');
    expect(
      substitutionProblem(chain, away('e', 'a', { from: day.until, until: '2026-11-25T00:00:00.000Z' })),
    ).toBeUndefined();
  });
});

describe('HT-1 superiors', () => {
  const line = company([
    person('li', ['sales'], { superior: 'wang' }),
    person('wang', ['sales_supervisor'], { superior: 'zhao', active: false }),
    person('zhao', ['sales_director'], { superior: 'sun' }),
    person('sun', ['director']),
  ]);

  test('HT-1 the nearest superior who is there, or the nearest with a role; nobody at the top', () => {
    expect(superiorOf(line, 'li')?.userId).toBe('zhao');
    expect(superiorOf(line, 'li', 'director')?.userId).toBe('sun');
    expect(superiorOf(line, 'li', 'sales_supervisor')).toBeUndefined();
    expect(superiorOf(line, 'sun')).toBeUndefined();
    const task = asks([{ superiorOf: 'li', until: 'director' }]);
    expect(may(line, 'sun', task)).toMatchObject({ by: { actingAs: { superiorOf: ['li>director'] } } });
    expect(may(line, 'zhao', task)).toMatchObject({ because: 'not_a_candidate' });
    expect(candidaciesOf(line, 'zhao', now)[0]?.superiorKeys).toEqual([
      'li',
      'li>sales_director',
      'wang',
      'wang>sales_director',
    ]);
  });

  test('HT-1 a ring of superiors is seen before it is kept, and ends every search', () => {
    const superiors = new Map([
      ['a', 'b'],
      ['b', 'c'],
      ['c', 'b'],
      ['d', null],
    ]);
    expect(['a', 'b', 'c', 'd'].map((userId) => isInRing(superiors, userId))).toEqual([false, true, true, false]);
    const ring = company([...superiors].map(([userId, superior]) => person(userId, ['sales'], { superior })));
    expect(superiorOf(ring, 'a', 'director')).toBeUndefined();
    expect(superiorOf(ring, 'b', 'director')).toBeUndefined();
  });
});

describe('HT-2 the fallback', () => {
  const sun = person('sun', ['director']);
  const fallback: readonly Role[] = ['director'];

  test('HT-2 acts only while nobody is there', () => {
    const task = { ...bySales, fallback };
    const manned = company([sun, person('li', ['sales'])]);
    expect([isWithoutCandidates(manned, task), may(manned, 'sun', task)]).toMatchObject([
      false,
      { because: 'not_a_candidate' },
    ]);
    expect(findDeciders(manned, task, now)).toEqual(['li']);
    const gone = company([sun, person('li', ['sales'], { active: false })]);
    expect(isWithoutCandidates(gone, task)).toBe(true);
    expect(may(gone, 'sun', task)).toMatchObject({ by: { userId: 'sun', actingAs: { asFallback: true } } });
    expect([findCandidates(gone, task, now), findDeciders(gone, task, now)]).toEqual([[], ['sun']]);
    expect(may(manned, 'sun', { ...task, excluded: excluding('li') })).toHaveProperty('by');
    expect(may(gone, 'sun', { ...task, excluded: excluding('sun') })).toMatchObject({ because: 'four_eyes' });
  });

  test('HT-7 who stands in for the fallback has its word', () => {
    const task = { ...bySales, fallback };
    const both = company([sun, person('qian', ['legal'])], away('sun', 'qian'));
    expect(may(both, 'qian', task)).toMatchObject({ by: { onBehalfOf: 'sun', actingAs: { asFallback: true } } });
    expect(findDeciders(both, task, now)).toEqual(['qian', 'sun']);
  });

  test('HT-3 a signature that nobody can give falls to the fallback when its turn comes, though others are there', () => {
    const [legal, finance] = [slot(1, [{ role: 'legal' }]), slot(2, [{ role: 'finance' }])];
    const cosign = asks([], { slots: [legal, finance], signing: { needed: 2, onRejection: 'ends' }, fallback });
    const people = company([sun, person('gao', ['finance'])]);
    expect([isWithoutCandidates(people, cosign), may(people, 'gao', cosign)]).toMatchObject([
      true,
      { by: { userId: 'gao' } },
    ]);
    const verdict = may(people, 'sun', cosign);
    expect('by' in verdict && slotFor(cosign, verdict.by)).toBe(legal);
    const other = {
      ...cosign,
      slots: [
        { ...finance, no: 1 },
        { ...legal, no: 2 },
      ],
    };
    expect(isWithoutCandidates(people, other)).toBe(false);
    const either = { ...cosign, signing: { needed: 1, onRejection: 'ends' } } as const;
    expect(isWithoutCandidates(people, either)).toBe(false);
  });
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const someRole = fc.constantFrom<Role>('sales', 'technical', 'director');
const someId = fc.constantFrom(...ids);
const companies = fc
  .record({
    people: fc.tuple(
      ...ids.map((userId) =>
        fc.record<Person>({
          userId: fc.constant(userId),
          roles: fc.uniqueArray(someRole, { minLength: 1, maxLength: 2 }),
          active: fc.boolean(),
          superior: fc.option(someId),
          limits: fc.constantFrom({}, { amountFen: 100 }, { amountFen: 1000 }),
        }),
      ),
    ),
    pairs: fc.array(fc.tuple(someId, someId), { maxLength: 10 }),
  })
  .map(({ people, pairs }) =>
    company(people, ...pairs.filter(([one, other]) => one !== other).map(([one, other]) => away(one, other))),
  );
const someCandidate = fc.oneof(
  someRole.map((role): Candidate => ({ role })),
  someId.map((user): Candidate => ({ user })),
  fc.record({ superiorOf: someId, until: someRole }),
  someId.map((of): Candidate => ({ superiorOf: of })),
);
const questions = fc
  .record({
    slots: fc.array(
      fc.record({ candidates: fc.array(someCandidate, { minLength: 1, maxLength: 2 }), turn: fc.constantFrom(1, 2) }),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    needed: fc.constantFrom(1, 2, 3),
    fallback: fc.uniqueArray(someRole, { maxLength: 1 }),
    out: fc.uniqueArray(someId, { maxLength: 3 }),
    amountFen: fc.constantFrom(50, 500, 5000),
  })
  .map(({ slots, needed, fallback, out, amountFen }): Asked =>
    asks([], {
      slots: slots.map(({ candidates, turn }, index) => slot(index + 1, candidates, { turn })),
      signing: { needed: Math.min(needed, slots.length), onRejection: 'ends' },
      fallback,
      excluded: excluding(...out),
      measures: { amountFen },
    }),
  );

describe('whoever works there, whoever is away, whatever is asked', () => {
  const holdsForEverybody = (check: (of: Organisation, task: Asked, userId: string) => void): void =>
    fc.assert(
      fc.property(companies, questions, (of, task) => {
        for (const userId of ids) check(of, task, userId);
      }),
      { numRuns: 200 },
    );

  test('HT-10 nobody acts against four eyes, by substitution neither; who acts is there, and so is whom he acts for', () => {
    holdsForEverybody((of, task, userId) => {
      const verdict = may(of, userId, task);
      if (!('by' in verdict)) return;
      const out = task.excluded.map((one) => one.userId);
      const through = principalsOf(of, userId, { kind: task.kind, now }).find(
        (one) => one.person.userId === verdict.by.onBehalfOf,
      )?.through;
      const persons = [...personsBehind(verdict.by), ...(through ?? [])];
      expect(persons.filter((one) => out.includes(one))).toEqual([]);
      expect(persons.filter((one) => of.people.get(one)?.active !== true)).toEqual([]);
      expect(typeof slotFor(task, verdict.by)).toBe('object');
    });
  });

  test('HT-11 what somebody approves is within the limits of whose authority he uses', () => {
    holdsForEverybody((of, task, userId) => {
      const verdict = may(of, userId, task);
      if (!('by' in verdict)) return;
      const limit = of.people.get(verdict.by.onBehalfOf ?? userId)?.limits?.amountFen ?? Infinity;
      expect(task.measures?.amountFen ?? Infinity).toBeLessThanOrEqual(limit);
    });
  });

  test('V4 HT-11 whom the door refuses the workflow refuses too, as what he comes as', () => {
    holdsForEverybody((of, task, userId) => {
      const verdict = may(of, userId, task);
      if ('by' in verdict) return;
      expect(verdict.refused === undefined).toBe(of.people.get(userId)?.active !== true);
      if (verdict.refused === undefined) return;
      const slot = slotFor(task, verdict.refused);
      const isRefused = typeof slot === 'string' || !isWithinLimits(task, verdict.refused);
      expect({ verdict, isRefused }).toMatchObject({ isRefused: true });
    });
  });

  test('HT-2 the fallback acts only while nobody is there for what comes next, and the task is without candidates exactly then', () => {
    holdsForEverybody((of, task, userId) => {
      const verdict = may(of, userId, task);
      const acts = 'by' in verdict && verdict.by.actingAs?.asFallback === true;
      if (acts) expect(isWithoutCandidates(of, task)).toBe(true);
      if (findCandidates(of, task, now).length === 0) expect(isWithoutCandidates(of, task)).toBe(true);
    });
  });

  test('HT-17 the list of who can is the list of those who may', () => {
    holdsForEverybody((of, task) => {
      const deciders = ids.filter((userId) => 'by' in may(of, userId, task));
      expect(findDeciders(of, task, now)).toEqual(deciders);
      const candidates = deciders.filter((userId) => {
        const verdict = may(of, userId, task);
        return 'by' in verdict && verdict.by.actingAs?.asFallback !== true;
      });
      expect(findCandidates(of, task, now)).toEqual(candidates);
    });
  });

  test('HT-7 nobody acts for himself by a chain, nor for one person twice, nor over more than three', () => {
    holdsForEverybody((of, task, userId) => {
      const principals = principalsOf(of, userId, { kind: task.kind, now });
      const names = principals.map((one) => one.person.userId);
      expect(new Set([userId, ...names]).size).toBe(names.length + 1);
      for (const { through } of principals) expect(through.length).toBeLessThan(3);
    });
  });

  test('HT-1 a handle names exactly those whose superior somebody is', () => {
    holdsForEverybody((of, _task, userId) => {
      const keys = candidaciesOf(of, userId, now)[0]?.superiorKeys ?? [];
      const below = ids.filter((one) => superiorOf(of, one)?.userId === userId);
      expect(keys.filter((key) => !key.includes('>')).toSorted()).toEqual(of.people.get(userId)?.active ? below : []);
    });
  });
});
