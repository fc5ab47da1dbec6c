import { setTimeout as pause } from 'node:timers/promises';
import type { Board } from '../board';
import type { Canary } from '../canary';
import { carrier } from '../goods';
import { diceOf } from '../dice';
import { observer, takers } from '../people';
import { orderBody } from '../order-body';
import type { Plan } from '../plans';
import type { Outcome, Posted, Sender } from '../sender';
import type { Details, Memory, Move, Situation } from './move';
import { eventsOf, moveOfStatus, payment } from './status-moves';
import { moveOfTask, shipmentOf } from './task-moves';

/** How the clients left an order. */
export interface Ending {
  readonly story: string;
  readonly orderNo: string;
  /** `waits`: open for a reason that the story wanted; `blocked`: nothing that they did counted any more. */
  readonly how: 'ended' | 'waits' | 'blocked';
  readonly says: string;
}

interface Tools {
  readonly seed: number;
  readonly sender: Sender;
  readonly board: Board;
  readonly canary: Canary;
  readonly signal: AbortSignal;
}

/** The same move refused this often will be refused for ever. */
const mostRefusals = 8;
/** Nothing to do and nothing that moves for this long, though servers come back within seconds. */
const stillForMs = 150_000;

/** Plays one order from its intake to its end: looks at the board, does what is to be done there, and looks again. */
export async function live(plan: Plan, tools: Tools): Promise<Ending> {
  const { board, canary, sender, seed } = tools;
  const dice = diceOf(seed, `story ${plan.serial}`);
  const memory: Memory = { done: new Set(), payments: [], events: new Map() };
  let serial = 0;
  const key = (): string => `r${seed}-o${plan.serial}-m${String(++serial).padStart(3, '0')}`;
  const play = async (move: Move): Promise<Outcome> => {
    const posted = (one: Omit<Move, 'rival'>): Posted => ({
      who: one.who,
      path: one.path,
      body: one.body,
      key: key(),
      twice: dice.chance(0.12),
    });
    const [mine, rivals] = [posted(move), move.rival === undefined ? undefined : posted(move.rival)];
    const [outcome] = await Promise.all([sender.post(mine), rivals === undefined ? undefined : sender.post(rivals)]);
    move.whenKnown?.(outcome, mine.key);
    return outcome;
  };

  const who = takers[plan.serial % takers.length] ?? takers[0];
  const accepted = await play({ tag: 'intake', who, path: '/orders', body: orderBody(plan, canary) });
  const orderNo = String(accepted.body['no']);
  const ending = (how: Ending['how'], says: string): Ending => ({ story: plan.story, orderNo, how, says });
  if (accepted.status !== 201) return ending('blocked', `was answered ${accepted.status}`);
  const refused = new Map<string, number>();
  let moved = { version: -1, at: Date.now() };
  for (;;) {
    const view = await board.look(orderNo);
    tools.signal.throwIfAborted();
    if (view === undefined) continue;
    const { order } = view;
    if (order.version !== moved.version) moved = { version: order.version, at: Date.now() };
    for (const task of view.tasks)
      if (task.kind === 'shipment.waybill' && !memory.events.has(shipmentOf(task)))
        memory.events.set(shipmentOf(task), eventsOf(plan, dice));
    const details = async (): Promise<Details> =>
      // The page's schema says what is in it.
      (await sender.get(observer, `/orders/${orderNo}`)) as unknown as Details;
    const situation: Situation = { plan, view, memory, dice, canary, details };
    if (order.endedAt !== null) {
      if (plan.late === true) await comeLate(situation, play, memory);
      return ending('ended', order.status);
    }
    const move = await nextMove(situation).catch(() => undefined);
    if (move === undefined) {
      if (plan.balance === 'never' && order.status === 'awaiting_balance') return ending('waits', order.status);
      if (Date.now() - moved.at > stillForMs) return ending('blocked', `stands still in ${order.status}`);
      continue;
    }
    await pause(dice.between(0, 400));
    const { status, body } = await play(move);
    if (status < 400) continue;
    const times = (refused.get(move.tag) ?? 0) + 1;
    refused.set(move.tag, times);
    if (times > mostRefusals)
      return ending('blocked', `${move.tag}: ${status} ${String(body['code'])} in ${order.status}`);
  }
}

/** A task's move or the status', whichever the dice let come first. */
async function nextMove(situation: Situation): Promise<Move | undefined> {
  const { view, dice } = situation;
  const tasks = [...view.tasks].sort(() => dice.throw() - 0.5);
  const statusFirst = dice.chance(0.5);
  const ofStatus = statusFirst ? await moveOfStatus(situation) : undefined;
  if (ofStatus !== undefined) return ofStatus;
  for (const task of tasks) {
    const move = await moveOfTask(task, situation);
    if (move !== undefined) return move;
  }
  return statusFirst ? undefined : moveOfStatus(situation);
}

/** Messages to an order, and to its shipment, that are over: refused with the reason, and nothing moves. */
async function comeLate(situation: Situation, play: (move: Move) => Promise<Outcome>, memory: Memory): Promise<void> {
  const { canary } = situation;
  await play(payment(situation, 100, 'late payment'));
  const shipmentNo = [...memory.events.keys()].at(-1);
  if (shipmentNo === undefined) return;
  const path = `/shipments/${shipmentNo}/events`;
  const body = { event: 'in_transit', comment: canary.words(`late words of ${carrier}`) };
  await play({ tag: 'late event', who: 'u-logistics', path, body });
}
