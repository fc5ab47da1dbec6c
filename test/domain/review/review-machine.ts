import fc from 'fast-check';
import type { EveryFact } from '../../../domain/inside/every-fact';
import type { Dossier } from '../../../domain/inside/order';
import type { TaskKind } from '../../../domain/inside/processes';
import type { ReviewLevel, Terms } from '../../../domain/inside/intake/terms';
import type { UserActor } from '../../../domain/inside/kernel/actor';
import type { FactHead, FiledFact } from '../../../domain/inside/kernel/fact';
import type { Role } from '../../../domain/inside/kernel/vocabulary';
import { reassignments } from '../../../domain/inside/kernel/worklist/terms';
import { rowOf } from '../../../domain/inside/kernel/worklist/requirement';
import type { Task } from '../../../domain/inside/kernel/worklist/task';
import type { SigningTerms } from '../../../domain/inside/kernel/worklist/terms';
import { openTasks } from '../../../domain/inside/kernel/worklist/worklist';
import type { Organisation, Person, Substitution } from '../../../domain/outside/people/organisation';
import { type Asked, verdictFor } from '../../../domain/outside/people/verdict';
import { terms } from '../../builders';
import { Machine } from '../machine';

/** How a review is set up: what each level asks, what binds it, how the round behaves. */
export interface Setup {
  readonly signing: 'one' | 'both' | 'quorum' | 'in turn';
  readonly round: Terms['review'];
  /** People who left, and who stands in for whom, to begin with. */
  readonly away: readonly (readonly [absent: number, substitute: number])[];
  readonly limited: readonly number[];
}

export interface Deed {
  readonly do: (typeof deeds)[number];
  readonly who: number;
  readonly whom: number;
  readonly pick: number;
}

export interface ReviewStory {
  readonly setup: Setup;
  readonly deeds: readonly Deed[];
}

const deeds = [
  'approve',
  'approve',
  'approve',
  'reject',
  'return',
  'returnToLevel',
  'ask',
  'takeBack',
  'move',
  'move',
  'pause',
  'resume',
  'revise',
  'withdraw',
  'leave',
  'standIn',
  'hours',
  'days',
  'again',
] as const;

const person = fc.integer({ min: 0, max: 9 });

export const reviewStories: fc.Arbitrary<ReviewStory> = fc.record({
  setup: fc.record({
    signing: fc.constantFrom('one' as const, 'both' as const, 'quorum' as const, 'in turn' as const),
    round: fc.record({
      openFields: fc.constantFrom('all' as const, ['contact']),
      afterReturn: fc.constantFrom('resume' as const, 'walk_again' as const),
      sameApprover: fc.constantFrom('asks' as const, 'passes' as const),
    }),
    away: fc.array(fc.tuple(person, person), { maxLength: 4 }),
    // Those to whom everything falls back are without limit.
    limited: fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 3 }),
  }),
  deeds: fc.array(
    fc.record({ do: fc.constantFrom(...deeds), who: person, whom: person, pick: fc.integer({ min: 0, max: 20 }) }),
    { minLength: 3, maxLength: 40 },
  ),
});

/** Ten people: most have one role, some two, the last two hold what reviews fall back to. */
const rolesOfPeople: readonly (readonly Role[])[] = [
  ['sales'],
  ['sales', 'technical'],
  ['sales'],
  ['technical'],
  ['technical', 'general_manager'],
  ['general_manager'],
  ['general_manager', 'sales'],
  ['sales', 'technical', 'general_manager'],
  ['admin'],
  ['admin'],
];

const signings: Readonly<Record<Setup['signing'], SigningTerms | undefined>> = {
  one: undefined,
  both: { slots: [['technical'], ['technical', 'sales']], needed: 2, inSequence: false, onRejection: 'ends' },
  quorum: {
    slots: [['technical'], ['sales'], ['general_manager']],
    needed: 2,
    inSequence: false,
    onRejection: 'counts',
  },
  'in turn': { slots: [['technical'], ['general_manager']], needed: 2, inSequence: true, onRejection: 'ends' },
};

const levels = ['review.sales', 'review.technical', 'review.management'] as const;

/** A task as the organisation is asked about it: reviews of an order are of its kinds. */
export const asked = (task: Task): Asked => ({ ...task, kind: task.kind as TaskKind });

/** One order under review in a small organisation, told anything by anybody. */
export class ReviewMachine {
  readonly machine: Machine;
  readonly filed: { readonly fact: FiledFact; readonly before: Dossier; readonly after: Dossier }[] = [];
  /** What the machine did twice, or had refused to itself. */
  readonly spun: string[] = [];
  organisation: Organisation;
  private readonly said: EveryFact[] = [];
  private serial = 0;
  private generation = 0;

  constructor(private readonly setup: Setup) {
    this.machine = new Machine(this.terms(0), 'all', {
      order: ({ before, after, filed }) => void this.filed.push({ fact: filed, before, after }),
      shipment: () => undefined,
      collection: () => undefined,
      spins: (key) => void this.spun.push(key),
    });
    const people = rolesOfPeople.map((roles, index): [string, Person] => [
      `u${index}`,
      {
        userId: `u${index}`,
        active: true,
        roles,
        superior: index === 0 ? null : 'u0',
        ...(setup.limited.includes(index) ? { limits: { amountFen: 100 } } : {}),
      },
    ]);
    const substitutions = setup.away
      .filter(([absent, substitute]) => absent !== substitute)
      .map(([absent, substitute], index) => this.substitution(`s${index}`, absent, substitute));
    this.organisation = { people: new Map(people), substitutions };
    this.machine.settle();
  }

  get dossier(): Dossier {
    return this.machine.dossier;
  }

  /** As whom somebody may answer a task now; himself where he may not. */
  actor(userId: string, task: Task): UserActor {
    const verdict = verdictFor(this.organisation, userId, asked(task), this.machine.now);
    const roles = this.organisation.people.get(userId)?.roles ?? [];
    return 'by' in verdict ? verdict.by : { kind: 'user', userId, roles };
  }

  act({ do: deed, who, whom, pick }: Deed): void {
    const { worklist } = this.dossier;
    const tasks = pick > 15 ? worklist.tasks : openTasks(worklist);
    const task = tasks[pick % Math.max(1, tasks.length)];
    const userId = `u${who}`;
    const head = (by: UserActor): FactHead => ({ id: `m${++this.serial}`, at: this.machine.now, by });
    const decide = (
      outcome: 'approve' | 'reject' | 'return' | 'ask',
      more: { readonly returnTo?: number } = {},
    ): void => {
      if (task === undefined) return;
      const by = this.actor(userId, task);
      this.say({ ...head(by), kind: 'decisionMade', taskId: task.id, outcome, reasonCode: 'because', ...more });
    };
    switch (deed) {
      case 'approve':
      case 'reject':
      case 'return':
      case 'ask':
        decide(deed);
        break;
      case 'returnToLevel':
        decide('return', { returnTo: 1 + (pick % 3) });
        break;
      case 'takeBack': {
        const old = worklist.tasks[pick % Math.max(1, worklist.tasks.length)];
        if (old !== undefined)
          this.say({
            ...head(this.actor(userId, old)),
            kind: 'decisionWithdrawn',
            taskId: old.id,
            reasonCode: 'hasty',
          });
        break;
      }
      case 'move': {
        if (task === undefined) break;
        const slot = pick % 4 === 0 ? { slot: 1 + (pick % 5) } : {};
        const how = reassignments[pick % reassignments.length] ?? 'transfer';
        this.say({
          ...head(this.actor(userId, task)),
          kind: 'taskReassigned',
          taskId: task.id,
          how,
          to: `u${whom}`,
          ...slot,
        });
        break;
      }
      case 'pause':
      case 'resume':
        if (task !== undefined)
          this.say({
            ...head(this.actor(userId, task)),
            kind: deed === 'pause' ? 'taskPaused' : 'taskResumed',
            taskId: task.id,
          });
        break;
      case 'revise': {
        this.generation += 1;
        const changed = [pick % 2 === 0 ? 'contact' : 'lines'];
        const { revision } = this.dossier.intake;
        const by = this.self(userId);
        this.say({ ...head(by), kind: 'orderRevised', terms: this.terms(pick), fromRevision: revision, changed });
        break;
      }
      case 'withdraw':
        this.say({ ...head(this.self(userId)), kind: 'reviewWithdrawn', reasonCode: 'mistake' });
        break;
      case 'leave':
        // Somebody always stays whom reviews fall back to.
        if (who < 8) this.setPerson(userId, { active: pick % 3 === 0 });
        break;
      case 'standIn':
        if (who !== whom) this.standIn(who, whom);
        break;
      case 'hours':
        this.machine.pass(3600 * (1 + pick));
        break;
      case 'days':
        this.machine.pass(86_400);
        break;
      case 'again': {
        const before = this.said[pick % Math.max(1, this.said.length)];
        if (before !== undefined) this.machine.tell(before);
        break;
      }
    }
    this.machine.settle();
  }

  private say(message: EveryFact): void {
    this.said.push(message);
    this.machine.tell(message);
  }

  private self(userId: string): UserActor {
    return { kind: 'user', userId, roles: this.organisation.people.get(userId)?.roles ?? [] };
  }

  private setPerson(userId: string, change: Partial<Person>): void {
    const people = new Map(this.organisation.people);
    const before = people.get(userId);
    if (before !== undefined) people.set(userId, { ...before, ...change });
    this.organisation = { ...this.organisation, people };
  }

  private standIn(absent: number, substitute: number): void {
    const id = `s${this.organisation.substitutions.length}`;
    const substitutions = [...this.organisation.substitutions, this.substitution(id, absent, substitute)];
    this.organisation = { ...this.organisation, substitutions };
  }

  private substitution(id: string, absent: number, substitute: number): Substitution {
    const from = '2026-11-21T00:00:00.000Z';
    return {
      id,
      absent: `u${absent}`,
      substitute: `u${substitute}`,
      from,
      until: '2026-12-31T00:00:00.000Z',
      kinds: [],
    };
  }

  /** Terms of a revision; `pick` says which levels' inputs it touches. */
  private terms(pick: number): Terms {
    const { signing, round } = this.setup;
    const reviews = levels.map((task, index): ReviewLevel => ({
      level: index + 1,
      task,
      rule: 'test',
      evidence: {},
      fingerprint: (pick >> index) % 2 === 0 ? `same${index}` : `touched${index}-${this.generation}`,
    }));
    const base = terms({ reviews, review: round });
    const several = signings[signing];
    const technical: TaskKind = 'review.technical';
    return {
      ...base,
      tasks: {
        ...base.tasks,
        ...Object.fromEntries(levels.map((kind) => [kind, { ...rowOf(base, kind), pausable: true as const }])),
        ...(several === undefined
          ? {}
          : { [technical]: { ...rowOf(base, technical), pausable: true as const, signing: several } }),
      },
    };
  }
}
