import type { Actor } from '../../domain/inside/kernel/actor';
import type { Base } from '../../domain/inside/kernel/dossier';
import type { DueEffect } from '../../domain/inside/kernel/effect';
import type { AnyBody, Fact, FactHead } from '../../domain/inside/kernel/fact';
import type { Posting } from '../../domain/inside/kernel/posting';
import type { Process, Reduced } from '../../domain/inside/kernel/process';
import type { Instant } from '../../domain/inside/kernel/vocabulary';
import { rolesOf, type Task } from '../../domain/inside/kernel/worklist/task';
import type { Outcome } from '../../domain/inside/kernel/worklist/terms';
import { nextAlarm, openTasks, taskOf } from '../../domain/inside/kernel/worklist/worklist';

/** What the world answers to an activity; one that is not named answers nothing, as most do. */
export type World = Readonly<Record<string, (request: unknown) => unknown>>;

/** Who says something, and when it happened where that is not now. */
export interface Saying extends Partial<Pick<FactHead, 'id' | 'happenedAt'>> {
  readonly by?: Actor;
}

/** Something that a process did in the world, as a story looks back upon it. */
export type Done = DueEffect & { readonly at: Instant };

/** A fact as a story states it: its kind, and what it says. */
export type Spoken = AnyBody & Readonly<Record<string, unknown>>;

export interface Opened {
  readonly no: string;
  readonly opening: Spoken;
  readonly at: Instant;
  readonly world?: World;
}

const itself: Actor = { kind: 'process' };

/**
 * One process played in memory, without any server: it opens what is called for, does what is due and answers it by a table, and
 * rings its clocks, one small step at a time and the same way each time. Between two steps a story says what people say.
 */
export class Play<D extends Base> {
  dossier: D;
  now: Instant;
  /** Every effect that was performed, but what the process noted by itself. */
  readonly done: Done[] = [];
  /** Every fact, with how it was filed. */
  readonly filed: Reduced<D>['filed'][] = [];
  readonly postings: Posting[] = [];
  /** Every step of the status, `from>to`: what a story walked of the published table. */
  readonly steps: string[] = [];
  /** While this is so, effects are away: what is told meanwhile comes before their answers. */
  isAway = false;
  private readonly performed = new Set<string>();
  private readonly world: World;
  private said = 0;

  constructor(
    private readonly process: Process<D>,
    { no, opening, at, world = {} }: Opened,
  ) {
    this.now = at;
    this.world = world;
    const first: Fact = { ...opening, id: `${no}:opened`, at, by: itself };
    const opened = process.open(no, first);
    this.dossier = opened.dossier;
    this.keep(opened);
    this.settle();
  }

  /** A message, or what another process tells; answers `applied`, or why it does not count. */
  say(body: Spoken, { by = { kind: 'customer' }, id, happenedAt }: Saying = {}): string {
    const head = { id: id ?? `m${++this.said}`, at: this.now, by, ...(happenedAt === undefined ? {} : { happenedAt }) };
    const { filed, because = filed } = this.note({ ...body, ...head });
    this.settle();
    return because;
  }

  /** Somebody of its roles answers the open task of a kind; answers the task's id. */
  decide(kind: string, outcome?: Outcome, more: Readonly<Record<string, unknown>> = {}): string {
    const task = this.open(kind);
    const said = outcome ?? (task.outcomes.includes('approve') ? 'approve' : 'done');
    const because = this.answer(task, said, more);
    if (because !== 'applied') throw new Error(`${kind} is not decided: ${because}`);
    return task.id;
  }

  /** The same, where it may be refused: how that stands. */
  answer(task: Task, outcome: Outcome, more: Readonly<Record<string, unknown>> = {}): string {
    const [role = 'admin'] = rolesOf(task);
    const by = { kind: 'user', userId: `${task.kind}-er`, roles: [role] } as const;
    return this.say({ kind: 'decisionMade', taskId: task.id, outcome, reasonCode: 'other', ...more }, { by });
  }

  /** Who signed takes it back; how that stands. */
  undo(taskId: string): string {
    const signature = this.task(taskId)?.slots.findLast((slot) => slot.signature !== undefined)?.signature;
    const body = { kind: 'decisionWithdrawn', taskId, reasonCode: 'hasty' };
    return this.say(body, { by: signature?.by ?? itself });
  }

  /** What came after a decision and cannot be undone (HT-5). */
  cameAfter(taskId: string): string | undefined {
    const task = this.task(taskId);
    const signature = task?.slots.findLast((slot) => slot.signature !== undefined)?.signature;
    if (task === undefined || signature === undefined) throw new Error(`nobody has signed ${taskId}`);
    return this.process.cameAfter(this.dossier, task, signature);
  }

  task(taskId: string): Task | undefined {
    return taskOf(this.dossier.worklist, taskId);
  }

  /** The open task of a kind. */
  open(kind: string): Task {
    const task = this.openTasks.find((one) => one.kind === kind);
    if (task === undefined) throw new Error(`${kind} is not open, but ${this.kinds.join(', ')}`);
    return task;
  }

  get openTasks(): readonly Task[] {
    return openTasks(this.dossier.worklist);
  }

  /** The kinds of what is open, and the names of the clocks that run. */
  get kinds(): readonly string[] {
    return this.openTasks.map(({ kind }) => kind);
  }

  get clocks(): readonly string[] {
    return Object.keys(this.dossier.worklist.clocks);
  }

  get alarm(): ReturnType<typeof nextAlarm> {
    return nextAlarm(this.dossier.worklist);
  }

  /** What is called for now, each with its rule and what that saw. */
  get requires(): ReturnType<Process<D>['requires']> {
    return this.process.requires(this.dossier);
  }

  get isOver(): boolean {
    return this.process.isOver(this.dossier);
  }

  /** Time passes, and each rung rings at its instant. */
  until(instant: Instant): void {
    for (let { alarm } = this; alarm !== undefined && alarm.at <= instant; { alarm } = this) {
      if (alarm.at > this.now) this.now = alarm.at;
      this.ring();
    }
    this.now = instant;
  }

  pass(seconds: number): void {
    this.until(new Date(Date.parse(this.now) + seconds * 1000).toISOString());
  }

  /** Nobody was there to ring until now: whatever is due by then rings at once. */
  wake(instant: Instant): void {
    this.now = instant;
    while (this.alarm !== undefined && this.alarm.at <= instant) this.ring();
  }

  /** Until nothing more happens by itself. */
  settle(): void {
    for (let step = 0; step < 500; step++) if (!this.openNext() && !this.performNext()) return;
    throw new Error(`${this.dossier.no} does not come to rest in ${this.dossier.status}`);
  }

  private ring(): void {
    const rung = this.process.dueRung(this.dossier, this.now);
    if (rung === undefined) throw new Error(`nothing of ${this.dossier.no} is due at ${this.now}`);
    this.noteOwn(rung);
    this.settle();
  }

  private openNext(): boolean {
    const [opens] = this.process.missing(this.dossier, this.now);
    if (opens !== undefined) this.noteOwn(opens);
    return opens !== undefined;
  }

  private performNext(): boolean {
    const effect = this.process
      .due(this.dossier)
      .find((one) => one.shutBy.length === 0 && !(this.isAway && one.do !== 'note'));
    if (effect === undefined) return false;
    // After its answer an effect must be gone.
    if (this.performed.has(effect.key)) throw new Error(`${effect.key} was performed, and is asked for again`);
    this.performed.add(effect.key);
    if (effect.do !== 'note') this.done.push({ ...effect, at: this.now });
    for (const body of this.answersOf(effect)) this.noteOwn(body);
    return true;
  }

  private answersOf(effect: DueEffect): readonly AnyBody[] {
    switch (effect.do) {
      case 'note':
        return [effect.fact];
      case 'act': {
        // The table stands for the activity, whose request and answer the compiler has checked.
        const answers = effect.brings(this.world[effect.call]?.(effect.request) as never);
        return Array.isArray(answers) ? (answers as readonly AnyBody[]) : [answers as AnyBody];
      }
      case 'start':
      case 'tell':
        return [effect.brings];
    }
  }

  private noteOwn(body: AnyBody): void {
    const { filed, because } = this.note({
      ...body,
      id: `${this.dossier.no}#${this.dossier.seq + 1}`,
      at: this.now,
      by: itself,
    });
    if (filed === 'ignored') throw new Error(`${body.kind} of ${this.dossier.no} is ignored: ${because ?? ''}`);
  }

  private note(fact: Fact): Reduced<D>['filed'] {
    const reduced = this.process.reduce(this.dossier, fact);
    this.keep(reduced);
    return reduced.filed;
  }

  private keep(reduced: Reduced<D>): void {
    const { dossier, filed, postings, outsideTable } = reduced;
    if (outsideTable !== undefined)
      throw new Error(`${filed.fact.kind} leads from ${outsideTable.from} to ${outsideTable.to}, which no table knows`);
    if (filed.seq > 1 && dossier.status !== this.dossier.status)
      this.steps.push(`${this.dossier.status}>${dossier.status}`);
    this.dossier = dossier;
    this.filed.push(filed);
    this.postings.push(...postings);
  }
}
