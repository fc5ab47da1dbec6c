import { organ } from '../kernel/organ';
import { type ShipmentStatus, shipmentStatuses } from '../kernel/vocabulary';
import type { worklistFacts, WorklistFactOf } from '../kernel/worklist/facts';
import { type ShipmentNews, toShipment } from './between';
import { carrierFacts, heardWord, judgeWord, troubleAnswered, undoTroubleAnswered } from './carrier';
import { handlingAsks, handlingRequires } from './handling-requires';
import { type Handling, type HandlingView, notYetOpened } from './handling-state';
import { newsEffects, newsFacts } from './news';
import { stockEffects, stockFacts } from './stock';
import { checkAnswer, pickAnswer, scanOutAnswer } from './warehouse-steps';

export const handlingFacts = { ...toShipment, ...carrierFacts, ...stockFacts, ...newsFacts } as const;

/** A shipment that was stopped hears nothing any more. */
const whileItGoesOn: readonly ShipmentStatus[] = shipmentStatuses.filter((status) => status !== 'stopped');

/** 发运: picked by one, checked by another, scanned out, and followed to its receiver or back (SH-1 … SH-7). */
export const handling = organ('handling', handlingFacts, handlingAsks).of<Handling, unknown, typeof worklistFacts>({
  begins: notYetOpened,
  facts: {
    shipmentOpened: {
      source: 'told',
      from: 'anywhere',
      judge: ({ handling: { orderNo } }) => (orderNo === '' ? undefined : 'wrong_state'),
      apply: ({ handling: before }, { orderNo, clearance, lines, terms }) => ({
        ...before,
        orderNo,
        clearance,
        lines,
        terms,
      }),
    },
    stopAsked: {
      source: 'told',
      from: 'anywhere',
      judge: ({ handling: { step } }) => (step === 'gone' || step === 'stopped' ? 'shipment_left' : undefined),
      apply: ({ handling: before }) => ({ ...before, step: 'stopped' }),
    },
    waybillEntered: {
      source: 'door',
      from: whileItGoesOn,
      judge: ({ handling: { step } }) => (step === 'gone' ? undefined : 'not_yet'),
      apply: ({ handling: before }, { carrier, waybillNo }) => ({ ...before, carrier, waybillNo }),
    },
    carrierEventReceived: { source: 'door', from: whileItGoesOn, judge: judgeWord, apply: heardWord },
    goodsTaken: {
      source: 'own',
      from: 'anywhere',
      apply: ({ handling: before }) => ({ ...before, goodsTaken: true }),
    },
    goodsPutBack: {
      source: 'own',
      from: 'anywhere',
      apply: ({ handling: before }) => ({ ...before, goodsPutBack: true }),
    },
    orderTold: {
      source: 'own',
      from: 'anywhere',
      apply: ({ handling: before }, { to }) => ({ ...before, told: [...before.told, to] }),
    },
  },
  hears: {
    rungReached: { apply: ({ handling: before }, rung) => afterRung(before, rung) },
    calendarPublished: {
      apply: ({ handling: before }, { calendar }) => ({ ...before, terms: { ...before.terms, calendar } }),
    },
  },
  answers: {
    'shipment.pick': pickAnswer,
    'shipment.check': checkAnswer,
    'shipment.scan_out': scanOutAnswer,
    'shipment.waybill': { undo: 'waybillEntered' },
    'shipment.trouble': { decided: troubleAnswered, undo: undoTroubleAnswered },
    'shipment.recall': {
      // Somebody bears the freight of a recall, so the answer says how much it is, also when it is nothing (SH-7).
      judge: (_view, { outcome, amountFen }) =>
        outcome === 'done' && amountFen === undefined ? 'amount_required' : undefined,
      decided: ({ handling: before }, { decision: { at, happenedAt = at, amountFen = 0 } }) => ({
        ...before,
        recall: { freightFen: amountFen, at: happenedAt },
      }),
      // The freight is in the books; an entry is never edited (M3).
      undo: 'shipmentMoved',
    },
  },
  requires: handlingRequires,
  effects: (view) => [...stockEffects(view), ...newsEffects(view)],
  status: ({ handling: now }) => whereItIs(now),
});

/** Where a shipment is, in one word. */
export function whereItIs({ recall, unclaimed, step, reached }: Handling): ShipmentStatus {
  if (recall !== null) return 'recalled';
  if (unclaimed) return 'unclaimed';
  return step === 'gone' ? reached : step;
}

/** Nothing more is to be done about it, and the order has heard so: what it hears last of a shipment is how it ended. */
export function shipmentIsOver({ handling: now }: HandlingView): boolean {
  const end = endOf(now);
  return end !== undefined && now.told.includes(end);
}

function endOf({ step, recall, reached, waybillNo }: Handling): ShipmentNews | undefined {
  if (step === 'stopped') return 'stopped';
  if (recall !== null) return 'recalled';
  return reached === 'delivered' && waybillNo !== null ? 'delivered' : undefined;
}

/** Nobody came for the goods (SH-7), or the carrier has been silent for too long (SH-5): people have to act. */
function afterRung(before: Handling, { of, do: action }: Pick<WorklistFactOf<'rungReached'>, 'of' | 'do'>): Handling {
  if (of === 'unclaimed' && action === 'lapse') return { ...before, unclaimed: true };
  return of === 'transit' && action === 'call' ? { ...before, trouble: 'silent' } : before;
}
