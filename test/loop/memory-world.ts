import type { Instant } from '../../domain/inside/kernel/vocabulary';
import type { FiledFact } from '../../domain/inside/kernel/fact';
import type { AnySummary, Filing } from '../../domain/inside/filing';
import type { Incident, Outcome, Patience, Timer, World } from '../../workflows/world';

/** Something that the loop asked of the world and that is not answered yet. */
export interface Pending {
  /** `act reserve J1:stock:pieces:0`, `file 1`, `start J1-S1`, `tell J1-S1`. */
  readonly name: string;
  readonly key: string;
  readonly patience: Patience | 'at_once';
  readonly request: unknown;
  readonly answer: (outcome: Outcome) => void;
}

/** A world in plain memory: the test says what is answered, when, and what time it is. */
export interface MemoryWorld {
  readonly world: World;
  readonly filings: Filing<AnySummary>[];
  /** What was filed within a task, where the books are quick. */
  readonly filedAtOnce: Filing<AnySummary>[];
  /** The books answer within the task, as a local activity does. */
  booksAreQuick: boolean;
  readonly incidents: Incident[];
  readonly timers: Instant[];
  readonly summaries: string[];
  readonly asked: string[];
  pending(): readonly Pending[];
  setTime(now: Instant): void;
  /** Lets the loop go on until it waits. */
  rest(): Promise<void>;
  handedOn: unknown;
  historyIsLong: boolean;
}

export function memoryWorld(start: Instant, workflowId = 'job-J1'): MemoryWorld {
  let now = start;
  let waiters: { readonly met: () => boolean; readonly go: () => void }[] = [];
  let pending: readonly Pending[] = [];
  const timers: { at: Instant; rang: boolean; stopped: boolean }[] = [];
  const ask = (about: Omit<Pending, 'answer'>): Promise<Outcome> => {
    memory.asked.push(about.name);
    return new Promise((resolve) => {
      const one: Pending = {
        ...about,
        answer: (outcome) => {
          pending = pending.filter((other) => other !== one);
          resolve(outcome);
        },
      };
      pending = [...pending, one];
    });
  };
  const timer = (at: Instant, summary: string): Timer => {
    const one = { at, rang: at <= now, stopped: false };
    timers.push(one);
    memory.timers.push(at);
    memory.summaries.push(summary);
    return {
      at,
      rang: () => one.rang,
      stop: () => {
        one.stopped = true;
      },
    };
  };
  const world: World = {
    workflowId,
    now: () => now,
    wait: async (met) => {
      if (!met()) await new Promise<void>((go) => waiters.push({ met, go }));
    },
    timer,
    perform: ({ call, request }, patience) => {
      const { key } = request as { readonly key: string };
      return ask({ name: `act ${call} ${key}`, key, patience, request });
    },
    start: ({ no, first }) =>
      ask({ name: `start ${no}`, key: first.id, patience: 'as_long_as_it_takes', request: first }),
    tell: ({ no }, fact) => ask({ name: `tell ${no}`, key: fact.id, patience: 'as_long_as_it_takes', request: fact }),
    file: async (filing, summary, patience) => {
      if (patience === 'at_once' && memory.booksAreQuick) {
        memory.asked.push(`file ${filing.firstSeq}`);
        memory.filings.push(filing);
        memory.filedAtOnce.push(filing);
        return { is: 'done' };
      }
      const outcome = await ask({ name: `file ${filing.firstSeq}`, key: 'file', patience, request: filing });
      if (outcome.is !== 'done') return outcome;
      memory.filings.push(filing);
      memory.summaries.push(summary);
      return outcome;
    },
    run: () => ({ run: 'run-1', epoch: 3 }),
    openIncident: async (incident) => {
      memory.incidents.push(incident);
    },
    show: () => undefined,
    historyIsLong: () => memory.historyIsLong,
    continueAsNew: (dossier) => {
      memory.handedOn = dossier;
      return new Promise(() => undefined);
    },
  };
  const memory: MemoryWorld = {
    world,
    filings: [],
    filedAtOnce: [],
    booksAreQuick: false,
    incidents: [],
    timers: [],
    summaries: [],
    asked: [],
    pending: () => pending,
    setTime(later) {
      now = later;
      for (const one of timers) if (one.at <= now && !one.stopped) one.rang = true;
    },
    async rest() {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        const ready = waiters.filter(({ met }) => met());
        if (ready.length === 0) return;
        waiters = waiters.filter((waiter) => !ready.includes(waiter));
        for (const { go } of ready) go();
      }
    },
    handedOn: undefined,
    historyIsLong: false,
  };
  return memory;
}

/** All facts that were filed, in their order. */
export const factsIn = ({ filings }: MemoryWorld): readonly FiledFact[] => filings.flatMap(({ facts }) => facts);
