import type { Attributes } from '../domain/inside/order-attributes';
import type { AnySummary } from '../domain/inside/filing';
import type { Base } from '../domain/inside/kernel/dossier';
import type { DueEffect } from '../domain/inside/kernel/effect';
import type { AnyBody, Fact, FiledFact } from '../domain/inside/kernel/fact';
import type { Posting } from '../domain/inside/kernel/posting';
import type { Process, Reduced } from '../domain/inside/kernel/process';
import type { RefusalCode } from '../domain/inside/kernel/refusal';
import { fits } from '../domain/inside/kernel/shape';
import { wasReceived } from '../domain/inside/kernel/received-ids';
import type { Instant } from '../domain/inside/kernel/vocabulary';
import type { Outcome, Timer, World } from './world';

/** What a process shows of itself outside its workflow: in the read model and in the Temporal UI. */
export interface Shown<D> {
  readonly orderNo: (dossier: D) => string;
  /** Whose postings these are; an order may learn it only when it is completed (IN-5). */
  readonly customerOf: (dossier: D) => string | null;
  readonly summary: (dossier: D) => AnySummary;
  readonly details: (dossier: D) => string;
  /** What operators filter by; only the order has any. */
  readonly attributes?: (dossier: D) => Attributes;
}

/** Everything that moves a run stands in one queue, in the order in which it came. */
type Input =
  | { readonly what: 'fact'; readonly fact: Fact }
  /** Of an effect that had been away. */
  | { readonly what: 'answer'; readonly answer: EffectAnswer }
  /** An operator says that a lasting fault is cured. */
  | { readonly what: 'incidentResolved' };

/** An effect that leaves the workflow. */
export type OutwardEffect = Exclude<DueEffect, { readonly do: 'note' }>;

/** It holds the queue, is away and holds nothing, or its answer has come and is still to be taken. */
export interface UnderWay {
  readonly thing: string;
  state: 'holds' | 'away' | 'answered';
}

export interface EffectAnswer {
  readonly effect: OutwardEffect;
  /** Which effect of the run it was: answers are taken in the order in which effects were begun. */
  readonly serial: number;
  readonly outcome: Exclude<Outcome, { readonly is: 'away' }>;
}

/** A fact that no activity has filed yet, with what it posts, the tasks that it changed, and how things stand after it. */
export interface Unfiled<D> {
  readonly filed: FiledFact;
  readonly postings: readonly Posting[];
  readonly tasks: readonly string[];
  readonly after: D;
}

/** A workflow under way. */
export interface Run<D extends Base> {
  readonly process: Process<D>;
  readonly world: World;
  readonly shown: Shown<D>;
  dossier: D;
  readonly queue: Input[];
  unfiled: readonly Unfiled<D>[];
  /** Effects whose answer is not taken yet, by key. */
  readonly underWay: Map<string, UnderWay>;
  /** Answers of effects that hold the queue, until all of them have come. */
  readonly answers: EffectAnswer[];
  /** Effects that met a lasting fault, by key, and when each is tried again if no operator says so before. */
  readonly broken: Map<string, Instant>;
  /** Effects that were named again after their answer, by key: `told` at that time. */
  readonly namedAgain: Map<string, number>;
  /** How often something came from outside, or a rung rang. */
  told: number;
  /** Own facts since the loop last waited: a bound for what never comes to rest. */
  steps: number;
  begun: number;
  resolved: number;
  /**
   * An effect is away, and its answer will be an input: where it stands among messages depends on how tasks bundle them, so
   * the history holds what follows before it is filed.
   */
  answersAreInputs: boolean;
  /** A filing was away: what was told meanwhile is heard before anything else is done in the world. */
  hearsFirst: boolean;
  /** The newest fact is a rung, and nothing was awaited since. */
  justRang: boolean;
  /** `told` when the reducer refused a rung that was due. */
  refusedRung: number | undefined;
  alarm: Timer | undefined;
  /** Incidents that are being opened. */
  opening: number;
  /** Signals that were not heard, by the reason. */
  readonly dropped: Map<string, number>;
}

/** What a run begins with: its first fact, or the dossier that an earlier run handed on. */
export type TakenUp<D> =
  { readonly no: string; readonly first: Fact } | { readonly no: string; readonly soFar: D; readonly epoch: number };

/** Opens the dossier with its first fact, or goes on with the one handed on; a first fact that does not count opens nothing. */
export function takeUp<D extends Base>(
  of: Pick<Run<D>, 'process' | 'world' | 'shown'>,
  input: TakenUp<D>,
): Run<D> | RefusalCode {
  if ('soFar' in input) return standing(of, input.soFar, []);
  const shape = of.process.shapes[input.first.kind];
  if (shape === undefined || !fits(shape, input.first)) return 'malformed';
  const opened = of.process.open(input.no, input.first);
  if (opened.filed.filed === 'ignored') return opened.filed.because ?? 'malformed';
  return standing(of, opened.dossier, [unfiledOf(opened)]);
}

function standing<D extends Base>(
  of: Pick<Run<D>, 'process' | 'world' | 'shown'>,
  dossier: D,
  unfiled: readonly Unfiled<D>[],
): Run<D> {
  return {
    ...of,
    dossier,
    queue: [],
    unfiled,
    underWay: new Map(),
    answers: [],
    broken: new Map(),
    namedAgain: new Map(),
    told: 0,
    steps: 0,
    begun: 0,
    resolved: 0,
    answersAreInputs: false,
    hearsFirst: false,
    justRang: false,
    refusedRung: undefined,
    alarm: undefined,
    opening: 0,
    dropped: new Map(),
  };
}

/** Hands a fact to the reducer: it counts, or it is filed as ignored. What was heard before is not filed again (X2). */
export function reduce<D extends Base>(run: Run<D>, fact: Fact): void {
  if (wasReceived(run.dossier.receivedIds, fact)) return;
  const reduced = run.process.reduce(run.dossier, fact);
  run.dossier = reduced.dossier;
  run.unfiled = [...run.unfiled, unfiledOf(reduced)];
  const { outsideTable } = reduced;
  if (outsideTable === undefined) return;
  openIncident(run, {
    of: `outside_table:${reduced.filed.seq}`,
    kind: 'status_outside_table',
    detail: `${fact.kind} led from ${outsideTable.from} to ${outsideTable.to}, and the published table knows no such step`,
  });
}

/**
 * Notes a fact of the process's own. Its time is that of the input that it follows, never earlier than the fact before
 * (`dossier.at`): so it is the same however workflow tasks bundled the inputs (X8).
 */
export function noteOwn<D extends Base>(run: Run<D>, body: AnyBody, at: Instant = run.dossier.at): void {
  run.steps += 1;
  reduce(run, ownFact(run, body, at));
}

/** The next fact of the process's own, with its head. */
export const ownFact = <D extends Base>({ world, dossier }: Run<D>, body: AnyBody, at: Instant = dossier.at): Fact => ({
  ...body,
  id: `${world.workflowId}#${dossier.seq + 1}`,
  at: at > dossier.at ? at : dossier.at,
  by: { kind: 'process' },
});

/** Opens an incident beside everything else: nobody waits for it but the end of the run. */
export function openIncident<D extends Base>(
  run: Run<D>,
  { of, kind, detail }: { readonly of: string; readonly kind: string; readonly detail: string },
): void {
  run.opening += 1;
  const incident = { key: `${run.world.workflowId}:${of}`, orderNo: run.shown.orderNo(run.dossier), kind, detail };
  const opened = async (): Promise<void> => {
    await run.world.openIncident(incident);
    run.opening -= 1;
  };
  void opened();
}

const unfiledOf = <D extends Base>({ dossier: after, filed, postings, tasks }: Reduced<D>): Unfiled<D> => ({
  filed,
  postings,
  tasks,
  after,
});
