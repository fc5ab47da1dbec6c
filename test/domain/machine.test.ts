import fc from 'fast-check';
import { dutiesOf } from '../../domain/inside/GONE-duties';
import { parcelIsDone } from '../../domain/inside/GONE-parcel';
import type { EveryFact } from '../../domain/inside/every-fact';
import { nextAlarm, openTasks } from '../../domain/inside/kernel/worklist/worklist';
import { childIsUnderWay, Machine, tasksOf } from './machine';
import { checks, count, leaveStillHolds, pickerIsNotChecker, remember, type Invariant } from './machine-checks';
import { onceFound } from './machine-found';
import { act, help, stories, termsOf, type Action, type Story } from './machine-stories';

/**
 * Orders of every kind are told anything by anybody at any time, and after each fact every invariant is asked. All
 * tests of this file play the same stories, so each is played once; fast-check prints seed and path of one that fails.
 */
const runs = { numRuns: 300, seed: Date.now() % 2_147_483_647, examples: onceFound.map((story): [Story] => [story]) };

const played = new Map<string, ReadonlyMap<Invariant, string>>();

/** The invariants that this story broke, each with the fact that did it. */
function broken(story: Story): ReadonlyMap<Invariant, string> {
  const key = JSON.stringify(story);
  const known = played.get(key);
  if (known !== undefined) return known;
  const found = play(story);
  played.set(key, found);
  return found;
}

function play(story: Story): ReadonlyMap<Invariant, string> {
  const found = new Map<Invariant, string>();
  const memory = remember();
  const breaks = (invariant: Invariant, why: string): void => {
    if (!found.has(invariant)) found.set(invariant, why);
  };
  const machine = new Machine(termsOf(story.shape), story.inHand, {
    order(transition) {
      count(transition, memory);
      const { fact, standing } = transition.filed;
      for (const [invariant, holds] of Object.entries(checks))
        if (!holds(transition, memory))
          breaks(invariant as Invariant, `${fact.kind} ${fact.id} ${standing} in ${transition.before.status}`);
    },
    parcel(transition) {
      if (!pickerIsNotChecker(transition, memory)) breaks('picker', transition.filed.fact.id);
    },
  });
  const said: EveryFact[] = [];
  machine.settle();
  const headStart = Array.from({ length: story.headStart }, (): Action => ({ do: 'help', who: 5, pick: 0, steps: 50 }));
  for (const action of [...headStart, ...story.actions]) {
    act(machine, action, story, said);
    machine.work(action.steps);
    if (action.steps < 50) continue;
    if (!isHeld(machine)) breaks('S5', `${machine.dossier.status} after ${action.do}`);
    if (machine.parcel?.step !== 'gone' && !leaveStillHolds(machine.dossier))
      breaks('Q6', `picked unpaid after ${action.do}`);
  }
  machine.settle();
  if (!comesToAnEnd(machine)) breaks('S4', `stays in ${machine.dossier.status}`);
  return found;
}

/** On every desk of the order, and of its shipment and its collection while they are under way, somebody has the ball. */
function isHeld(machine: Machine): boolean {
  machine.settle();
  const { dossier } = machine;
  if (dossier.endedAt !== undefined) return true;
  const inTheStage = dutiesOf(dossier).some((duty) => duty.what === 'task' || duty.name !== 'dispatch');
  const isOpen = tasksOf(machine).length > 0 || nextAlarm(dossier) !== undefined;
  if (!childrenAreHeld(machine)) return false;
  return childIsUnderWay(machine) || (inTheStage && (isOpen || dossier.waitingFor.length > 0));
}

/** What is under way has an open task or a clock that will ring, of its own. */
function childrenAreHeld({ parcel, dunning }: Machine): boolean {
  const underWay = [
    ...(parcel === undefined || parcelIsDone(parcel) ? [] : [parcel]),
    ...(dunning === undefined ? [] : [dunning]),
  ];
  return underWay.every((desk) => openTasks(desk).length > 0 || nextAlarm(desk) !== undefined);
}

/** People who answer what they are asked, and time: no new order, no operator, no luck. */
function comesToAnEnd(machine: Machine): boolean {
  let serial = 0;
  for (let round = 0; round < 150 && machine.dossier.endedAt === undefined; round++) {
    help(
      machine,
      round,
      (message, desk = 'order') => {
        if (desk === 'order') machine.tell(message);
        else if (desk === 'parcel') machine.tellParcel(message);
        else machine.tellDunning(message);
      },
      (by = { kind: 'user', userId: 'v9', roles: ['finance'] }) => ({ id: `e${++serial}`, at: machine.now, by }),
    );
    machine.settle();
  }
  return machine.dossier.endedAt !== undefined;
}

const holds = (invariant: Invariant): void =>
  fc.assert(
    fc.property(stories, (story) => {
      const why = broken(story).get(invariant);
      if (why !== undefined) throw new Error(why);
    }),
    runs,
  );

it('S1 a status changes only as the state table says, and an ignored fact changes nothing', () => holds('S1'));
it('S2 what is over stays over, but for a completed order whose payment is taken back', () => holds('S2'));
it('S4 people and time can bring every order to an end', () => holds('S4'));
it('S5 somebody always holds the ball', () => holds('S5'));
it('V1 a review level opens only after the levels below approved the same revision', () => holds('V1'));
it('V2 a review level of a revision has one decision', () => holds('V2'));
it('V3 nobody reviews what he took or changed, nor twice, for himself or for another', () => holds('V3'));
it('V3 who picked the goods does not check them', () => holds('picker'));
it('V4 who decides has a role of the task when he decides', () => holds('V4'));
it('V5 a rejection, a return and a wrong pick have a reason', () => holds('V5'));
it('V6 a change makes a new revision without open tasks or approvals, and nothing else does', () => holds('V6'));
it('Q1 without the signed paper and the deposit nothing is made for grades B and C', () => holds('Q1'));
it('Q2 grade A is made after review, and is not completed without the signed paper', () => holds('Q2'));
it('Q4 what was made is passed, scrapped, in rework or waiting, and no more is stocked in than came', () =>
  holds('Q4'));
it('Q6 goods go only for one of the four reasons', () => holds('Q6'));
it('Q7 a release is used once, in time, for no more than was asked, and not given by who asked', () => holds('Q7'));
it('Q9 the freight of a dead order is booked exactly once, to the guarantor if there is one', () => holds('Q9'));
it('Q10 once production has begun only an approval cancels, at the costs that were asked; after shipment nothing does', () =>
  holds('Q10'));
it('M2 the trial balance is zero after every fact', () => holds('M2'));
it('M4 the receivable is what the entries say', () => holds('M4'));
it('M5 no more is applied than was received, and what is not applied stays visible', () => holds('M5'));
it('M6 no more is refunded and kept than was received', () => holds('M6'));
it('M7 money is a liability until it is billed', () => holds('M7'));
it('M9 what is paid too much stays the customer’s', () => holds('M9'));
it('X2 the same message again changes nothing', () => holds('X2'));
it('X5 every posting has its fact before it, once, and a reversal its target', () => holds('X5'));
it('T1 a rung rings once, in its time, and not after its task or wait is over', () => holds('T1'));
it('Z1 the promised date slides by the days that the paper took, and then only forward', () => holds('Z1'));
it('HG-4 a fact that happened too long ago, or is still to come, does not count', () => holds('HG-4'));
