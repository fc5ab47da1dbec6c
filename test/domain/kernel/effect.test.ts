import { acts, effectKey } from '../../../domain/inside/kernel/effect';
import { happenedBefore } from '../../../domain/inside/kernel/fact';
import { organ } from '../../../domain/inside/kernel/organ';
import { processOf } from '../../../domain/inside/kernel/process-of';
import { taskRow } from '../../builders';
import { collectionTerms } from '../children';
import { Play } from '../play';

const head = { at: '2026-12-01T10:00:00.000Z', by: { kind: 'process' } } as const;

interface Kettle {
  boil(request: { readonly key: string; readonly litres: number }): Promise<{ readonly degrees: number }>;
}

const boil = acts<Kettle>()({ key: effectKey('O1', 'kitchen', 'boil', 1) }, 'boil', { litres: 2 }, ({ degrees }) => ({
  kind: 'boiled',
  degrees,
}));

test('X4 an activity is handed the key of its effect', () => {
  expect(boil.request).toEqual({ key: 'O1:kitchen:boil:1', litres: 2 });
  expect(boil.brings({ degrees: 100 })).toEqual({ kind: 'boiled', degrees: 100 });
});

test('X4 an effect is no promise: whoever awaits one, or hands it back from an async function, has it', async () => {
  const picked = async () => boil;
  await expect(picked()).resolves.toBe(boil);
});

test('HG-4 what happened before an instant is told apart from clocks that differ a little', () => {
  const left = '2026-12-01T10:00:00.000Z';
  const happened = (happenedAt: string) => happenedBefore({ ...head, id: 'e', happenedAt }, left);
  expect(happened('2026-12-01T09:54:59.000Z')).toBe(true);
  expect(happened('2026-12-01T09:55:00.000Z')).toBe(false);
  expect(happenedBefore({ ...head, id: 'e', at: '2026-11-30T10:00:00.000Z' }, left)).toBe(true);
});

test('M1 the answer to a task may enter something into the ledger, with the organ’s part that it made', () => {
  const terms = { ...collectionTerms(), tasks: { 'till.count': taskRow(['finance']) } };
  const till = organ('till', { tillOpened: {} }, { 'till.count': { words: { zh: '点钱', en: 'count' } } }).of<{
    readonly countedFen: number | null;
  }>({
    begins: { countedFen: null },
    facts: { tillOpened: { source: 'told', from: 'anywhere', apply: ({ till: before }) => before } },
    answers: {
      'till.count': {
        decided: (_view, { decision: { amountFen = 0 } }) => ({ countedFen: amountFen }),
        posts: (before, task, { at }, { countedFen }) =>
          before.till.countedFen === null
            ? [
                {
                  key: task.id,
                  purpose: 'receipt',
                  happenedAt: at,
                  legs: [
                    { account: '1001', amountFen: countedFen ?? 0 },
                    { account: '2204', amountFen: -(countedFen ?? 0) },
                  ],
                },
              ]
            : [],
        undo: 'decisionMade',
      },
    },
    requires: ({ till: { countedFen } }) =>
      countedFen === null ? [{ what: 'task', kind: 'till.count', rule: 'it is evening', evidence: {} }] : [],
    status: ({ till: { countedFen } }) => (countedFen === null ? 'collecting' : undefined),
  });
  const process = processOf([till] as const, {
    name: 'till',
    rest: 'paid',
    next: { collecting: ['paid'] },
    opening: ({ no }) => ({ of: no, revision: 1, takers: [], terms }),
    backdatingSeconds: () => 0,
    isOver: () => false,
    isClosed: () => false,
    shut: () => [],
  });
  const play = new Play(process, { no: 'T1', at: head.at, opening: { kind: 'tillOpened' } });
  play.decide('till.count', 'done', { amountFen: 300 });
  expect(play.postings).toMatchObject([{ key: 'T1/1', legs: [{ amountFen: 300 }, { amountFen: -300 }] }]);
});
