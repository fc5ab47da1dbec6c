import * as fc from 'fast-check';
import { loadPolicy } from '../../../config/load-policy';
import { assignmentProblems } from '../../../domain/outside/people/assignment';
import type { Role } from '../../../domain/inside/kernel/vocabulary';
import type { SigningTerms } from '../../../domain/inside/kernel/worklist/terms';
import type { Organisation, Person } from '../../../domain/outside/people/organisation';
import type { Policy, ReviewTask } from '../../../domain/outside/policy/policy';
import { users } from '../../../scripts/demo-company';

const { policy } = loadPolicy('default');

const company = (
  people: Readonly<Record<string, readonly Role[]>>,
  superiors: Record<string, string> = {},
): Organisation => ({
  people: new Map(
    Object.entries(people).map(([userId, roles]): [string, Person] => [
      userId,
      { userId, roles, active: true, superior: superiors[userId] ?? null },
    ]),
  ),
  substitutions: [],
});

const levels: readonly ReviewTask[] = ['review.sales', 'review.technical', 'review.management'];

/** The default policy with these three levels alone, and changed. */
const withTasks = (changes: Partial<Record<ReviewTask, Partial<Policy['tasks'][ReviewTask]>>>): Policy => ({
  ...policy,
  reviews: { ...policy.reviews, rows: policy.reviews.rows.filter(({ task }) => levels.includes(task)) },
  tasks: {
    ...policy.tasks,
    ...Object.fromEntries(levels.map((kind) => [kind, { ...policy.tasks[kind], fallback: [], ...changes[kind] }])),
  },
});
const strict = withTasks({});
const signing = (slots: SigningTerms['slots'], needed: number, inSequence = false): SigningTerms => ({
  slots,
  needed,
  inSequence,
  onRejection: 'ends',
});

const whole = { s1: ['sales'], s2: ['sales'], t: ['technical'], d: ['director'] } as const;

describe('HT-2 HT-10 what nobody can carry is seen when the policy is saved', () => {
  test.each(['default', 'demo', 'northwind'])('HT-2 the demo company carries the policy "%s"', (name) => {
    const people = Object.fromEntries(users.map(({ id, roles }) => [id, roles]));
    expect(assignmentProblems(loadPolicy(name).policy, company(people))).toEqual([]);
  });

  test('HT-2 a level whose roles nobody active holds names the level; a fallback who is there carries it', () => {
    const { t: _gone, ...rest } = whole;
    expect(assignmentProblems(strict, company(rest))).toEqual([
      { path: 'tasks.review.technical.roles', reason: expect.stringContaining('nobody active') },
    ]);
    const fallen = withTasks({ 'review.technical': { fallback: ['general_manager'] } });
    expect(assignmentProblems(fallen, company({ ...rest, g: ['general_manager'] }))).toEqual([]);
    const left = company(whole);
    const t = left.people.get('t');
    if (t !== undefined) (left.people as Map<string, Person>).set('t', { ...t, active: false });
    expect(assignmentProblems(strict, left)).toHaveLength(1);
  });

  test('HT-10 four eyes that leave nobody name the taker', () => {
    const alone = company({ s1: ['sales'], t: ['technical'], d: ['director'] });
    expect(assignmentProblems(strict, alone)).toEqual([
      { path: 'tasks.review.sales.separateFrom', reason: 'four eyes leave nobody for an order that s1 takes' },
    ]);
    const twoHats = company({ s1: ['sales'], s2: ['sales'], both: ['technical', 'director'] });
    expect(assignmentProblems(strict, twoHats)[0]?.path).toBe('tasks.review.management.separateFrom');
    const spared = withTasks({ 'review.management': { separateFrom: ['taker', 'review.sales'] } });
    expect(assignmentProblems(spared, twoHats)).toEqual([]);
    const helped = withTasks({ 'review.sales': { fallback: ['general_manager'] } });
    expect(
      assignmentProblems(helped, company({ s1: ['sales'], t: ['technical'], d: ['director'], g: ['general_manager'] })),
    ).toEqual([]);
  });

  test('HT-3 of a quorum as many slots as are needed have to be filled, in sequence the first', () => {
    const slots: SigningTerms['slots'] = [['legal'], ['sales'], ['technical']];
    const two = withTasks({ 'review.sales': { signing: signing(slots, 2) }, 'review.technical': { separateFrom: [] } });
    expect(assignmentProblems(two, company(whole))).toEqual([]);
    const first = withTasks({
      'review.sales': { signing: signing(slots, 2, true) },
      'review.technical': { separateFrom: [] },
    });
    expect(assignmentProblems(first, company(whole))[0]?.path).toBe('tasks.review.sales.roles');
    const three = withTasks({ 'review.sales': { signing: signing([['sales'], ['sales']], 2) } });
    expect(assignmentProblems(three, company(whole))[0]?.path).toBe('tasks.review.sales.separateFrom');
  });

  test('HT-1 the superior of who takes the order counts, whatever roles he has', () => {
    const bySuperior = withTasks({ 'review.technical': { roles: [], superior: { of: 'taker' } } });
    const people = { ...whole, boss: ['analyst'] } as const;
    expect(assignmentProblems(bySuperior, company(people, { s1: 'boss', s2: 'boss' }))).toEqual([]);
    expect(assignmentProblems(bySuperior, company(people, { s1: 'boss' }))).toMatchObject([
      { path: 'tasks.review.technical.roles' },
    ]);
  });

  test('HT-10 twenty signatures and nineteen people are refused within a moment', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`s${index}`, ['sales'] as Role[]]));
    const slots = Array.from({ length: 20 }, (): Role[] => ['sales']);
    const crowded = withTasks({ 'review.sales': { signing: signing(slots, 20) } });
    const began = performance.now();
    expect(assignmentProblems(crowded, company({ ...many, t: ['technical'], d: ['director'] }))).toHaveLength(20);
    expect(performance.now() - began).toBeLessThan(5000);
  });
});

const someRoles = fc.uniqueArray(fc.constantFrom<Role>('sales', 'technical', 'director'), {
  minLength: 1,
  maxLength: 2,
});
const companies = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), someRoles, { minKeys: 1 })
  .map((people) => company(people));
const apart = fc.record({
  technical: fc.subarray(['taker', 'review.sales'] as const),
  management: fc.subarray(['taker', 'review.sales', 'review.technical'] as const),
});

test('HT-10 a policy is refused exactly where no choice of three people fits some taker', () => {
  fc.assert(
    fc.property(companies, apart, (of, { technical, management }) => {
      const asked = withTasks({
        'review.sales': { roles: ['sales'], separateFrom: ['taker'] },
        'review.technical': { roles: ['technical'], separateFrom: technical },
        'review.management': { roles: ['director'], separateFrom: management },
      });
      const people = [...of.people.values()];
      const holding = (role: Role) => people.filter(({ roles }) => roles.includes(role)).map(({ userId }) => userId);
      const fits = (taker: string, [s, t, m]: readonly [string, string, string]) =>
        s !== taker &&
        !(technical.includes('taker') && t === taker) &&
        !(management.includes('taker') && m === taker) &&
        !(technical.includes('review.sales') && t === s) &&
        !(management.includes('review.sales') && m === s) &&
        !(management.includes('review.technical') && m === t);
      const carries = (taker: string) =>
        holding('sales').some((s) =>
          holding('technical').some((t) => holding('director').some((m) => fits(taker, [s, t, m]))),
        );
      const isFilled = (['sales', 'technical', 'director'] as const).every((role) => holding(role).length > 0);
      expect(assignmentProblems(asked, of).length === 0).toBe(isFilled && holding('sales').every(carries));
    }),
    { numRuns: 500 },
  );
});
