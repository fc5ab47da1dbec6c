import { folded, orderFrom } from '../domain/outside/filing/fold';
import { collection } from '../domain/inside/collection';
import { waitingFor } from '../domain/inside/explain';
import type { Actor } from '../domain/inside/kernel/actor';
import type { Base } from '../domain/inside/kernel/dossier';
import type { Waiting } from '../domain/inside/kernel/explain';
import type { Fact, FiledFact } from '../domain/inside/kernel/fact';
import type { Process } from '../domain/inside/kernel/process';
import { signatureOf } from '../domain/inside/kernel/worklist/decision';
import type { Decision, Task } from '../domain/inside/kernel/worklist/task';
import { taskOf, type Worklist } from '../domain/inside/kernel/worklist/worklist';
import { type Dossier, order as orderProcess } from '../domain/inside/order';
import type { ProcessName } from '../domain/inside/processes';
import { shipment } from '../domain/inside/shipment';
import type { PrismaClient } from '../prisma/generated/client';
import { orderWorkflowId } from '../workflows/ids';
import type { Addressed } from './addressed';
import { factsOf } from './facts-of';

/** An order as its filed facts add up, and each of its processes with it: its own, its shipments and its collections. */
export interface FoldedOrder {
  readonly dossier: Dossier;
  /** The order's own process comes first. */
  readonly processes: readonly FoldedProcess[];
}

/** One workflow of an order as its filed facts add up, whichever process it is. */
interface FoldedProcess {
  readonly workflowId: string;
  readonly worklist: Worklist;
  readonly waiting: () => readonly Waiting[];
  /** How it would file a fact. */
  readonly hears: (fact: Fact) => FiledFact;
  /** What came after a decision and cannot be undone. */
  readonly cameAfter: (task: Task, signature: Decision) => string | undefined;
}

/** Folds an order's facts by the workflow's own reducer: the answer needs no workflow, and stands when Temporal is away. */
export async function foldOrder(prisma: PrismaClient, orderNo: string): Promise<FoldedOrder | undefined> {
  const byWorkflow = await factsOf(prisma, orderNo);
  const own = orderWorkflowId(orderNo);
  const dossier = orderFrom(orderNo, byWorkflow.get(own) ?? []);
  if (dossier === undefined) return undefined;
  const others = [...byWorkflow].flatMap(([workflowId, facts]) =>
    workflowId === own ? [] : (foldChild(workflowId, facts) ?? []),
  );
  return { dossier, processes: [foldedAs(orderProcess, own, dossier), ...others] };
}

/** `shipment-20261121-0007-S1`: the name of the process, and the number of what it is about. */
function foldChild(workflowId: string, facts: readonly Fact[]): FoldedProcess | undefined {
  const [name = '', ...no] = workflowId.split('-');
  return isChild(name) ? children[name](workflowId, no.join('-'), facts) : undefined;
}

type FoldChild = (workflowId: string, no: string, facts: readonly Fact[]) => FoldedProcess | undefined;

/** Every process that an order starts, by its name. */
const children: Readonly<Record<Exclude<ProcessName, 'order'>, FoldChild>> = {
  shipment: (workflowId, no, facts) => foldAs(shipment, workflowId, folded(shipment, no, facts)),
  collection: (workflowId, no, facts) => foldAs(collection, workflowId, folded(collection, no, facts)),
};

const isChild = (name: string): name is keyof typeof children => Object.hasOwn(children, name);

const foldAs = <D extends Base>(
  process: Process<D>,
  workflowId: string,
  dossier: D | undefined,
): FoldedProcess | undefined => dossier && foldedAs(process, workflowId, dossier);

const foldedAs = <D extends Base>(process: Process<D>, workflowId: string, dossier: D): FoldedProcess => ({
  workflowId,
  worklist: dossier.worklist,
  waiting: () => waitingFor(process, dossier),
  hears: (fact) => process.reduce(dossier, fact).filed,
  cameAfter: (task, signature) => process.cameAfter(dossier, task, signature),
});

/** Why a decision can no longer be undone: the kind of fact that came after it (HT-5). */
export async function whatCameAfter(
  prisma: PrismaClient,
  { workflowId, orderNo, taskId, by }: Pick<Addressed, 'workflowId' | 'orderNo'> & { taskId: string; by: Actor },
): Promise<string | undefined> {
  const asking = processAt(await foldOrder(prisma, orderNo), workflowId);
  const task = asking && taskOf(asking.worklist, taskId);
  const signature = task && signatureOf(task, by);
  return task && signature && asking.cameAfter(task, signature);
}

/** How a message would be filed if its workflow heard it now, by the workflow's own reducer; nothing is written (EX-8). */
export const wouldBeFiled = (
  order: FoldedOrder | undefined,
  { workflowId, message }: Pick<Addressed, 'workflowId' | 'message'>,
): FiledFact | undefined => processAt(order, workflowId)?.hears(message);

const processAt = (order: FoldedOrder | undefined, workflowId: string): FoldedProcess | undefined =>
  order?.processes.find((process) => process.workflowId === workflowId);
