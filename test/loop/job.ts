// oxlint-disable unicorn/no-thenable -- what an effect brings is called `then` in the kernel.
import type { Calendar } from '../../domain/inside/kernel/calendar';
import type { DossierOf } from '../../domain/inside/kernel/process';
import { acts, effectKey } from '../../domain/inside/kernel/effect';
import { organ } from '../../domain/inside/kernel/organ';
import { processOf } from '../../domain/inside/kernel/process-of';
import { oneOf, whole } from '../../domain/inside/kernel/shape';
import type { WorklistTerms } from '../../domain/inside/kernel/worklist/terms';
import type { Shown } from '../../workflows/run-state';

// A small process for tests of the loop: a job takes pieces from stock behind a gate, packs them into two boxes side by
// side, has them checked by somebody, starts a sister job and tells it, and gives everything back when it is cancelled.

interface JobActivities {
  reserve(request: { readonly key: string; readonly pieces: number }): Promise<{ readonly reserved: number }>;
  pack(request: {
    readonly key: string;
    readonly colour: Colour;
    readonly pieces: number;
  }): Promise<{ readonly packed: number }>;
}
const act = acts<JobActivities>();

const colours = ['red', 'blue'] as const;
type Colour = (typeof colours)[number];
const pieces = whole(0, 1_000_000);

const closingFacts = { cancellationRequested: {}, jobEnded: {} } as const;
const closing = organ('closing', closingFacts, {}).of<{ readonly cancelled: boolean; readonly ended: boolean }>({
  begins: { cancelled: false, ended: false },
  facts: {
    cancellationRequested: {
      source: 'door',
      from: 'anywhere',
      judge: ({ closing: { cancelled } }) => (cancelled ? 'wrong_state' : undefined),
      apply: ({ closing: state }) => ({ ...state, cancelled: true }),
    },
    jobEnded: { source: 'own', from: 'anywhere', apply: ({ closing: state }) => ({ ...state, ended: true }) },
  },
  answers: {},
  status: ({ closing: { cancelled } }) => (cancelled ? 'cancelled' : undefined),
});

const holds = organ('holds', { holdSet: { held: oneOf('yes', 'no') } }, {}).of<{ readonly held: boolean }>({
  begins: { held: false },
  facts: { holdSet: { source: 'door', from: 'anywhere', apply: (_, { held }) => ({ held: held === 'yes' }) } },
  answers: {},
});

interface Stock {
  readonly wanted: number;
  readonly rounded: number;
  readonly reserved: number;
  readonly asked: number;
  /** The activity never does what it should: the effect stays named under its key. */
  readonly stubborn: boolean;
}
interface Closed {
  readonly closing: { readonly cancelled: boolean; readonly ended: boolean };
}
const stockFacts = {
  jobOpened: {},
  piecesWanted: { pieces },
  piecesRounded: { to: pieces },
  stockReserved: { pieces: whole(-1_000_000, 1_000_000) },
  stubbornnessSet: { stubborn: oneOf('yes', 'no') },
} as const;
const stock = organ('stock', stockFacts, {}).of<Stock, Closed, typeof closingFacts>({
  begins: { wanted: 0, rounded: 0, reserved: 0, asked: 0, stubborn: false },
  facts: {
    jobOpened: { source: 'told', from: 'anywhere', apply: ({ stock: state }) => state },
    piecesWanted: {
      source: 'door',
      from: ['approved', 'in_production'],
      apply: ({ stock: state }, fact) => ({ ...state, wanted: state.wanted + fact.pieces }),
    },
    piecesRounded: {
      source: 'own',
      from: 'anywhere',
      apply: ({ stock: state }, { to }) => ({ ...state, wanted: to, rounded: state.rounded + 1 }),
    },
    stockReserved: {
      source: 'own',
      from: 'anywhere',
      apply: ({ stock: state }, fact) =>
        state.stubborn ? state : { ...state, reserved: state.reserved + fact.pieces, asked: state.asked + 1 },
    },
    stubbornnessSet: {
      source: 'door',
      from: 'anywhere',
      apply: ({ stock: state }, { stubborn }) => ({ ...state, stubborn: stubborn === 'yes' }),
    },
  },
  answers: {},
  effects: ({ no, status, stock: { wanted, rounded, reserved, asked }, closing: { ended } }) => {
    const target = status === 'cancelled' ? 0 : wanted;
    if (target % 2 === 1)
      return [
        {
          key: effectKey(no, 'stock', 'rounded', rounded),
          do: 'note',
          fact: { kind: 'piecesRounded', to: target + 1 },
        },
      ];
    if (target !== reserved) {
      const head = {
        key: effectKey(no, 'stock', 'pieces', asked),
        ...(status === 'cancelled' ? {} : { gate: 'ship' as const }),
      };
      return [
        act(head, 'reserve', { pieces: target - reserved }, (answer) => ({
          kind: 'stockReserved',
          pieces: answer.reserved,
        })),
      ];
    }
    if (status === 'cancelled' && !ended)
      return [{ key: effectKey(no, 'stock', 'end', 0), do: 'note', fact: { kind: 'jobEnded' } }];
    return [];
  },
});

interface Stocked extends Closed {
  readonly stock: Stock;
}
type Boxes = Readonly<Record<Colour, number>>;
const boxes = organ('boxes', { boxPacked: { colour: oneOf(...colours), packed: pieces } }, {}).of<Boxes, Stocked>({
  begins: { red: 0, blue: 0 },
  facts: {
    boxPacked: {
      source: 'own',
      from: 'anywhere',
      apply: ({ boxes: state }, { colour, packed }) => ({ ...state, [colour]: packed }),
    },
  },
  answers: {},
  effects: ({ no, status, stock: { reserved, asked }, boxes: state }) =>
    status === 'cancelled'
      ? []
      : colours
          .filter((colour) => state[colour] !== reserved)
          .map((colour) =>
            act(
              { key: effectKey(no, 'boxes', colour, asked), about: colour },
              'pack',
              { colour, pieces: reserved },
              ({ packed }) => ({ kind: 'boxPacked', colour, packed }),
            ),
          ),
});

interface Packed extends Stocked {
  readonly boxes: Boxes;
}
const checking = organ('checking', {}, { 'job.check': { words: { zh: '检验', en: 'check of the job' } } }).of<
  { readonly checked: number },
  Packed
>({
  begins: { checked: 0 },
  facts: {},
  answers: {
    'job.check': { decided: ({ stock: { reserved } }) => ({ checked: reserved }), undo: 'decisionMade' },
  },
  requires: ({ status, stock: { reserved }, boxes: { red, blue }, checking: { checked } }) =>
    status === 'cancelled' || reserved === 0 || reserved === checked || red !== reserved || blue !== reserved
      ? []
      : [{ what: 'task', kind: 'job.check', boundTo: `${reserved}`, rule: 'test', evidence: { reserved } }],
});

interface Checked extends Packed {
  readonly checking: { readonly checked: number };
}
interface Sister {
  readonly started: boolean;
  readonly told: number;
  readonly tellings: number;
  readonly heard: number;
}
const sisterFacts = { sisterStarted: {}, sisterTold: { pieces }, sisterReported: { pieces } } as const;
const sister = organ('sister', sisterFacts, {}).of<Sister, Checked>({
  begins: { started: false, told: 0, tellings: 0, heard: 0 },
  facts: {
    sisterStarted: { source: 'own', from: 'anywhere', apply: ({ sister: state }) => ({ ...state, started: true }) },
    sisterTold: {
      source: 'own',
      from: 'anywhere',
      apply: ({ sister: state }, fact) => ({ ...state, told: fact.pieces, tellings: state.tellings + 1 }),
    },
    sisterReported: {
      source: 'told',
      from: 'anywhere',
      apply: ({ sister: state }, fact) => ({ ...state, heard: state.heard + fact.pieces }),
    },
  },
  answers: {},
  effects: ({ no, status, checking: { checked }, sister: { started, told, tellings } }) => {
    if (checked === 0 || no.includes('-S') || status === 'cancelled') return [];
    const its = `${no}-S1`;
    if (!started)
      return [
        {
          key: effectKey(no, 'sister', 'start', 0),
          do: 'start',
          child: 'shipment',
          no: its,
          opening: { kind: 'jobOpened' },
          brings: { kind: 'sisterStarted' },
        },
      ];
    if (told === checked) return [];
    return [
      {
        key: effectKey(no, 'sister', 'tell', tellings),
        do: 'tell',
        whom: { of: 'shipment', no: its },
        fact: { kind: 'sisterReported', pieces: checked },
        brings: { kind: 'sisterTold', pieces: checked },
      },
    ];
  },
  status: ({ checking: { checked } }) => (checked > 0 ? 'in_production' : undefined),
});

const calendar: Calendar = {
  version: 'test',
  offsetMinutes: 480,
  hours: [{ from: '09:00', to: '18:00' }],
  weekend: [0, 6],
  holidays: [],
  workdays: [],
  knownUntil: '2027-12-31',
};
const hours = (count: number) => ({ kind: 'elapsed', seconds: count * 3600 }) as const;
const terms: WorklistTerms = {
  salespersonId: 'li',
  calendar,
  tasks: {
    'job.check': {
      roles: ['quality'],
      alsoSalesperson: false,
      due: hours(24),
      ladder: [
        { after: hours(24), do: 'remind', to: [] },
        { after: hours(24), do: 'escalate', to: ['production'] },
        { after: hours(72), do: 'escalate', to: ['director'] },
      ],
      outcomes: ['approve', 'return'],
      separateFrom: [],
      fallback: [],
    },
  },
};

const organs = [closing, holds, stock, boxes, checking, sister] as const;
export type Job = DossierOf<typeof organs>;

export const job = processOf(organs, {
  name: 'job',
  rest: 'approved',
  next: { approved: ['in_production', 'cancelled'], in_production: ['cancelled'] },
  opening: ({ no }) => ({ of: no, revision: 1, takers: [], terms }),
  backdatingSeconds: () => 86_400,
  isOver: ({ closing: { ended } }) => ended,
  isClosed: (status) => status === 'cancelled',
  shut: ({ holds: { held } }) => (held ? ['held'] : []),
});

export const shownJob: Shown<Job> = {
  orderNo: ({ no }) => no,
  customerOf: () => null,
  summary: ({ version }) => ({ of: 'job', version }),
  details: ({ no, status, stock: { reserved } }) => `Job **${no}**: ${status}, ${reserved} reserved`,
};
