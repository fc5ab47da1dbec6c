import { organ } from '../../../domain/inside/kernel/organ';
import type { ProcessRules } from '../../../domain/inside/kernel/process';
import { processOf } from '../../../domain/inside/kernel/process-of';
import { text, whole } from '../../../domain/inside/kernel/shape';
import type { Base } from '../../../domain/inside/kernel/dossier';
import { collectionTerms } from '../children';

const rules = {
  name: 'kitchen',
  rest: 'paid',
  next: { paid: ['collecting'], collecting: ['paid'] },
  opening: ({ no }: Base) => ({ of: no, revision: 1, takers: [], terms: collectionTerms() }),
  backdatingSeconds: () => 0,
  isOver: () => false,
  isClosed: () => false,
  shut: () => [],
} as const satisfies ProcessRules<Base>;

const opens = { source: 'own', from: 'anywhere', apply: () => 1 } as const;
const oven = organ('oven', { heated: { degrees: whole(0, 300) } }, {}).of<number>({
  begins: 0,
  facts: { heated: { ...opens, apply: (_view, { degrees }) => degrees } },
  answers: {},
});
const second = organ('second', { heated: { degrees: whole(0, 300) } }, {}).of<number>({
  begins: 0,
  facts: { heated: opens },
  answers: {},
});
const bell = organ('bell', { rung: {} }, {}).of<
  number,
  { readonly oven: number },
  { readonly heated: { readonly degrees: ReturnType<typeof whole> } }
>({
  begins: 0,
  facts: { rung: opens },
  hears: { heated: { apply: ({ bell: before, oven: now }) => before + now } },
  answers: {},
});
const asks = { 'oven.clean': { words: { zh: '清洁', en: 'clean' } } } as const;
const asking = organ('asking', {}, asks).of<number>({
  begins: 0,
  facts: {},
  answers: { 'oven.clean': { undo: 'heated' } },
});
const askingToo = organ('asking_too', {}, asks).of<number>({
  begins: 0,
  facts: {},
  answers: { 'oven.clean': { undo: 'heated' } },
});

const first = {
  kind: 'heated',
  id: 'k#1',
  at: '2026-12-01T00:00:00.000Z',
  by: { kind: 'process' },
  degrees: 180,
} as const;

test('S1 an organ hears what one before it says, and sees what that made of it', () => {
  const kitchen = processOf([oven, bell], rules);
  const { dossier, filed } = kitchen.open('k', first);
  expect([dossier.oven, dossier.bell, filed.filed, dossier.version]).toEqual([180, 180, 'applied', 1]);
});

test('S1 a fact has one owner: a list in which two organs own it is no process', () => {
  expect(() => processOf([oven, second], rules)).toThrow('Two organs own heated');
});

test('S1 a task is asked by one organ', () => {
  expect(() => processOf([asking, askingToo], rules)).toThrow('Two organs own oven.clean');
});

test('S1 nobody hears what nobody before him says', () => {
  const deaf = organ('deaf', {}, {}).of<
    number,
    unknown,
    { readonly heated: { readonly degrees: ReturnType<typeof whole> } }
  >({
    begins: 0,
    facts: {},
    hears: { heated: { apply: () => 1 } },
    answers: {},
  });
  expect(() => processOf([deaf, oven], rules)).toThrow('deaf hears heated from nobody before it');
  expect(() => processOf([oven, deaf], rules)).not.toThrow();
});

test('S1 no organ owns a fact of the kernel', () => {
  const greedy = organ('greedy', { taskOpened: { name: text() } }, {}).of<number>({
    begins: 0,
    facts: { taskOpened: opens },
    answers: {},
  });
  expect(() => processOf([greedy], rules)).toThrow("taskOpened is the kernel's");
});

test('S1 the compiler refuses a list in which an organ sees one that stands after it', () => {
  // @ts-expect-error the bell sees the oven, which stands after it
  expect(() => processOf([bell, oven], rules)).toThrow('bell hears heated from nobody before it');
});

test('S1 the compiler refuses a fact without its rule, and a task without its answer', () => {
  // @ts-expect-error `heated` has no rule
  const cold = organ('cold', { heated: {} }, {}).of<number>({ begins: 0, facts: {}, answers: {} });
  // @ts-expect-error `oven.clean` has no answer
  const dirty = organ('dirty', {}, asks).of<number>({ begins: 0, facts: {}, answers: {} });
  expect([cold.name, dirty.name]).toEqual(['cold', 'dirty']);
});

test('S1 a fact of no shape is malformed, one that nobody owns unknown, and neither changes more than the count of facts', () => {
  const kitchen = processOf([oven], rules);
  const { dossier } = kitchen.open('k', first);
  const tooHot = { ...first, id: 'm1', kind: 'heated', degrees: 301 };
  const hot = kitchen.reduce(dossier, tooHot);
  const odd = kitchen.reduce(dossier, { ...first, id: 'm2', kind: 'constructor' });
  expect([hot.filed.because, odd.filed.because]).toEqual(['malformed', 'unknown_fact']);
  expect(hot.dossier).toEqual({ ...dossier, seq: 2, receivedIds: [['m1']] });
  const tooCold = { ...first, degrees: -1 };
  expect(() => kitchen.open('k', tooCold)).toThrow('kitchen k begins with no heated');
});
