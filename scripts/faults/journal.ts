import { appendFileSync, readFileSync } from 'node:fs';

/** What a client wrote down: before it sent, and when it knew how that ended. */
export type JournalEntry =
  | {
      readonly what: 'sent';
      readonly at: string;
      readonly key: string;
      readonly who: string;
      readonly path: string;
      readonly body: unknown;
    }
  | {
      readonly what: 'answered';
      readonly at: string;
      readonly key: string;
      readonly path: string;
      readonly status: number;
      readonly body: unknown;
      readonly retryAfter: string | null;
    }
  /** No answer, so nobody knows: the same key is sent again. */
  | {
      readonly what: 'unknown';
      readonly at: string;
      readonly key: string;
      readonly path: string;
      readonly because: string;
    }
  /** How a message that was answered 202 stood when it was asked for later. */
  | {
      readonly what: 'settled';
      readonly at: string;
      readonly key: string;
      readonly state: 'applied' | 'ignored';
      readonly because: string | null;
    };

type WithoutTime<Entry> = Entry extends JournalEntry ? Omit<Entry, 'at'> : never;

/** The clients' own memory, on disk: the checker believes it and nothing else of them. */
export interface Journal {
  write(entry: WithoutTime<JournalEntry>): void;
  entries(): readonly JournalEntry[];
}

/** A journal in a file, one entry a line, each written before the next thing is done. */
export function openJournal(file: string): Journal {
  appendFileSync(file, '');
  return {
    write: (entry) => appendFileSync(file, `${JSON.stringify({ ...entry, at: new Date().toISOString() })}\n`),
    entries: () =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        // Our own lines, as `write` made them.
        .map((line) => JSON.parse(line) as JournalEntry),
  };
}
