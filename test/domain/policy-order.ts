import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCalendar, readPolicy } from '../../config/load-policy';
import type { EveryFact } from '../../domain/inside/every-fact';
import type { TaskKind } from '../../domain/inside/processes';
import type { Actor } from '../../domain/inside/kernel/actor';
import type { FiledFact } from '../../domain/inside/kernel/fact';
import type { OrderStatus } from '../../domain/inside/kernel/vocabulary';
import { rolesOf, type Task } from '../../domain/inside/kernel/worklist/task';
import type { Outcome } from '../../domain/inside/kernel/worklist/terms';
import { openTasks } from '../../domain/inside/kernel/worklist/worklist';
import type { Policy } from '../../domain/policy';
import type { TermsQuestion } from '../../domain/terms-for';
import { Machine, type InHand } from './machine';
import { help } from './machine-stories';
import { ask, monday } from './order-builders';

/** Places of a policy's document and what stands there instead: `tasks/review.sales/due`; undefined takes it away. */
export type Changes = Readonly<Record<string, unknown>>;

/** Ladders are compared faster where every hour counts. */
const everyHour = loadCalendar('always');

/** The default policy's document with some places changed, read as one that is published: nothing here that could not be saved. */
export function saved(changes: Changes): Policy {
  const key = JSON.stringify(changes, (_key, value: unknown) => value ?? 'none');
  const policy = read.get(key) ?? readChanged(changes);
  read.set(key, policy);
  return policy;
}

/** What was read once is not read again: most tests begin with the default. */
const read = new Map<string, Policy>();

function readChanged(changes: Changes): Policy {
  const file = join(__dirname, '../../config/policies/default.json');
  const document = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  for (const [path, value] of Object.entries(changes)) change(document, path.split('/'), value);
  const verdict = readPolicy(document, everyHour);
  if ('policy' in verdict) return verdict.policy;
  throw new Error(verdict.problems.map(({ path, reason }) => `${path}: ${reason}`).join('\n'));
}

function change(within: Record<string, unknown>, [key = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length > 0) change(within[key] as Record<string, unknown>, rest, value);
  else if (value === undefined) delete within[key];
  else within[key] = value;
}

const nobody: Actor = { kind: 'process' };

/** An order under a policy, without any server, and all that was filed of it and of its shipment. */
export class OrderUnder {
  readonly filed: FiledFact[] = [];
  readonly statuses = new Set<OrderStatus>();
  readonly machine: Machine;
  private serial = 0;

  constructor(policy: Policy, question: Partial<TermsQuestion> = {}, inHand: InHand = 'all') {
    this.machine = new Machine(ask({ ...question, policy }).terms, inHand, {
      order: ({ after, filed }) => {
        this.statuses.add(after.status);
        this.filed.push(filed);
      },
      parcel: ({ filed }) => this.filed.push(filed),
    });
    this.machine.now = monday;
    this.machine.settle();
  }

  get dossier() {
    return this.machine.dossier;
  }

  /** The kinds of the facts that counted. */
  get kinds(): readonly EveryFact['kind'][] {
    return this.filed.filter(({ standing }) => standing === 'applied').map(({ fact }) => fact.kind);
  }

  /** Tells the order something; the answer is how it stands. */
  tell(message: { readonly kind: EveryFact['kind'] } & Readonly<Record<string, unknown>>, by: Actor = nobody): string {
    // The rest of the message is what its kind asks for; a test that forgets it sees its order stand still.
    const fact = { id: `t${++this.serial}`, at: this.machine.now, by, ...message } as unknown as EveryFact;
    const { standing, because } = this.machine.tell(fact);
    this.machine.settle();
    return because ?? standing;
  }

  pass(hours: number): this {
    this.machine.pass(hours * 3600);
    this.machine.settle();
    return this;
  }

  task(kind: TaskKind): Task {
    const desks = [this.dossier, this.machine.parcel, this.machine.dunning];
    const found = desks.flatMap((desk) => (desk === undefined ? [] : openTasks(desk))).find((one) => one.kind === kind);
    if (found === undefined) throw new Error(`${kind} is not open in ${this.dossier.status}`);
    return found;
  }

  /** Somebody answers a task of the order: with its roles, where nothing else is said. */
  decide(kind: TaskKind, outcome: Outcome, but: Readonly<Record<string, unknown>> = {}, by?: Actor): string {
    const task = this.task(kind);
    const somebody: Actor = { kind: 'user', userId: `who-${kind}`, roles: rolesOf(task) };
    return this.tell({ kind: 'decisionMade', taskId: task.id, outcome, ...but }, by ?? somebody);
  }

  /** Good people do what is to be done, but for these tasks, until the order has come there or nothing moves it. */
  until(status: OrderStatus, ...but: readonly TaskKind[]): this {
    for (let pick = 0; pick < 60 && !this.statuses.has(status); pick++) {
      help(
        this.without(but),
        pick,
        (message, desk = 'order') => {
          if (desk === 'order') this.machine.tell(this.asWell(message));
          else if (desk === 'parcel') this.machine.tellParcel(message);
          else this.machine.tellDunning(message);
        },
        (by: Actor = { kind: 'user', userId: 'u9', roles: ['sales'] }) => ({
          id: `h${++this.serial}`,
          at: this.machine.now,
          by,
        }),
      );
      this.machine.settle();
    }
    return this;
  }

  /** The order as those see it who leave these tasks to others. */
  private without(kinds: readonly TaskKind[]): Machine {
    const { machine } = this;
    const tasks = this.dossier.tasks.filter(({ kind }) => !kinds.includes(kind));
    return Object.create(machine, {
      dossier: { value: { ...this.dossier, tasks } },
      pass: { value: (seconds: number) => machine.pass(seconds) },
    }) as Machine;
  }

  /** They pay no more than the deposit before the balance is asked for, and state what a reviewer is asked to. */
  private asWell(message: EveryFact): EveryFact {
    const { status, terms } = this.dossier;
    if (message.kind === 'paymentReceived') {
      const amountFen = status === 'awaiting_deposit' ? terms.depositFen : message.amountFen;
      return { ...message, paymentId: `p${++this.serial}`, amountFen };
    }
    if (message.kind !== 'decisionMade') return message;
    const asks = this.dossier.tasks.find(({ id }) => id === message.taskId)?.signing.asks;
    return asks === undefined ? message : { ...message, materials: 'in_hand', offeredOn: '2027-06-01' };
  }

  /** The rungs of a wait, or of the tasks of a kind, that have rung. */
  rang(of: string): readonly Extract<EveryFact, { kind: 'rungRang' }>[] {
    return this.filed.flatMap(({ fact }) => (fact.kind === 'rungRang' && fact.of.split(' ')[0] === of ? [fact] : []));
  }
}
