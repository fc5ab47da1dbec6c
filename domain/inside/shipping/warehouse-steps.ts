import type { Answer, DecidedTask, Undo } from '../kernel/organ';
import { isYes, type Task } from '../kernel/worklist/task';
import type { Worklist } from '../kernel/worklist/worklist';
import type { Handling, HandlingView } from './handling-state';

type WarehouseAnswer = Answer<HandlingView, Handling>;
type Step = Handling['step'];

/** The pick of one is checked by another; a wrong pick goes back (SH-1). */
export const pickAnswer: WarehouseAnswer = {
  decided: ({ handling }) => ({ ...handling, step: 'checking' }),
  undo: undoneUntilTheNextStep({ ledTo: () => 'checking', back: 'picking' }),
};

const afterCheck = (task: DecidedTask): Step => (isYes(task.decision) ? 'packed' : 'picking');

export const checkAnswer: WarehouseAnswer = {
  decided: ({ handling }, task) => ({ ...handling, step: afterCheck(task) }),
  undo: undoneUntilTheNextStep({ ledTo: afterCheck, back: 'checking' }),
};

/** What is scanned out is gone, and taken out of stock at once (SH-2). */
export const scanOutAnswer: WarehouseAnswer = {
  decided: ({ handling }, { decision: { at, happenedAt = at } }) => ({
    ...handling,
    step: 'gone',
    shippedAt: happenedAt,
  }),
  undo: 'goodsTaken',
};

/** A step is undone while it was the last one, and what it led to is not answered yet (HT-5). */
function undoneUntilTheNextStep({
  ledTo,
  back,
}: {
  readonly ledTo: (task: DecidedTask) => Step;
  readonly back: Step;
}): Undo<HandlingView, Handling> {
  return {
    cameAfter: ({ handling, worklist }, task) =>
      handling.step === ledTo(task) && lastStep(worklist)?.id === task.id ? undefined : 'decisionMade',
    restored: ({ handling }) => ({ ...handling, step: back }),
  };
}

/** The step of picking, checking and scanning out that was decided last; one that was undone is open again. */
const lastStep = ({ tasks }: Worklist): Task | undefined =>
  tasks
    .filter(({ kind, state }) => steps.includes(kind) && state === 'decided')
    .reduce<Task | undefined>((last, task) => (isLater(task, last) ? task : last), undefined);

const steps: readonly string[] = ['shipment.pick', 'shipment.check', 'shipment.scan_out'];

const isLater = (task: Task, last: Task | undefined): boolean =>
  (task.decision?.at ?? '') >= (last?.decision?.at ?? '');
