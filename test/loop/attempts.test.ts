import fc from 'fast-check';
import { factsIn, type MemoryWorld, memoryWorld } from './memory-world';
import { answerOf, minute, play, type Playing } from './playing';

/** What the server tells a workflow: a message, or what became of the activity that it asked for so many others ago. */
const event = fc.oneof(
  { weight: 3, arbitrary: fc.record({ what: fc.constant('message' as const), message: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('answer' as const), of: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('away' as const), of: fc.nat(3) }) },
);
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

const messages = [
  { kind: 'piecesWanted', body: { pieces: 2 } },
  { kind: 'decisionMade', body: { taskId: 'J1/1', outcome: 'approve' } },
  { kind: 'holdSet', body: { held: 'yes' } },
  { kind: 'holdSet', body: { held: 'no' } },
  { kind: 'piecesWanted', body: { pieces: 3 } },
  { kind: 'cancellationRequested', body: {} },
];

/** One workflow task: messages are heard before answers, whichever came first, as the SDK has it. */
async function task(memory: MemoryWorld, story: Playing, events: readonly Event[]): Promise<void> {
  const pending = memory.pending();
  for (const one of events) {
    const message = one.what === 'message' ? messages[one.message] : undefined;
    if (message !== undefined) story.say(message.kind, message.body);
  }
  for (const one of events) {
    const asked = one.what === 'message' ? undefined : pending[one.of];
    // What waits as long as it takes is never away.
    if (one.what === 'away' && asked?.patience === 'ten_seconds') asked.answer({ is: 'away' });
    else if (asked !== undefined && memory.pending().includes(asked)) asked.answer(answerOf(asked));
  }
  await memory.rest();
}

async function begun(): Promise<{ readonly memory: MemoryWorld; readonly story: Playing }> {
  const memory = memoryWorld(minute(0));
  memory.booksAreQuick = true;
  const story = play(memory);
  await memory.rest();
  return { memory, story };
}

const tasks = fc.array(fc.array(event, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 14 });

it('X8 what a lost workflow task filed, the next attempt at it files again, the very same; also while effects are away', async () => {
  let filedByLostTasks = 0;
  await fc.assert(
    fc.asyncProperty(tasks, fc.nat(), fc.nat(), async (all, which, heard) => {
      const lost = which % all.length;
      const events = all[lost] ?? [];
      const attempt = await begun();
      for (const earlier of all.slice(0, lost)) await task(attempt.memory, attempt.story, earlier);
      const before = attempt.memory.filedAtOnce.length;
      await task(attempt.memory, attempt.story, events.slice(0, heard % (events.length + 1)));
      const filed = attempt.memory.filedAtOnce.slice(before).flatMap(({ facts }) => facts);

      const { memory, story } = await begun();
      for (const one of all) await task(memory, story, one);
      await story.calm();
      const facts = new Map(factsIn(memory).map((fact) => [fact.seq, fact]));
      expect(filed.map(({ seq }) => facts.get(seq))).toEqual(filed);
      filedByLostTasks += filed.length;
    }),
    { numRuns: 600 },
  );
  expect(filedByLostTasks).toBeGreaterThan(100);
}, 120_000);
