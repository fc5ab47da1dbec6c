import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { beforeWorker } from '../../servers/own-program';
import { type Told, bareQueue, fixedPlan, messageSignal } from './plan';

/** The driver of the bare workflow, with its worker. */
export interface BareDesk {
  readonly workerPid: number;
  /** Plays one workflow to its end: each message is sent when the one before it is answered. */
  play(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the bare worker as a process of its own. */
export async function openBareDesk(client: Client, temporalAddress: string): Promise<BareDesk> {
  const worker = fork(join(__dirname, 'worker.ts'), [temporalAddress], {
    execArgv: ['--import', 'tsx', ...beforeWorker],
  });
  const waiting = new Map<string, () => void>();
  await Promise.race([
    once(worker, 'message'),
    once(worker, 'exit').then(() => Promise.reject(new Error('The bare worker ended while starting'))),
  ]);
  worker.on('message', ({ workflowId, step }: Told) => waiting.get(`${workflowId}/${step}`)?.());

  return {
    workerPid: worker.pid ?? 0,
    play: async () => {
      const workflowId = `bare-${randomUUID()}`;
      const answered = (step: number): Promise<void> =>
        new Promise((resolve) => void waiting.set(`${workflowId}/${step}`, resolve));
      const started = answered(0);
      const handle = await client.workflow.start('bare', { workflowId, taskQueue: bareQueue, args: [fixedPlan] });
      await started;
      for (let step = 1; step <= fixedPlan.messages; step++) {
        const heard = answered(step);
        await handle.signal(messageSignal, { id: randomUUID() });
        await heard;
        waiting.delete(`${workflowId}/${step - 1}`);
      }
      return workflowId;
    },
    stop: async () => {
      if (worker.exitCode !== null) return;
      const ended = once(worker, 'exit');
      worker.disconnect();
      await ended;
    },
  };
}
