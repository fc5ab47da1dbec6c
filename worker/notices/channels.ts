import type { Words } from '../../domain/inside/kernel/vocabulary';

/** One notice as its addressee reads it. */
export interface Entry {
  readonly orderNo: string;
  readonly says: Words;
  /** When the task is due, in the company's zone. */
  readonly dueText: string | undefined;
  readonly amountFen: number | undefined;
  /** One link per answer that needs no words, and one to the page for the others (HT-15). */
  readonly links: readonly DecisionLink[];
}

export interface DecisionLink {
  readonly url: string;
  readonly says: Words;
}

/** What one addressee gets at once. */
export interface Message {
  /** The address of a person; of a robot, its role. */
  readonly to: string;
  readonly messageId: string;
  readonly entries: readonly Entry[];
  readonly at: Date;
}

/**
 * What came of a message. `answer` is a code. `refused`: this message, now or for good; `away`: nothing can be sent this way
 * at present.
 */
export type Sent =
  | { readonly state: 'sent'; readonly answer: string }
  | { readonly state: 'refused'; readonly answer: string; readonly forGood: boolean }
  | { readonly state: 'away'; readonly answer: string };

/** One way by which messages leave. Never throws for what the other side says. */
export interface Channel {
  /** How many notices one message holds at most. */
  readonly most: number;
  send(message: Message): Promise<Sent>;
}
