import { openTasks } from '../../domain/inside/kernel/worklist/worklist';
import type { Instant } from '../../domain/inside/kernel/vocabulary';
import { hear } from '../../workflows/inputs';
import { end, until } from '../../workflows/run';
import { takeUp, type Run, type TakenUp } from '../../workflows/run-state';
import { job, shownJob, type Job } from './job';
import type { MemoryWorld, Pending } from './memory-world';

/** Minutes after the beginning of every story here. */
export const minute = (count: number): Instant => new Date(Date.UTC(2026, 10, 23, 1) + count * 60_000).toISOString();

const opening: TakenUp<Job> = {
  no: 'J1',
  first: { kind: 'jobOpened', id: 'job-J1#1', at: minute(0), by: { kind: 'process' } },
};

export interface Playing {
  readonly run: Run<Job>;
  hasEnded(): boolean;
  /** Throws what the loop threw. */
  mustBeWell(): void;
  /** Puts a message into the queue, as a signal does. */
  say(kind: string, body?: object, id?: string): void;
  /** Answers what is asked of the world, as its company would; `at` is when the activity ended. */
  answer(name: string, at?: Instant): void;
  /** Answers everything until the loop waits for something new. */
  calm(): Promise<void>;
  /** Says the next message and lets everything come to rest. */
  told(kind: string, body?: object): Promise<void>;
  /** Approves the open task, whatever its id is. */
  approve(): Promise<void>;
}

const quality = { kind: 'user', userId: 'qian', roles: ['quality'] } as const;

/** Plays a job in a world of memory, until it is over. */
export function play(memory: MemoryWorld, input: TakenUp<Job> = opening): Playing {
  const run = takeUp<Job>({ process: job, shown: shownJob, world: memory.world }, input);
  if (typeof run === 'string') throw new Error(run);
  let ended = false;
  let failure: unknown;
  const story = async (): Promise<void> => {
    await until(run, (dossier) => job.isOver(dossier));
    await end(run);
    ended = true;
  };
  story().catch((error: unknown) => {
    failure = error;
  });
  let said = 0;
  const playing: Playing = {
    run,
    hasEnded: () => ended,
    say(kind, body = {}, id) {
      said += 1;
      hear(run, kind, { kind, id: id ?? `m${said}`, at: minute(said), by: quality, ...body });
    },
    answer(name, at) {
      const one = memory.pending().find((pending) => pending.name === name);
      if (one === undefined)
        throw new Error(
          `${name} is not asked: ${memory
            .pending()
            .map((p) => p.name)
            .join(', ')}`,
        );
      one.answer(answerOf(one, at));
    },
    async calm() {
      await memory.rest();
      while (memory.pending().length > 0) {
        for (const one of memory.pending()) one.answer(answerOf(one));
        await memory.rest();
      }
      playing.mustBeWell();
    },
    mustBeWell() {
      if (failure !== undefined) throw failure;
    },
    async told(kind, body) {
      playing.say(kind, body);
      await playing.calm();
    },
    async approve() {
      const [task] = openTasks(run.dossier.worklist);
      await playing.told('decisionMade', { taskId: task?.id, outcome: 'approve' });
    },
  };
  return playing;
}

/** What the company answers: it has all pieces, and packs them all. The instant follows from the key alone. */
export function answerOf(
  pending: Pending,
  at: Instant = endOf(pending.key),
): { readonly is: 'done'; readonly answered: { readonly answer: unknown; readonly at: Instant } } {
  const { pieces } = { pieces: 0, ...(pending.request as object) };
  const answer = pending.name.startsWith('act reserve') ? { reserved: pieces } : { packed: pieces };
  return { is: 'done', answered: { answer, at } };
}

/** Some instant of the story, the same for the same key: the activity ended then, however late the workflow hears of it. */
function endOf(key: string): Instant {
  const sum = Array.from(key).reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 997, 7);
  return new Date(Date.UTC(2026, 10, 23, 1) + sum * 700).toISOString();
}
