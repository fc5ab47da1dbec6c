import { createHash, randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { EveryFact } from '../../domain/inside/every-fact';
import { createPrismaClient } from '../../prisma/client';
import { insertMessage } from '../../prisma/inbox';
import { letterTo } from '../../workflows/messages';
import { quantile } from './statistics';

/** Medians in milliseconds, and the ratio of the two: what writing a message down adds to ringing. */
export interface Acceptance {
  readonly writtenAndRungMs: number;
  readonly rungMs: number;
  readonly ratio: number;
}

/** The first of them warm up connections and statements. */
const [warmUps, samples] = [50, 500];

/**
 * Accepts messages as the API does (a row in the inbox, then the signal) and as raw signals, in turn. They go to workflows
 * that no worker serves: only the acceptance is timed.
 */
export async function timeAcceptance(client: Client, spareDatabaseUrl: string): Promise<Acceptance> {
  const prisma = createPrismaClient(spareDatabaseUrl, { poolSize: 2 });
  const handle = await client.workflow.start('bare', { workflowId: `deaf-${randomUUID()}`, taskQueue: 'bench-deaf' });
  const signal = (message: EveryFact) => handle.signal(message.kind, letterTo(handle.workflowId, message));
  const [accepted, raw]: [number[], number[]] = [[], []];
  try {
    for (let sample = -warmUps; sample < samples; sample++) {
      const one = await timed(async (message) => {
        await insertMessage(prisma, rowOf(handle.workflowId, message));
        await signal(message);
      });
      const other = await timed(signal);
      if (sample < 0) continue;
      accepted.push(one);
      raw.push(other);
    }
  } finally {
    await handle.terminate();
    await prisma.$disconnect();
  }
  const [writtenAndRungMs, rungMs] = [quantile(accepted, 0.5), quantile(raw, 0.5)];
  return { writtenAndRungMs, rungMs, ratio: writtenAndRungMs / rungMs };
}

async function timed(work: (message: EveryFact) => Promise<unknown>): Promise<number> {
  const message = aDecision();
  const since = performance.now();
  await work(message);
  return performance.now() - since;
}

const aDecision = (): EveryFact => ({
  id: randomUUID(),
  at: new Date().toISOString(),
  by: { kind: 'user', userId: 'u-technical-1', roles: ['technical'] },
  kind: 'decisionMade',
  taskId: '20261121-0001/2',
  outcome: 'approve',
});

function rowOf(workflowId: string, message: EveryFact): Parameters<typeof insertMessage>[1] {
  const digest = createHash('sha256').update(JSON.stringify(message)).digest();
  return { workflowId, orderNo: '20261121-0001', message, words: null, sender: 'u-technical-1', digest };
}
