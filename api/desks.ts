import { dossierFrom, dunningFrom, parcelFrom } from '../domain/fold';
import type { Effect } from '../domain/inside/GONE-desk';
import { file } from '../domain/inside/GONE-file-fact';
import { effectAfter } from '../domain/inside/GONE-undoing';
import type { EveryFact } from '../domain/inside/every-fact';
import type { Dossier } from '../domain/inside/order';
import { waitingOfDunning, waitingOfParcel } from '../domain/inside/explain';
import type { Terms } from '../domain/inside/intake/terms';
import type { Actor } from '../domain/inside/kernel/actor';
import type { Waiting } from '../domain/inside/kernel/explain';
import type { FiledFact } from '../domain/inside/kernel/fact';
import { signatureOf } from '../domain/inside/kernel/worklist/decision';
import type { Decision, Task } from '../domain/inside/kernel/worklist/task';
import { taskOf, type Worklist } from '../domain/inside/kernel/worklist/worklist';
import * as dunnings from '../domain/inside/dunning';
import * as parcels from '../domain/inside/parcel';
import { Prisma, type PrismaClient } from '../prisma/generated/client';
import { orderWorkflowId } from '../workflows/ids';
import type { Addressed } from './message-route';

/** The desks of one order as its filed facts add up: its own, and those of its shipments and collections. */
export interface Desks {
  readonly dossier: Dossier;
  readonly others: readonly OtherDesk[];
}

interface OtherDesk {
  readonly workflowId: string;
  readonly desk: Worklist;
  readonly waiting: readonly Waiting[];
  /** How it would file a fact. */
  readonly hears: (fact: EveryFact) => FiledFact;
  /** What came after a decision and cannot be undone. */
  readonly effectAfter: (task: Task) => Effect | undefined;
}

interface FactRow {
  readonly workflowId: string;
  readonly fact: EveryFact;
}

/** Folds an order's facts by the workflow's own reducer: the answer needs no workflow, and stands when Temporal is away. */
export async function desksOf(prisma: PrismaClient, orderNo: string): Promise<Desks | undefined> {
  const rows = await prisma.$queryRaw<readonly FactRow[]>`
    select "workflowId", body || jsonb_build_object('id', id, 'kind', kind, 'at', ${inUtc('at')}, 'happenedAt', ${inUtc('happenedAt')}) as fact
      from facts where "orderNo" = ${orderNo} order by "workflowId", seq limit ${mostFacts}`;
  const byWorkflow = grouped(rows);
  const factsOf = (workflowId: string) => byWorkflow.get(workflowId) ?? [];
  const own = orderWorkflowId(orderNo);
  const dossier = dossierFrom(factsOf(own));
  if (dossier === undefined) return undefined;
  const others = [...byWorkflow.keys()].flatMap((workflowId) => {
    if (workflowId === own) return [];
    const desk = otherDesk(factsOf(workflowId), dossier.terms);
    return desk === undefined ? [] : [{ workflowId, ...desk }];
  });
  return { dossier, others };
}

function otherDesk(facts: readonly EveryFact[], terms: Terms): Omit<OtherDesk, 'workflowId'> | undefined {
  const parcel = parcelFrom(facts, terms);
  if (parcel !== undefined)
    return {
      desk: parcel,
      waiting: waitingOfParcel(parcel),
      hears: (fact) => parcels.fileInParcel(parcel, fact).filed,
      effectAfter: (task) => parcels.effectAfter(parcel, task),
    };
  const dunning = dunningFrom(facts, terms);
  return (
    dunning && {
      desk: dunning,
      waiting: waitingOfDunning(dunning),
      hears: (fact) => dunnings.fileInDunning(dunning, fact).filed,
      effectAfter: (task) => dunnings.effectAfter(dunning, task),
    }
  );
}

/** Why a decision can no longer be undone: the fact that came after it (HT-5). */
export async function whatCameAfter(
  prisma: PrismaClient,
  { workflowId, orderNo, taskId, by }: Pick<Addressed, 'workflowId' | 'orderNo'> & { taskId: string; by: Actor },
): Promise<Effect | undefined> {
  const desks = await desksOf(prisma, orderNo);
  const other = desks?.others.find((one) => one.workflowId === workflowId);
  const desk = other?.desk ?? desks?.dossier;
  const task = desk && taskOf(desk, taskId);
  const signature: Decision | undefined = task && signatureOf(task, by);
  if (desks === undefined || task === undefined || signature === undefined) return undefined;
  return other === undefined ? effectAfter(desks.dossier, task, signature) : other.effectAfter(task);
}

/** How a message would stand if its workflow heard it now, by the workflow's own reducer; nothing is written (EX-8). */
export function wouldStand(
  desks: Desks | undefined,
  { workflowId, orderNo, message }: Pick<Addressed, 'workflowId' | 'orderNo' | 'message'>,
): FiledFact | undefined {
  if (desks === undefined || workflowId === orderWorkflowId(orderNo))
    return desks && file(desks.dossier, message).filed;
  return desks.others.find((other) => other.workflowId === workflowId)?.hears(message);
}

/** More than any order files (W2): a bound, not a page. */
const mostFacts = 20_000;

/** An instant column as the facts had it: ISO 8601 in UTC with milliseconds. */
const inUtc = (column: 'at' | 'happenedAt') =>
  Prisma.sql`to_char(${Prisma.raw(`"${column}"`)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

function grouped(rows: readonly FactRow[]): ReadonlyMap<string, readonly EveryFact[]> {
  const groups = new Map<string, EveryFact[]>();
  for (const { workflowId, fact } of rows) {
    const group = groups.get(workflowId);
    if (group === undefined) groups.set(workflowId, [fact]);
    else group.push(fact);
  }
  return groups;
}
