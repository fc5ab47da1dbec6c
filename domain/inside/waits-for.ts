import { contractIsSigned } from './contract/contract';
import { answerOf } from './credit/credit';
import { toBill } from './billing/billing';
import { isAwaited } from './deposit/deposit';
import { allReady } from './goods/goods';
import { holdsOn } from './holds/holds';
import { isClosed } from './kernel/closed';
import { type Gate, type OrderStatus, statusWaits } from './kernel/vocabulary';
import { openTasks } from './kernel/worklist/worklist';
import { outstandingFen } from './money/money';
import { type Dossier, order } from './order';
import { nextLevel } from './review/review';
import { shipmentsOf, unshipped, wentInMost } from './shipping/shipping';

/** What an order in a status waits for, said more closely than its status says it. */
interface Wait {
  /** The gates of what would happen now. */
  readonly gates?: (dossier: Dossier) => readonly Gate[];
  /** What it waits for while nobody is asked on its own worklist, where that is another thing than in general. */
  readonly unasked?: (dossier: Dossier) => string;
}

const makesUp: Wait = {
  gates: ({ goods }) => [
    ...(goods.lines.some(({ ordered, toBuy }) => !ordered && toBuy > 0) ? (['purchase'] as const) : []),
    ...(goods.lines.some(({ ordered, toMake }) => !ordered && toMake > 0) ? (['produce'] as const) : []),
  ],
};

const waits: Readonly<Partial<Record<OrderStatus, Wait>>> = {
  pending_review: {
    // A hold of the order keeps the books from being asked; one of its customer is what they answered.
    gates: (dossier) => {
      if (nextLevel(dossier) !== undefined) return [];
      const answer = answerOf(dossier);
      return answer?.state !== 'refused' || answer.because === 'held' ? ['accept'] : [];
    },
    unasked: (dossier) =>
      answerOf(dossier)?.state === 'refused' ? "the customer's credit" : 'the books, whether the customer has credit',
  },
  approved: {
    gates: (dossier) => (dossier.confirmation.sentAt === undefined && contractIsSigned(dossier) ? ['confirm'] : []),
    unasked: ({ confirmation: { sentAt } }) =>
      sentAt === undefined ? 'the order confirmation to go out' : 'the goods to be allocated',
  },
  allocated: {
    ...makesUp,
    unasked: ({ intake }) =>
      intake.terms.lines.every(({ supply }) => supply === 'make')
        ? 'production to be ordered'
        : 'what is short to be ordered',
  },
  in_production: makesUp,
  in_inspection: makesUp,
  ready_to_ship: {
    gates: (dossier) => (unshipped(dossier).length > 0 ? ['ship'] : []),
    unasked: (dossier) =>
      dossier.closing.cancellation !== undefined && unshipped(dossier).length > 0
        ? 'the answer to the cancellation that was asked for'
        : statusWaits.ready_to_ship,
  },
  in_settlement: {
    gates: (dossier) => (toBill(dossier).length > 0 ? ['bill'] : []),
    unasked: (dossier) => {
      if (toBill(dossier).length > 0) return 'the bill to go out';
      return outstandingFen(dossier.money) > 0 ? 'the bill to be paid' : 'the signed confirmation';
    },
  },
  dead: {
    unasked: () => 'the winding up',
  },
};

/** What an order waits for, in words that agree with what is open on its worklist (EX-1). */
export function waitsForOf(dossier: Dossier): string {
  if (dossier.closing.ended !== undefined) return 'nothing: it has ended';
  const status = dossier.status as OrderStatus;
  const { gates, unasked } = waits[status] ?? {};
  const words = [...besides(dossier), ...asked(dossier), ...shutting(dossier, gates?.(dossier) ?? [])];
  return words.length > 0 ? listed(words) : (unasked?.(dossier) ?? statusWaits[status]);
}

/** What it waits for whatever is asked on its own worklist meanwhile. */
function besides(dossier: Dossier): readonly string[] {
  if (isAwaited(dossier)) return [statusWaits.awaiting_deposit];
  const isOut = shipmentsOf(dossier).some(({ state }) => state === 'unclaimed');
  if (dossier.status === 'dead' && isOut) return [statusWaits.dead];
  return waitsForTheRest(dossier)
    ? ['the rest of the goods: it went in as many parts as an order can, and the last goes whole']
    : [];
}

/** Goods lie ready and are kept until all that is left does, because there were as many shipments of a part as there can be (W2). */
const waitsForTheRest = (dossier: Dossier): boolean =>
  !isClosed(dossier.status) &&
  wentInMost(dossier) &&
  unshipped(dossier).length > 0 &&
  !allReady(dossier.goods, dossier.intake.terms.lines);

/** The open tasks that it stands still for, each as its organ says it. */
function asked({ status, worklist }: Dossier): readonly string[] {
  const open = openTasks(worklist).map(({ kind }) => kind);
  const words = Object.entries(order.asks).flatMap(([kind, { standsStill }]) =>
    standsStill?.in.includes(status) === true && open.includes(kind) ? [standsStill.waitsFor] : [],
  );
  return [...new Set(words)];
}

/** Holds that shut the gates of what would happen now. */
function shutting(dossier: Dossier, gates: readonly Gate[]): readonly string[] {
  const reasons = gates.flatMap((gate) => holdsOn(dossier, gate).map(({ reason }) => reason));
  return reasons.length > 0 ? [`the release of what holds it: ${[...new Set(reasons)].join(', ')}`] : [];
}

const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
