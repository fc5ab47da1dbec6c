import { randomUUID } from 'node:crypto';
import { WorkflowClient, WorkflowNotFoundError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Worker } from '@temporalio/worker';
import type { Terms } from '../../domain/inside/intake/terms';
import type { Actor } from '../../domain/inside/kernel/actor';
import type { Base } from '../../domain/inside/kernel/dossier';
import type { Role } from '../../domain/inside/kernel/vocabulary';
import { rolesOf } from '../../domain/inside/kernel/worklist/task';
import type { Outcome } from '../../domain/inside/kernel/worklist/terms';
import { openTasks } from '../../domain/inside/kernel/worklist/worklist';
import type { Dossier } from '../../domain/inside/order';
import type { TaskKind } from '../../domain/inside/processes';
import { shipmentsOf } from '../../domain/inside/shipping/shipping';
import { createWorker } from '../../worker/create-worker';
import type { AnsweredActivities } from '../../workflows/activity-types';
import { orderWorkflowId, shipmentWorkflowId } from '../../workflows/ids';
import { dossierQuery, letterTo } from '../../workflows/messages';
import { orderStartOptions } from '../../workflows/order-start';
import type { Company } from '../fakes/company';
import { testCodec } from '../harness/seal';
import { workflowBundle } from '../harness/workflow-bundle';
import type { Said } from './said';

/** One order on a time-skipping server, driven as people drive it: by messages, watched through its dossier. */
export interface OrderUnderTest {
  readonly no: string;
  say(message: Said, to?: string): Promise<void>;
  /** Decides the open task of this kind, as somebody of one of its roles. */
  decide(
    kind: TaskKind,
    outcome?: Outcome,
    extra?: {
      readonly by?: string;
      readonly reasonCode?: string;
      readonly amountFen?: number;
      readonly happenedAt?: string;
      /** What the task is about, where several of the kind are open. */
      readonly about?: string;
    },
    /** The child workflow whose task it is; the order's last shipment is found by itself. */
    child?: string,
  ): Promise<void>;
  dossier(): Promise<Dossier>;
  until(met: (dossier: Dossier) => boolean): Promise<Dossier>;
  /** How it ended, for an order that ends when time has passed: lets it pass, half a day at a time. */
  result(): Promise<string>;
  /** How it ended, for an order that needs no more time. */
  ended(): Promise<string>;
  skip(duration: number | string): Promise<void>;
}

export async function workerFor(
  environment: TestWorkflowEnvironment,
  company: Company,
  taskQueue: string,
): Promise<Worker> {
  return createWorker({
    connection: environment.nativeConnection,
    namespace: environment.namespace ?? 'default',
    activities: answered(environment, company.activities),
    taskQueue,
    payloadCodecs: [testCodec],
    workflowBundle: await workflowBundle(),
  });
}

/** As workers run them: with the instant of the server's clock at which each ended. */
function answered(environment: TestWorkflowEnvironment, activities: Company['activities']): AnsweredActivities {
  return Object.fromEntries(
    Object.entries(activities).map(([name, activity]) => [
      name,
      async (request: never) => {
        const answer: unknown = await activity(request);
        return { answer, at: new Date(await environment.currentTimeMs()).toISOString() };
      },
    ]),
  ) as unknown as AnsweredActivities;
}

let serial = 0;

export async function startOrder(
  environment: TestWorkflowEnvironment,
  taskQueue: string,
  terms: Terms,
  /** What is waited for before anything is said to the order, or time passes; nothing, where they may overlap. */
  first: (no: string) => Promise<void> = async () => {},
): Promise<OrderUnderTest> {
  const no = `20261121-${String(++serial).padStart(4, '0')}`;
  const { client } = environment;
  const at = async () => new Date(await environment.currentTimeMs()).toISOString();
  const acceptedAt = new Date(await environment.currentTimeMs());
  const { args } = orderStartOptions({ no, takenBy: 'tina', acceptedAt, status: 'pending_review', terms });
  const handle = await client.workflow.start('order', { workflowId: orderWorkflowId(no), taskQueue, args });
  // The environment's own client lets the clock run while it waits for a result; with nothing left to wait for it leaps
  // for years, and sleeping in that far future never ends.
  const plain = new WorkflowClient({ connection: client.connection }).getHandle(handle.workflowId);
  const dossierOf = (workflowId: string) => client.workflow.getHandle(workflowId).query(dossierQuery) as Promise<Base>;
  const order: OrderUnderTest = {
    no,
    async say(message, to = handle.workflowId) {
      const by: Actor = { kind: 'user', userId: 'finn', roles: ['finance'] };
      await first(no);
      const told = { id: randomUUID(), at: await at(), by, ...message };
      await client.workflow.getHandle(to).signal(message.kind, letterTo(to, told));
    },
    async decide(kind, outcome = 'approve', extra = {}, child) {
      const { by: named, about, ...rest } = extra;
      const workflowId = child ?? (kind.startsWith('shipment.') ? await lastShipment(order) : handle.workflowId);
      const task = await eventually(async () => {
        const found = await dossierOf(workflowId).catch(unlessNotStarted);
        return (
          found && openTasks(found.worklist).find((row) => row.kind === kind && (about ?? row.about) === row.about)
        );
      });
      const role: Role = rolesOf(task)[0] ?? 'admin';
      const by = named ?? `${role}-1`;
      await order.say(
        { kind: 'decisionMade', taskId: task.id, outcome, by: { kind: 'user', userId: by, roles: [role] }, ...rest },
        workflowId,
      );
    },
    dossier: () => dossierOf(handle.workflowId) as Promise<Dossier>,
    until: (met) =>
      eventually(async () => {
        const dossier = await order.dossier();
        return met(dossier) ? dossier : undefined;
      }),
    async result() {
      while ((await plain.describe()).status.name === 'RUNNING') await order.skip('12 hours');
      return order.ended();
    },
    ended: () => plain.result() as Promise<string>,
    async skip(duration) {
      await first(no);
      await environment.sleep(duration);
    },
  };
  return order;
}

async function lastShipment(order: OrderUnderTest): Promise<string> {
  const isUnderWay = (dossier: Dossier) => shipmentsOf(dossier).at(-1)?.state !== 'stopped';
  const dossier = await order.until((one) => shipmentsOf(one).length > 0 && isUnderWay(one));
  return shipmentWorkflowId(shipmentsOf(dossier).at(-1)?.no ?? '');
}

/** An order knows of its shipment a moment before the server does. */
function unlessNotStarted(error: unknown): undefined {
  if (!(error instanceof WorkflowNotFoundError)) throw error;
}

/** Asks until there is an answer; a test's own time limit ends it. */
async function eventually<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
