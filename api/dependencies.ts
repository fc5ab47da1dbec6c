import type { Client } from '@temporalio/client';
import type { PrismaClient } from '../prisma/generated/client';
import type { InboxListener } from './inbox-listener';
import type { ReadOrganisation } from '../prisma/organisation';

/** What the API stands on; handed to every route. */
export interface Dependencies {
  readonly prisma: PrismaClient;
  readonly temporal: Client;
  readonly listener: InboxListener;
  readonly settings: ApiSettings;
  readonly organisation: ReadOrganisation;
  /** The present instant; tests may hand in their own. */
  readonly now: () => Date;
}

/** What of the environment the API needs. */
export interface ApiSettings {
  /** Where messages are signalled to and orders run; workers poll it. */
  readonly taskQueue: string;
  /** The policy that new orders start under. */
  readonly policy: string;
  /** Requests per minute and token. */
  readonly rateLimit: number;
  /** Proxies whose word is taken for the address of who asks. */
  readonly trustedProxies: readonly string[];
  /** How long a message's sender waits for it to be filed before he is told where to look. */
  readonly answerWithinMs: number;
  /** The secret of a webhook by the name of its environment variable; undefined when none is configured. */
  readonly webhookSecret: (variable: string) => string | undefined;
}
