import { setMaxListeners } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Board, openBoard } from './board';
import type { Canary } from './canary';
import type { Company } from './company';
import { diceOf } from './dice';
import { type Journal, openJournal } from './journal';
import { blows, strike } from './kills';
import { planOf } from './plans';
import { type Sender, createSender } from './sender';
import { type Ending, live } from './stories/live';

/** The clients of a company: one journal, one board, one way to send. */
export interface Clients {
  readonly journal: Journal;
  readonly sender: Sender;
  readonly board: Board;
  close(): Promise<void>;
}

/** Opens the clients' side; `signal` ends whatever they are at. */
export function openClients(company: Company, seed: number, signal: AbortSignal): Clients {
  setMaxListeners(0, signal); // every client waits under it
  const journal = openJournal(join(company.folder, 'journal.jsonl'));
  const { apiUrl, tokens } = company;
  const sender = createSender({ apiUrl, tokens, journal, dice: diceOf(seed, 'sender'), signal });
  const board = openBoard(sender);
  return {
    journal,
    sender,
    board,
    close: async () => {
      await board.stop();
      await sender.drained();
    },
  };
}

export interface StormSettings {
  readonly seed: number;
  /** Seeds whose plans and blows are played in turn; the run's own where none are given. */
  readonly seeds?: readonly number[];
  readonly orders: number;
  readonly kills: number;
  readonly canary: Canary;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
}

/** What the clients and the killer did. */
export interface Storm {
  readonly endings: readonly Ending[];
  readonly kills: number;
}

/** While blows fall, at least this share of the orders is under way: more are taken when too many have ended. */
const shareUnderWay = 0.4;
/** Orders are taken one after the other, so that all stages are under way at once. */
const betweenIntakesMs = 250;

/** Plays orders through the API while their servers are killed; returns when every client is done. */
export async function storm(company: Company, clients: Clients, settings: StormSettings): Promise<Storm> {
  const { seed, orders, say, signal } = settings;
  const seeds = settings.seeds ?? [seed];
  const seedOf = (serial: number): number => seeds[serial % seeds.length] ?? seed;
  const underWay = new Set<Promise<Ending>>();
  const endings: Ending[] = [];
  const taken: string[] = [];
  const take = (): void => {
    const plan = planOf(seedOf(taken.length), taken.length);
    taken.push(plan.story);
    const lived = live(plan, { ...settings, sender: clients.sender, board: clients.board })
      .catch((error: unknown): Ending => ({ story: plan.story, orderNo: '?', how: 'blocked', says: String(error) }))
      .then((ending) => {
        underWay.delete(lived);
        endings.push(ending);
        if (ending.how === 'blocked') say(`order ${ending.orderNo} (${ending.story}) is stuck: ${ending.says}`);
        return ending;
      });
    underWay.add(lived);
  };
  const schedules = seeds.map((each) => blows(each, settings.kills));
  const planned = Array.from({ length: settings.kills }, (_, index) => schedules[index % seeds.length]?.[index]).filter(
    (blow) => blow !== undefined,
  );
  const striking = strike(company, planned, {
    signal,
    say: (line) => say(`${line}; ${underWay.size} orders under way, ${endings.length} over`),
    before: () => {
      if (taken.length < orders) return;
      for (let missing = shareUnderWay * orders - underWay.size; missing > 0; missing--) take();
    },
  });
  for (let order = 0; order < orders; order++) {
    take();
    await pause(betweenIntakesMs);
  }
  const kills = await striking;
  await Promise.all(underWay);
  return { endings, kills };
}
