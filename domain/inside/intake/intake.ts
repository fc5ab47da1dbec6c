import { personsBehind } from '../kernel/actor';
import type { Base } from '../kernel/dossier';
import { isFull } from '../kernel/full';
import { limits } from '../kernel/limits';
import { organ } from '../kernel/organ';
import { flag, listOf, optional, text, whole } from '../kernel/shape';
import { statusesBefore } from '../kernel/vocabulary';
import type { worklistFacts } from '../kernel/worklist/facts';
import { newerCalendar } from '../kernel/worklist/new-calendar';
import { openTasks } from '../kernel/worklist/worklist';
import type { Terms } from './terms';
import { termsShape } from './terms-shape';

/** 接单: what was ordered, on which terms, by whom it was taken and changed (IN-1 … IN-5). */
export interface Intake {
  readonly terms: Terms;
  /** 1, and one more with each change. */
  readonly revision: number;
  readonly takenBy: string;
  /** Whose order the former revision was; of the first revision, the same. */
  readonly formerCustomerId: string | null;
  /** Who made each change: the persons behind it, with the revision that it made (V3). */
  readonly edits: readonly { readonly revision: number; readonly by: readonly string[] }[];
}

export const intakeFacts = {
  orderAccepted: { takenBy: text(), terms: termsShape },
  /** The order was completed or changed; terms are computed anew at the door. */
  orderRevised: {
    terms: termsShape,
    fromRevision: whole(0, 9_999),
    /** Fields of the intake that differ, as the door compared them (HT-12). */
    changed: optional(listOf(text(), 400)),
  },
  contactLogged: { answered: flag },
  attachmentFiled: { attachmentId: text(), purpose: text() },
} as const;

const asks = {
  'intake.contact': {
    words: { zh: '联系客户补全订单', en: 'contact the customer for what is missing' },
    outcomes: ['reject'],
  },
} as const;

/** Until production has begun an order may be changed (EX-3). */
const mayChange = statusesBefore('in_production');

const asksForPaper = ({ worklist }: Base): boolean =>
  openTasks(worklist).some(({ doneBy }) => doneBy?.includes('attachmentFiled') === true);

/** No rule reads this: the first fact of an order puts its part in place before any rule is asked. */
const notYetAccepted = {} as Intake;

export const intake = organ('intake', intakeFacts, asks).of<Intake, unknown, typeof worklistFacts>({
  begins: notYetAccepted,
  facts: {
    orderAccepted: {
      source: 'own',
      from: 'anywhere',
      apply: (_view, { terms, takenBy }) => ({
        terms,
        takenBy,
        formerCustomerId: terms.customerId,
        revision: 1,
        edits: [{ revision: 1, by: [takenBy] }],
      }),
    },
    orderRevised: {
      source: 'door',
      from: mayChange,
      heldFirst: true,
      atWill: true,
      judge: ({ intake: { revision } }, { fromRevision }) => {
        if (fromRevision !== revision) return 'stale_revision';
        return revision <= limits.revisions ? undefined : 'limit_reached';
      },
      apply: ({ intake: before }, { terms, by }) => {
        const revision = before.revision + 1;
        const persons = personsBehind(by);
        return {
          ...before,
          revision,
          formerCustomerId: before.terms.customerId,
          // Terms may have been made before a calendar was published that the order has heard of already (Z3).
          terms: { ...terms, calendar: newerCalendar(terms, before.terms) },
          edits: persons.length === 0 ? before.edits : [...before.edits, { revision, by: persons }],
        };
      },
    },
    contactLogged: { source: 'door', from: 'anywhere', atWill: true, apply: ({ intake: before }) => before },
    attachmentFiled: {
      source: 'door',
      from: 'anywhere',
      // The paper that a task asks for brings the order on.
      judge: (view) => (isFull(view) && !asksForPaper(view) ? 'limit_reached' : undefined),
      apply: ({ intake: before }) => before,
    },
  },
  hears: {
    calendarPublished: {
      apply: ({ intake: before }, { calendar }) => ({ ...before, terms: { ...before.terms, calendar } }),
    },
  },
  answers: {
    // What is missing comes with a revision; a no ends the order.
    'intake.contact': { undo: 'orderEnded' },
  },
  requires: ({ status, intake: { terms } }) =>
    status === 'on_hold'
      ? [
          {
            what: 'task',
            kind: 'intake.contact',
            rule: 'something required is missing',
            evidence: { missing: terms.missing.length },
          },
        ]
      : [],
  status: ({ intake: { terms } }) => (terms.missing.length > 0 ? 'on_hold' : undefined),
});
