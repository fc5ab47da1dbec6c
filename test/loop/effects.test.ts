import { hear, hearResolved } from '../../workflows/inputs';
import { factsIn, memoryWorld } from './memory-world';
import { minute, play } from './playing';

const kindsIn = (memory: ReturnType<typeof memoryWorld>): readonly string[] =>
  factsIn(memory).map(({ fact, filed }) => (filed === 'applied' ? fact.kind : `${fact.kind} ignored`));

const reserve = (n = 0): string => `act reserve J1:stock:pieces:${n}`;
const pack = (colour: string, n = 1): string => `act pack J1:boxes:${colour}:${n}`;

/** A job in a world where every filing answers at once and effects answer when the test says so. */
async function jobAt(memory = memoryWorld(minute(0))) {
  const story = play(memory);
  /** Lets filings answer until nothing but effects is asked. */
  const file = async (): Promise<void> => {
    await memory.rest();
    story.mustBeWell();
    for (let one = fileAsked(); one !== undefined; one = fileAsked()) {
      one.answer({ is: 'done' });
      await memory.rest();
    }
  };
  const fileAsked = () => memory.pending().find(({ name }) => name.startsWith('file'));
  const asked = (): readonly string[] => memory.pending().map(({ name }) => name);
  /** What became of the filing that is asked for. */
  const unfiled = async (is: Parameters<ReturnType<typeof memory.pending>[number]['answer']>[0]) => {
    fileAsked()?.answer(is);
    await memory.rest();
  };
  const outcome = async (name: string, is: Parameters<ReturnType<typeof memory.pending>[number]['answer']>[0]) => {
    memory
      .pending()
      .find((one) => one.name === name)
      ?.answer(is);
    await file();
  };
  await file();
  return { memory, story, file, asked, outcome, unfiled };
}

it('X5 an effect is asked for only when what led to it is filed, and its answer goes before what was told meanwhile', async () => {
  const { memory, story, asked, file } = await jobAt();
  story.say('piecesWanted', { pieces: 2 });
  await memory.rest();
  expect(asked()).toEqual(['file 2']);
  await file();
  expect(asked()).toEqual([reserve()]);
  story.say('holdSet', { held: 'yes' });
  await file();
  expect(kindsIn(memory)).toEqual(['jobOpened', 'piecesWanted']);
  story.answer(reserve());
  await story.calm();
  expect(kindsIn(memory).slice(0, 3)).toEqual(['jobOpened', 'piecesWanted', 'stockReserved']);
  expect(kindsIn(memory)).toContain('holdSet');
});

it('X1 an effect that is away for a minute does not hold a cancellation: it is heard and filed, and the late answer undone', async () => {
  const { memory, story, asked, file, outcome } = await jobAt();
  story.say('piecesWanted', { pieces: 2 });
  await file();
  story.say('cancellationRequested');
  await file();
  expect(kindsIn(memory)).not.toContain('cancellationRequested');
  await outcome(reserve(), { is: 'away' });
  expect(kindsIn(memory)).toContain('cancellationRequested');
  expect(memory.pending().map(({ name, patience }) => [name, patience])).toEqual([[reserve(), 'as_long_as_it_takes']]);
  story.answer(reserve(), minute(30));
  await file();
  expect(asked()).toEqual([reserve(1)]);
  expect(memory.pending()[0]?.request).toMatchObject({ pieces: -2 });
  await story.calm();
  expect(kindsIn(memory).slice(-4)).toEqual(['cancellationRequested', 'stockReserved', 'stockReserved', 'jobEnded']);
  expect(story.hasEnded()).toBe(true);
  expect(factsIn(memory).find(({ fact }) => fact.kind === 'stockReserved')?.fact.at).toBe(minute(30));
});

it('X4 an effect that is named again after its answer opens one incident, does not spin, and is tried again when something was told', async () => {
  const { memory, story } = await jobAt();
  await story.told('stubbornnessSet', { stubborn: 'yes' });
  await story.told('piecesWanted', { pieces: 2 });
  expect(memory.asked.filter((name) => name === reserve())).toHaveLength(1);
  await story.told('holdSet', { held: 'no' });
  expect(memory.asked.filter((name) => name === reserve())).toHaveLength(2);
  expect(memory.incidents).toMatchObject([{ key: 'job-J1:J1:stock:pieces:0:named_again', kind: 'effect_named_again' }]);
  await story.told('stubbornnessSet', { stubborn: 'no' });
  expect(story.run.dossier.stock.reserved).toBe(2);
  expect(memory.incidents).toHaveLength(1);
});

it('HG-1 a gate that shuts before an effect is performed keeps it back, also while its filing is away', async () => {
  const { memory, story, asked, file, unfiled } = await jobAt();
  story.say('piecesWanted', { pieces: 2 });
  await memory.rest();
  await unfiled({ is: 'away' });
  await unfiled({ is: 'away' });
  story.say('holdSet', { held: 'yes' });
  await file();
  expect(asked()).toEqual([]);
  expect(kindsIn(memory)).toEqual(['jobOpened', 'piecesWanted', 'holdSet']);
  story.say('holdSet', { held: 'no' });
  await file();
  expect(asked()).toEqual([reserve()]);
});

it('X8 effects about different things run side by side, and the facts are the same whichever answers first', async () => {
  const packed = async (first: string, second: string) => {
    const { memory, story, asked, file } = await jobAt();
    story.say('piecesWanted', { pieces: 2 });
    await file();
    story.answer(reserve());
    await file();
    expect(asked()).toEqual([pack('red'), pack('blue')]);
    story.answer(pack(first));
    await file();
    story.answer(pack(second));
    await story.calm();
    return factsIn(memory);
  };
  const facts = await packed('red', 'blue');
  expect(await packed('blue', 'red')).toEqual(facts);
  expect(facts.map(({ fact }) => fact.kind).slice(-3)).toEqual(['boxPacked', 'boxPacked', 'taskOpened']);
});

it('X8 effects about one thing are done one after the other, also when the first is away', async () => {
  const { memory, story, asked, file, outcome } = await jobAt();
  story.say('piecesWanted', { pieces: 2 });
  await file();
  await outcome(reserve(), { is: 'away' });
  story.say('piecesWanted', { pieces: 4 });
  await file();
  expect(asked()).toEqual([reserve()]);
  story.answer(reserve());
  await file();
  expect(asked()).toContain(reserve(1));
  await story.calm();
  expect(story.run.dossier.stock.reserved).toBe(6);
  expect(kindsIn(memory).filter((kind) => kind === 'stockReserved')).toHaveLength(2);
});

it('W5 a lasting fault opens an incident and holds nothing; the effect is tried again when an operator has resolved it', async () => {
  const { memory, story, asked, outcome, file } = await jobAt();
  story.say('piecesWanted', { pieces: 2 });
  await file();
  await outcome(reserve(), { is: 'broken', fault: 'rows_refused' });
  expect(memory.incidents).toMatchObject([{ kind: 'reserve', detail: 'rows_refused', orderNo: 'J1' }]);
  await story.told('sisterReported', { pieces: 1 });
  expect(story.run.dossier.sister.heard).toBe(1);
  expect(asked()).toEqual([]);
  hearResolved(story.run);
  await file();
  expect(asked()).toEqual([reserve()]);
  await outcome(reserve(), { is: 'broken', fault: 'rows_refused' });
  expect(new Set(memory.incidents.map(({ key }) => key)).size).toBe(2);
  memory.setTime(minute(59));
  await file();
  expect(asked()).toEqual([]);
  memory.setTime(minute(61));
  await story.calm();
  expect(story.run.dossier.stock.reserved).toBe(2);
});

it('CF-6 an effect with a lasting fault that nobody asks for any more is given up', async () => {
  const { memory, story, outcome, file } = await jobAt();
  story.say('piecesWanted', { pieces: 2 });
  await file();
  await outcome(reserve(), { is: 'broken', fault: 'rows_refused' });
  await story.told('cancellationRequested');
  expect(story.hasEnded()).toBe(true);
  expect(memory.asked.filter((name) => name.startsWith('act'))).toEqual([reserve()]);
});

it('W5 a filing with a lasting fault waits for an operator, and what was told meanwhile is heard before any effect', async () => {
  const { memory, story, asked, file, unfiled } = await jobAt();
  story.say('piecesWanted', { pieces: 2 });
  await memory.rest();
  await unfiled({ is: 'away' });
  await unfiled({ is: 'broken', fault: 'value_refused' });
  expect(memory.incidents).toMatchObject([{ kind: 'fileFacts', detail: 'value_refused' }]);
  story.say('cancellationRequested');
  await memory.rest();
  expect(asked()).toEqual([]);
  hearResolved(story.run);
  await file();
  await story.calm();
  expect(memory.asked.filter((name) => name.startsWith('act'))).toEqual([]);
  expect(kindsIn(memory)).toEqual(['jobOpened', 'piecesWanted', 'cancellationRequested', 'jobEnded']);
  expect(story.hasEnded()).toBe(true);
});

it('X4 what goes over to another workflow carries the key of its effect and the time of the story', async () => {
  const { memory, story, asked, file } = await jobAt();
  await story.told('piecesWanted', { pieces: 2 });
  story.say('decisionMade', { taskId: 'J1/1', outcome: 'approve' });
  await file();
  const [start] = memory.pending();
  const { at } = story.run.dossier;
  expect(start?.request).toEqual({ kind: 'jobOpened', id: 'J1:sister:start:0', at, by: { kind: 'process' } });
  start?.answer({ is: 'broken', fault: 'unreachable: Gone' });
  await file();
  expect(memory.incidents).toMatchObject([{ kind: 'start shipment', detail: 'unreachable: Gone' }]);
  hearResolved(story.run);
  await file();
  story.answer('start J1-S1');
  await file();
  expect(asked()).toEqual(['tell J1-S1']);
  expect(memory.pending()[0]?.request).toMatchObject({ kind: 'sisterReported', id: 'J1:sister:tell:0', pieces: 2 });
});

it('X1 a message that came before the end is filed as ignored, not lost', async () => {
  const { memory, story } = await jobAt();
  story.say('cancellationRequested');
  story.say('piecesWanted', { pieces: 2 });
  await memory.rest();
  story.say('holdSet', { held: 'yes' });
  await story.calm();
  expect(factsIn(memory).slice(-2)).toMatchObject([
    { fact: { kind: 'piecesWanted' }, filed: 'ignored', because: 'order_ended' },
    { fact: { kind: 'holdSet' }, filed: 'ignored', because: 'order_ended' },
  ]);
  expect(story.hasEnded()).toBe(true);
  expect(story.run.queue).toEqual([]);
});

it('X7 what does not fit is filed as malformed where it has a head, else dropped with one incident; neither jams anything', async () => {
  const { memory, story } = await jobAt();
  await story.told('piecesWanted', { pieces: 'many' });
  expect(factsIn(memory).at(-1)).toMatchObject({ filed: 'ignored', because: 'malformed' });
  const junk = [undefined, null, 'words', { kind: 'piecesWanted' }, { kind: 'holdSet', id: 'x', at: minute(1) }, [[]]];
  const by = { kind: 'customer' };
  for (const value of [
    ...junk,
    { kind: 'holdSet', id: 'of-another-kind', at: minute(1), by },
    { kind: 'piecesWanted', id: 'l'.repeat(201), at: minute(1), by },
    { kind: 'piecesWanted', id: 'job-J1#7', at: minute(1), by },
    { kind: 'piecesWanted', id: 'x', at: 'now', by },
    { kind: 'piecesWanted', id: 'x', at: minute(1), by, happenedAt: 'then' },
    { kind: 'piecesWanted', id: 'x', at: minute(1), by: { kind: 'user' } },
  ])
    hear(story.run, 'piecesWanted', value);
  await story.calm();
  expect(memory.incidents).toMatchObject([{ kind: 'signal_dropped', detail: 'not well-formed' }]);
  expect(story.run.dropped.get('not well-formed')).toBe(12);
  await story.told('decisionMade', { taskId: 'constructor', outcome: 'approve' });
  expect(factsIn(memory).at(-1)).toMatchObject({ because: 'unknown_task' });
  await story.told('piecesWanted', { pieces: 2, letter: 'x'.repeat(100_000) });
  expect(story.run.dossier.stock.reserved).toBe(2);
  expect(JSON.stringify(factsIn(memory)).length).toBeLessThan(10_000);
});

it('W2 the queue is bounded: a message beyond it is dropped for the sweep to ring again, a report is not', async () => {
  const { memory, story, file } = await jobAt();
  story.say('piecesWanted', { pieces: 2 });
  await file();
  for (let count = 0; count < 2_000; count += 1) story.say('holdSet', { held: 'no' });
  story.say('holdSet', { held: 'yes' }, 'too-many');
  story.say('sisterReported', { pieces: 3 });
  await story.calm();
  expect(memory.incidents).toMatchObject([{ detail: 'the queue is full' }]);
  expect(story.run.dossier.holds.held).toBe(false);
  expect(story.run.dossier.sister.heard).toBe(3);
  expect(Math.max(...memory.filings.map(({ facts }) => facts.length))).toBe(16);
  story.say('holdSet', { held: 'yes' }, 'too-many');
  await story.calm();
  expect(story.run.dossier.holds.held).toBe(true);
});

it('W2 a long history is handed on when all is quiet, with the dossier alone, and repeats are still known', async () => {
  const { memory, story, file } = await jobAt();
  await story.told('piecesWanted', { pieces: 2 });
  memory.historyIsLong = true;
  story.say('piecesWanted', { pieces: 2 });
  await file();
  expect(memory.handedOn).toBeUndefined();
  await story.calm();
  const handedOn = memory.handedOn as typeof story.run.dossier;
  expect(handedOn).toEqual(story.run.dossier);
  const later = memoryWorld(minute(60));
  const next = play(later, { no: 'J1', soFar: handedOn, epoch: 0 });
  await next.calm();
  expect(later.asked).toEqual([]);
  await next.told('piecesWanted', { pieces: 2 });
  expect(factsIn(later)).toEqual([]);
  expect(next.run.dossier.stock.wanted).toBe(4);
  next.say('piecesWanted', { pieces: 2 }, 'new');
  await next.calm();
  expect(factsIn(later).map(({ seq }) => seq)[0]).toBe(handedOn.seq + 1);
  expect(next.run.dossier.stock.reserved).toBe(6);
});

it('X2 what was heard before is not filed again', async () => {
  const { memory, story } = await jobAt();
  story.say('sisterReported', { pieces: 1 }, 'same');
  story.say('sisterReported', { pieces: 1 }, 'same');
  await story.calm();
  story.say('sisterReported', { pieces: 1 }, 'same');
  await story.calm();
  expect(kindsIn(memory)).toEqual(['jobOpened', 'sisterReported']);
});

it('HT-9 rungs ring when all is heard and filed, those of one moment together, and are timed by the clock', async () => {
  const { memory, story, file } = await jobAt();
  await story.told('piecesWanted', { pieces: 2 });
  const opened = story.run.dossier.worklist.tasks[0]?.openedAt ?? '';
  const dayLater = new Date(Date.parse(opened) + 86_400_000).toISOString();
  const before = memory.filings.length;
  memory.setTime(dayLater);
  story.say('decisionMade', { taskId: 'J1/9', outcome: 'approve' });
  await file();
  const later = memory.filings.slice(before);
  expect(later.map(({ facts }) => facts.map(({ fact }) => fact.kind))).toEqual([
    ['decisionMade'],
    ['rungReached', 'rungReached'],
  ]);
  expect(later[1]?.facts[0]?.fact.at).toBe(dayLater);
});

it('W2 one alarm serves a story: it is armed again only for something earlier, or when it rang', async () => {
  const { memory, story } = await jobAt();
  await story.told('piecesWanted', { pieces: 2 });
  expect(memory.timers).toHaveLength(1);
  await story.approve();
  await story.told('piecesWanted', { pieces: 2 });
  await story.told('piecesWanted', { pieces: 2 });
  expect(story.run.dossier.worklist.tasks).toHaveLength(3);
  expect(memory.timers).toHaveLength(1);
  expect(memory.summaries.some((summary) => summary.startsWith('J1/1 at '))).toBe(true);
  memory.setTime(memory.timers[0] ?? '');
  await story.calm();
  expect(memory.timers.length).toBeLessThanOrEqual(2);
});

it('T1 the summaries say in words what happened', async () => {
  const { memory, story } = await jobAt();
  await story.told('piecesWanted', { pieces: 3 });
  await story.approve();
  await story.told('holdSet', { held: 'maybe' });
  expect(memory.summaries).toEqual([
    'job opened',
    'pieces wanted, pieces rounded',
    'stock reserved',
    'box packed, box packed, check of the job asked',
    expect.stringMatching(/^J1\/1 at /),
    'check of the job approved',
    'sister started',
    'sister told',
    'hold set: ignored (malformed)',
  ]);
});
