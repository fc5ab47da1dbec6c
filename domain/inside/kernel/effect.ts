import type { AnyBody, FactHead } from './fact';
import type { Gate } from './vocabulary';

/**
 * What is to happen in the world now, as data. An organ compares what should be so with what its facts say was done, and names the
 * difference; once it is done and noted, the organ no longer asks for it. The loop performs it, behind its gate, and notes what it
 * `brings`: a field named `then` would make it look like a promise to whoever awaits it.
 */
export type Effect<Note extends AnyBody = AnyBody> = EffectHead &
  (
    | { readonly do: 'note'; readonly fact: Note }
    | {
        readonly do: 'act';
        readonly call: string;
        readonly request: unknown;
        readonly brings: (answer: never) => Note | readonly Note[];
      }
    | {
        readonly do: 'start';
        readonly child: ChildProcess;
        readonly no: string;
        readonly opening: AnyBody;
        readonly brings: Note;
      }
    /** When it happened, where that differs, goes into the head of the fact that the other one hears (HG-4). */
    | {
        readonly do: 'tell';
        readonly whom: Whom;
        readonly fact: AnyBody & Pick<FactHead, 'happenedAt'>;
        readonly brings: Note;
      }
  );

export interface EffectHead {
  /**
   * The cause and how often: `order : organ : about : n`, with n counted in the organ's own state (X4). Never made of the content
   * alone: the same content may be due a second time, and would be taken for a repetition.
   */
  readonly key: string;
  /** What it passes (HG-1); while the gate is shut it waits. */
  readonly gate?: Gate;
  /** The part that the gate is asked about: a shipment's number, a line. Absent: all of it. */
  readonly about?: string;
}

/** Processes that another one starts. */
export type ChildProcess = 'shipment' | 'collection';

/** Another workflow of ours, by its process and its number. */
export interface Whom {
  readonly of: 'order' | ChildProcess;
  readonly no: string;
}

/** An effect with the reasons that shut its gate; none: it may happen. */
export type DueEffect = Effect & { readonly shutBy: readonly string[] };

/** `order : organ : about : n`. */
export const effectKey = (no: string, organ: string, about: string, n: number): string =>
  `${no}:${organ}:${about}:${n}`;

/** What an activity answers: the answer, and the instant at which the activity ended. */
export interface Answered<T> {
  readonly answer: T;
  readonly at: string;
}

type Does<A> = { readonly [K in keyof A]: (request: never) => Promise<unknown> };

/** An activity of an organ's own interface: its request, and what is made of its answer, are checked; `activities/` implements it. */
export const acts =
  <A extends Does<A>>() =>
  <K extends keyof A & string, N extends AnyBody>(
    head: EffectHead,
    call: K,
    request: Omit<Parameters<A[K]>[0], 'key'>,
    brings: (answer: Awaited<ReturnType<A[K]>>) => N | readonly N[],
  ) => ({ ...head, do: 'act' as const, call, request: { ...request, key: head.key }, brings });
