import type { Base } from '../../domain/inside/kernel/dossier';
import type { DueEffect } from '../../domain/inside/kernel/effect';
import type { AnyBody, Fact, FiledFact } from '../../domain/inside/kernel/fact';
import type { Process } from '../../domain/inside/kernel/process';
import { wasReceived } from '../../domain/inside/kernel/received-ids';
import type { Instant } from '../../domain/inside/kernel/vocabulary';
import type { Transition } from './machine';

export type Outward = Exclude<DueEffect, { readonly do: 'note' }>;

interface Watched<D extends Base> {
  readonly watch: (transition: Transition<D>) => void;
  readonly spins: (key: string) => void;
}

const itself = { kind: 'process' } as const;

/** One process with what it has under way: the rules of `workflows/run.ts` for it, each as one small step. */
export class Desk<D extends Base> {
  dossier: D;
  /** Effects that were done in the world, and whose answer nobody has noted yet. */
  private readonly underWay = new Map<string, readonly AnyBody[]>();
  private readonly done = new Set<string>();
  private refusedRung: number | undefined;

  constructor(
    private readonly process: Process<D>,
    readonly no: string,
    opening: AnyBody,
    at: Instant,
    private readonly watched: Watched<D>,
  ) {
    const { dossier } = process.open(no, { ...opening, id: `${no}:opened`, at, by: itself });
    this.dossier = dossier;
    this.settle(at);
  }

  get isOver(): boolean {
    return this.process.isOver(this.dossier);
  }

  /** What is called for at present. */
  get requires(): ReturnType<Process<D>['requires']> {
    return this.process.requires(this.dossier);
  }

  get isQuiet(): boolean {
    return this.underWay.size === 0;
  }

  /** A fact from outside; what was heard before is not filed again. */
  tell(fact: Fact): FiledFact | undefined {
    if (wasReceived(this.dossier.receivedIds, fact)) return undefined;
    const filed = this.reduce(fact);
    this.settle(fact.at);
    return filed;
  }

  /** Opens what is called for and notes what the process says by itself: the loop hears nothing before that is done. */
  settle(now: Instant): void {
    for (let step = 0; this.openOrNote(now); step++)
      if (step > 200) throw new Error(`${this.no} does not come to rest in ${this.dossier.status}`);
  }

  private openOrNote(now: Instant): boolean {
    const [opens] = this.process.missing(this.dossier, now);
    if (opens !== undefined) {
      this.note(opens, now);
      return true;
    }
    for (const effect of this.process.due(this.dossier)) {
      if (effect.do !== 'note' || effect.shutBy.length > 0 || this.endsTooEarly(effect.fact, now)) continue;
      this.note(effect.fact, now);
      this.isDone(effect.key);
      return true;
    }
    return false;
  }

  /** The oldest effect that is under way is answered. */
  takeAnswer(now: Instant): boolean {
    const [oldest] = this.underWay;
    if (oldest === undefined) return false;
    const [key, answers] = oldest;
    this.underWay.delete(key);
    for (const body of answers) this.note(body, now);
    this.isDone(key);
    this.settle(now);
    return true;
  }

  /** What may be done in the world now: its gate is open, and nothing about the same thing is under way. */
  next(): Outward | undefined {
    const things = new Set([...this.underWay.keys()].map(thingOf));
    return this.process
      .due(this.dossier)
      .find(
        (effect): effect is Outward =>
          effect.do !== 'note' && effect.shutBy.length === 0 && !things.has(thingOf(effect.key)),
      );
  }

  begin({ key }: Outward, answers: readonly AnyBody[]): void {
    if (this.done.has(key)) this.watched.spins(`${key} is done twice`);
    this.underWay.set(key, answers);
  }

  /** The rung that is due rings, where the rules take it. */
  ring(now: Instant): boolean {
    const { version } = this.dossier;
    if (this.refusedRung === version) return false;
    const rung = this.isOver ? undefined : this.process.dueRung(this.dossier, now);
    if (rung === undefined) return false;
    this.note(rung, now);
    if (this.dossier.version === version) {
      this.refusedRung = version;
      this.watched.spins(`a rung of ${this.no} is refused`);
    }
    this.settle(now);
    return true;
  }

  /** Its last fact waits while an effect is under way: the answer of that would count no more. */
  private endsTooEarly(fact: AnyBody, now: Instant): boolean {
    return (
      this.underWay.size > 0 && this.process.isOver(this.process.reduce(this.dossier, this.own(fact, now)).dossier)
    );
  }

  private isDone(key: string): void {
    const isAgain = this.done.has(key) || this.process.due(this.dossier).some((effect) => effect.key === key);
    if (isAgain) this.watched.spins(`${key} is named again`);
    this.done.add(key);
  }

  private note(body: AnyBody, now: Instant): void {
    const { filed, because, fact } = this.reduce(this.own(body, now));
    if (filed === 'ignored') this.watched.spins(`${fact.kind} of its own is ignored: ${because ?? ''}`);
  }

  private own(body: AnyBody, now: Instant): Fact {
    return { ...body, id: `${this.no}#${this.dossier.seq + 1}`, at: now, by: itself };
  }

  private reduce(fact: Fact): FiledFact {
    const before = this.dossier;
    const { dossier: after, filed, postings, outsideTable } = this.process.reduce(before, fact);
    this.dossier = after;
    this.watched.watch({ process: this.process, before, after, filed, postings, outsideTable });
    return filed;
  }
}

/** `order : organ : about`: effects about one thing are done one after the other. */
const thingOf = (key: string): string => key.slice(0, key.lastIndexOf(':'));
