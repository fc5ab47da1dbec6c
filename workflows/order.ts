import { CancellationScope, continueAsNew, setHandler, workflowInfo } from '@temporalio/workflow';
import { forgetOldIds } from '../domain/inside/desk';
import { openDossier, type Dossier } from '../domain/inside/dossier';
import type { EndStatus, OrderFact } from '../domain/inside/fact';
import { orderWorkflowId } from './ids';
import { messageKinds, messageSignal, reportSignal, type OrderInput } from './messages';
import { orderKind } from './order-kind';
import { heard, mustBeOurs } from './post';
import { begin, fileTheRest, head, note, noteStep, Turn, type Run } from './run';
import { wellFormed } from './well-formed';
import { archived } from './stages/archive';
import { balanceCleared } from './stages/balance';
import { confirmed } from './stages/confirmation';
import { depositCovered } from './stages/deposit';
import { intakeComplete } from './stages/intake';
import { reviewed } from './stages/review';
import { settled } from './stages/settlement';
import { delivered } from './stages/shipping';
import { supplied } from './stages/supply';
import { stockIsFree, woundUp } from './stages/winding-up';

/** One order, from intake to archive, over days or months (订单). Its result is where it ended. */
export async function order(input: OrderInput): Promise<EndStatus> {
  mustBeOurs(input, ({ orderNo }) => orderWorkflowId(orderNo));
  const story = { revision: input.soFar?.revision ?? 1, windingUp: false };
  const run = takeUp(input, story);
  listen(run);
  CancellationScope.current().cancelRequested.catch(() => note(run, cancellationByOperator(run)));
  return CancellationScope.nonCancellable(() => live(run, story));
}

/** Goes through what an order goes through, again after every change, and ends it. */
async function live(run: Run<Dossier>, story: { revision: number; windingUp: boolean }): Promise<EndStatus> {
  while (!(await wentThrough(run))) {
    if (run.desk.revision === story.revision) break;
    story.revision = run.desk.revision;
    await stockIsFree(run, 'revised');
  }
  story.windingUp = true;
  return end(run, run.desk.closure === undefined ? 'archived' : await woundUp(run));
}

/** Opens the order's dossier, or goes on with the one that an earlier run left. */
function takeUp(input: OrderInput, story: { revision: number; windingUp: boolean }): Run<Dossier> {
  const { orderNo, takenBy, terms, soFar } = input;
  const goOn = (dossier: Dossier): Promise<never> =>
    continueAsNew<typeof order>({ ...input, soFar: forgetOldIds(dossier) });
  const kind = orderKind(story, goOn);
  if (soFar !== undefined) return begin(kind, orderNo, soFar);
  const accepted = { kind: 'orderAccepted', ...head(1), orderNo, takenBy, terms } as const;
  return begin(kind, orderNo, openDossier(accepted), accepted);
}

/** The page: what an order goes through. False when the story turned: the order was changed, or closed before its time. */
async function wentThrough(run: Run<Dossier>): Promise<boolean> {
  try {
    await intakeComplete(run);
    await reviewed(run);
    await confirmed(run);
    await depositCovered(run);
    await supplied(run);
    await balanceCleared(run);
    await delivered(run);
    await settled(run);
    await archived(run);
    return true;
  } catch (turn) {
    if (turn instanceof Turn) return false;
    throw turn;
  }
}

/** Handlers only note the fact; they read neither clock nor results. */
function listen(run: Run<Dossier>): void {
  const noteIt = (fact: OrderFact): void => note(run, fact);
  for (const kind of messageKinds) setHandler(messageSignal(kind), heard(run, wellFormed([kind]), noteIt));
  setHandler(reportSignal, heard(run, wellFormed(['shipmentMoved']), noteIt));
}

/** "Request Cancellation" in the Temporal UI is the cancellation of the order, with all that belongs to it (CF-6). */
function cancellationByOperator({ desk }: Run<Dossier>): OrderFact {
  const { workflowId } = workflowInfo();
  return {
    kind: 'cancellationRequested',
    ...head(desk.seq + 1),
    id: `${workflowId}/requested-by-operator`,
    reasonCode: 'operator',
    costFen: 0,
  };
}

async function end(run: Run<Dossier>, as: EndStatus): Promise<EndStatus> {
  noteStep(run, { kind: 'orderEnded', as, reasonCode: run.desk.closure?.reasonCode ?? 'completed' });
  await fileTheRest(run);
  return as;
}
