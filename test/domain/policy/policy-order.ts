import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadCalendar, readPolicy } from '../../../config/load-policy';
import type { EveryFact, FactKind, FactNamed } from '../../../domain/inside/every-fact';
import type { Actor } from '../../../domain/inside/kernel/actor';
import type { Fact, FiledFact } from '../../../domain/inside/kernel/fact';
import type { Status } from '../../../domain/inside/kernel/vocabulary';
import { rolesOf, type Task } from '../../../domain/inside/kernel/worklist/task';
import type { Outcome } from '../../../domain/inside/kernel/worklist/terms';
import { taskOf } from '../../../domain/inside/kernel/worklist/worklist';
import { type Dossier, order } from '../../../domain/inside/order';
import type { TaskKind } from '../../../domain/inside/processes';
import type { Policy } from '../../../domain/outside/policy/policy';
import type { TermsQuestion } from '../../../domain/outside/intake/considered';
import { type AnyDesk, Machine, tasksOf, type Transition, type Watch } from '../machine';
import { Desk } from '../machine-desk';
import { help, Voice } from '../machine-help';
import type { InHand } from '../machine-warehouse';
import { ask, monday } from '../order-builders';

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
  const file = join(__dirname, '../../../config/policies/default.json');
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

/** Whom the machine tells what it tells nobody else. */
const orderNo = '20261121-0001';

/** A fact of any kind with what became of it. */
export type Told = FiledFact & { readonly fact: EveryFact };

/** The machine takes its order on a Saturday; this one is taken on Monday, when policies count from their first hour. */
class OnMonday extends Machine {
  override readonly order: Desk<Dossier>;

  constructor(terms: Dossier['intake']['terms'], inHand: InHand, watch: Watch) {
    let isMonday = false;
    super(terms, inHand, { ...watch, order: (transition) => (isMonday ? watch.order(transition) : undefined) });
    isMonday = true;
    this.now = monday;
    const accepted = { kind: 'orderAccepted', takenBy: 'u0', terms } as const;
    this.order = new Desk(order, orderNo, accepted, monday, {
      watch: (transition) => watch.order(transition),
      spins: (key) => watch.spins(key),
    });
  }
}

/** An order under a policy, without any server, and all that was filed of it, of its shipments and of its collections. */
export class OrderUnder {
  readonly filed: Told[] = [];
  readonly statuses = new Set<Status>();
  readonly machine: Machine;
  private serial = 0;

  constructor(policy: Policy, question: Partial<TermsQuestion> = {}, inHand: InHand = 'all') {
    const files = ({ filed }: Pick<Transition, 'filed'>): void => {
      this.filed.push({ ...filed, fact: filed.fact as EveryFact });
    };
    this.machine = new OnMonday(ask({ ...question, policy }).terms, inHand, {
      order: (transition) => {
        this.statuses.add(transition.after.status);
        files(transition);
      },
      shipment: files,
      collection: files,
      spins: (key) => {
        throw new Error(key);
      },
    });
    this.machine.settle();
  }

  get dossier(): Dossier {
    return this.machine.dossier;
  }

  /** The facts that counted. */
  get applied(): readonly EveryFact[] {
    return this.filed.flatMap(({ filed, fact }) => (filed === 'applied' ? [fact] : []));
  }

  get kinds(): readonly FactKind[] {
    return this.applied.map(({ kind }) => kind);
  }

  /** The number of the order's only shipment. */
  get shipmentNo(): string {
    const [no, ...others] = this.machine.shipments.keys();
    if (no === undefined || others.length > 0) throw new Error(`not one shipment, but ${this.machine.shipments.size}`);
    return no;
  }

  /** Tells the order something, or another process of it; the answer is how it was filed. */
  tell(
    message: { readonly kind: FactKind } & Readonly<Record<string, unknown>>,
    by: Actor = nobody,
    to: string = this.machine.order.no,
  ): string {
    // The rest of the message is what its kind asks for; a test that forgets it sees that nothing happens.
    const told = this.machine.tell({ id: `t${++this.serial}`, at: this.machine.now, by, ...message }, to);
    this.machine.settle();
    return told?.because ?? told?.filed ?? 'heard before';
  }

  pass(hours: number): this {
    this.machine.pass(hours * 3600);
    this.machine.settle();
    return this;
  }

  task(kind: TaskKind): Task {
    return this.open(kind).task;
  }

  /** Somebody answers a task, where it is asked: with its roles, where nothing else is said. */
  decide(kind: TaskKind, outcome: Outcome, but: Readonly<Record<string, unknown>> = {}, by?: Actor): string {
    const { task, desk } = this.open(kind);
    const somebody: Actor = { kind: 'user', userId: `who-${kind}`, roles: rolesOf(task) };
    return this.tell({ kind: 'decisionMade', taskId: task.id, outcome, ...but }, by ?? somebody, desk);
  }

  /** Good people do what is to be done, but for these tasks, until the order has come there or nothing moves it. */
  until(status: Status, ...but: readonly TaskKind[]): this {
    const seen = this.seenWithout(but);
    const voice = new Voice(seen);
    for (let pick = 0; pick < 60 && !this.statuses.has(status); pick++) {
      help(seen, pick, voice);
      this.machine.settle();
    }
    return this;
  }

  /** The rungs of a clock, or of the tasks of a kind, that were reached. */
  rang(of: string): readonly FactNamed<'rungReached'>[] {
    return this.filed.flatMap(({ fact }) =>
      fact.kind === 'rungReached' && fact.of.split(' ')[0] === of ? [fact] : [],
    );
  }

  private open(kind: TaskKind): { readonly task: Task; readonly desk: string } {
    const found = tasksOf(this.machine).find(({ task }) => task.kind === kind);
    if (found === undefined) throw new Error(`${kind} is not open in ${this.dossier.status}`);
    return found;
  }

  /** The machine as those see it who leave these tasks to others; what they say is put as people under a policy say it. */
  private seenWithout(kinds: readonly TaskKind[]): Machine {
    const { machine } = this;
    const desks = (): readonly AnyDesk[] => machine.desks.map((desk) => withoutTasks(desk, kinds));
    const tell = (fact: Fact, to?: string): void => void machine.tell(this.asWell(fact as EveryFact), to);
    return new Proxy(machine, {
      get: (target, key) =>
        key === 'desks' ? desks() : key === 'tell' ? tell : (Reflect.get(target, key, target) as unknown),
    });
  }

  /** They pay no more than the deposit before the balance is asked for, and state what a reviewer is asked to. */
  private asWell(message: EveryFact): EveryFact {
    const id = `h${++this.serial}`;
    const { status, intake, worklist } = this.dossier;
    if (message.kind === 'paymentReceived') {
      const amountFen = status === 'awaiting_deposit' ? intake.terms.depositFen : message.amountFen;
      return { ...message, id, paymentId: `p${this.serial}`, amountFen };
    }
    if (message.kind !== 'decisionMade') return { ...message, id };
    const mustState = taskOf(worklist, message.taskId)?.signing.mustState;
    return { ...message, id, ...(mustState === undefined ? {} : { materials: 'in_hand', offeredOn: '2027-06-01' }) };
  }
}

/** A desk on which tasks of these kinds lie for others. */
function withoutTasks(desk: AnyDesk, kinds: readonly string[]): AnyDesk {
  const { dossier } = desk;
  const tasks = dossier.worklist.tasks.filter(({ kind }) => !kinds.includes(kind));
  const value = { ...dossier, worklist: { ...dossier.worklist, tasks } };
  return Object.create(desk, { dossier: { value } }) as AnyDesk;
}
