import { type AnyDesk, Machine, nextRing, tasksOf, underWay } from './machine';
import { act } from './machine-acts';
import { checks, type Invariant } from './machine-checks';
import { clearancesStillHold, collectionsKnow, pickerIsNotChecker, staysInItsTable } from './machine-children';
import { help, Voice } from './machine-help';
import { count, remember } from './machine-memory';
import { type Action, type Story, termsOf } from './machine-stories';

/** What a story broke, each with the fact that did it, and which steps of the status it walked. */
export interface Played {
  readonly broken: ReadonlyMap<Invariant, string>;
  readonly steps: ReadonlySet<string>;
}

/** Plays a story to its end, and asks every invariant after each fact. */
export function play(story: Story): Played {
  const broken = new Map<Invariant, string>();
  const memory = remember();
  const breaks = (invariant: Invariant, why: string): void => {
    if (!broken.has(invariant)) broken.set(invariant, why);
  };
  const machine: Machine = new Machine(termsOf(story.shape), story.inHand, {
    order(transition) {
      count(transition, memory);
      const { before, after, filed } = transition;
      const where = before.status === after.status ? before.status : `${before.status} to ${after.status}`;
      for (const [invariant, holds] of Object.entries(checks))
        if (!holds(transition, memory))
          breaks(invariant as Invariant, `${filed.fact.kind} ${filed.fact.id} ${filed.filed} in ${where}`);
    },
    shipment(transition) {
      if (!pickerIsNotChecker(transition, memory)) breaks('picker', transition.filed.fact.id);
      if (!staysInItsTable(transition))
        breaks('children', `${transition.filed.fact.kind} ${transition.before.status} to ${transition.after.status}`);
    },
    collection(transition) {
      if (!staysInItsTable(transition)) breaks('children', transition.filed.fact.kind);
    },
    spins: (key) => breaks('X4', `${key} in ${machine.dossier.status}`),
  });
  try {
    tell(machine, story, breaks);
  } catch (error) {
    breaks('rest', error instanceof Error ? `${error.message} ${error.stack ?? ''}` : String(error));
  }
  return { broken, steps: memory.steps };
}

type Breaks = (invariant: Invariant, why: string) => void;

function tell(machine: Machine, story: Story, breaks: Breaks): void {
  const voice = new Voice(machine);
  machine.settle();
  const headStart = Array.from({ length: story.headStart }, (): Action => ({ do: 'help', who: 5, pick: 0, steps: 80 }));
  for (const action of [...headStart, ...story.actions]) {
    act({ machine, action, story, voice });
    machine.work(action.steps);
    if (action.steps < 50 || machine.isAway) continue;
    machine.settle();
    if (!isHeld(machine)) breaks('S5', `${machine.dossier.status} after ${action.do}`);
    if (!clearancesStillHold(machine)) breaks('Q6', `picked unpaid after ${action.do}`);
    if (!collectionsKnow(machine)) breaks('children', `a collection does not know after ${action.do}`);
  }
  machine.settle();
  if (!comesToAnEnd(machine, voice)) breaks('S4', `stays in ${machine.dossier.status}`);
  const { warehouse, dossier } = machine;
  if (warehouse.refused.length > 0) breaks('stock', warehouse.refused.join());
  if (dossier.closing.ended !== undefined && warehouse.heldPieces > 0)
    breaks('stock', `${warehouse.heldPieces} pieces stay reserved for an order that is ${dossier.status}`);
}

/** On every desk of the order, and of its children while they are under way, somebody has the ball. */
function isHeld(machine: Machine): boolean {
  const { dossier, order } = machine;
  if (dossier.closing.ended !== undefined) return true;
  const children = underWay(machine);
  if (!children.every(hasTheBall)) return false;
  // That a clock runs for the whole order says nothing of who has it now.
  const isAsked = order.requires.some((one) => one.what === 'task' || one.name !== 'dispatch');
  const isOpen = tasksOf(machine).length > 0 || nextRing(machine) !== undefined || dossier.waitingFor.length > 0;
  return children.length > 0 || (isAsked && isOpen);
}

/** What is under way has an open task or a clock that will ring, of its own. */
const hasTheBall = ({ dossier }: AnyDesk): boolean =>
  dossier.worklist.tasks.some(({ state }) => state === 'open') ||
  Object.values(dossier.worklist.clocks).some(({ clock }) => clock.rung < clock.rungs.length);

/** People who answer what they are asked, and time: no new order, no operator, no luck. */
function comesToAnEnd(machine: Machine, voice: Voice): boolean {
  for (let round = 0; round < 250 && machine.dossier.closing.ended === undefined; round++) {
    help(machine, round, voice);
    machine.settle();
  }
  return machine.dossier.closing.ended !== undefined;
}
