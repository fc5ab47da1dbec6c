import fc from 'fast-check';
import { openTasks } from '../../domain/inside/kernel/worklist/worklist';
import { factsIn, memoryWorld } from './memory-world';
import { answerOf, minute, play } from './playing';

/** What may be said to a job; a decision names the task that would be the second, whether it is open by then or not. */
const message = fc.oneof(
  fc.record({ kind: fc.constant('piecesWanted'), body: fc.record({ pieces: fc.integer({ min: 0, max: 9 }) }) }),
  fc.record({ kind: fc.constant('holdSet'), body: fc.record({ held: fc.constantFrom('yes', 'no', 'maybe') }) }),
  fc.record({
    kind: fc.constant('decisionMade'),
    body: fc.record({ taskId: fc.constantFrom('J1/1', 'J1/2', 'J1/3'), outcome: fc.constantFrom('approve', 'return') }),
  }),
  fc.record({ kind: fc.constant('sisterReported'), body: fc.record({ pieces: fc.integer({ min: 0, max: 5 }) }) }),
  fc.record({ kind: fc.constant('cancellationRequested'), body: fc.constant({}) }),
);
type Message = typeof message extends fc.Arbitrary<infer M> ? M : never;

/** Each number decides what happens next: so many messages in one task, or one of the answers, or nothing but time. */
type Schedule = readonly { readonly messages: number; readonly answers: readonly number[] }[];

const oneByOne = (messages: readonly Message[]): Schedule => messages.map(() => ({ messages: 1, answers: [] }));

/** Plays the messages in their order; the schedule says how workflow tasks bundle them with answers, and in which order answers come. */
async function played(messages: readonly Message[], schedule: Schedule, calm: boolean) {
  const memory = memoryWorld(minute(0));
  const story = play(memory);
  await memory.rest();
  let rest = messages;
  let clock = 0;
  for (const task of schedule) {
    // The clock goes on by chance, and must not be read: no rung is due within these minutes.
    memory.setTime(minute((clock += task.messages + 1)));
    for (const { kind, body } of rest.slice(0, task.messages)) story.say(kind, body);
    rest = rest.slice(task.messages);
    for (const choice of task.answers) {
      const pending = memory.pending();
      const one = pending[choice % Math.max(1, pending.length)];
      one?.answer(answerOf(one));
    }
    await memory.rest();
    if (calm) await story.calm();
  }
  for (const { kind, body } of rest) story.say(kind, body);
  await story.calm();
  return { facts: factsIn(memory), memory, story };
}

const schedules: fc.Arbitrary<Schedule> = fc.array(
  fc.record({ messages: fc.nat(4), answers: fc.array(fc.nat(9), { maxLength: 4 }) }),
  { maxLength: 25 },
);

it('X8 the facts depend on the order of the messages alone: not on how tasks bundle them, nor on when and in which order effects and filings answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(message, { maxLength: 14 }), schedules, async (messages, schedule) => {
      const reference = await played(messages, oneByOne(messages), true);
      const other = await played(messages, schedule, false);
      // A message that comes to a job that has ended finds no workflow; one that was queued by then is filed as ignored.
      const inTime = other.facts.slice(0, reference.facts.length);
      const late = other.facts.slice(reference.facts.length);
      expect(JSON.stringify(inTime)).toBe(JSON.stringify(reference.facts));
      expect(late.every(({ filed }) => reference.story.hasEnded() && filed === 'ignored')).toBe(true);
      expect(other.facts.map(({ seq }) => seq)).toEqual(other.facts.map((_, index) => index + 1));
      expect(other.memory.incidents).toEqual(reference.memory.incidents);
    }),
    { numRuns: 200 },
  );
}, 60_000);

it('X8 the stories of the property go through every part of the process', async () => {
  const kinds = new Set<string>();
  const messages: readonly Message[] = [
    { kind: 'piecesWanted', body: { pieces: 3 } },
    { kind: 'decisionMade', body: { taskId: 'J1/1', outcome: 'approve' } },
    { kind: 'piecesWanted', body: { pieces: 2 } },
    { kind: 'decisionMade', body: { taskId: 'J1/2', outcome: 'approve' } },
    { kind: 'sisterReported', body: { pieces: 2 } },
    { kind: 'cancellationRequested', body: {} },
  ];
  const { facts, story } = await played(messages, oneByOne(messages), true);
  for (const { fact, filed } of facts) if (filed === 'applied') kinds.add(fact.kind);
  expect([...kinds].toSorted()).toEqual(
    [
      'boxPacked',
      'cancellationRequested',
      'decisionMade',
      'jobEnded',
      'jobOpened',
      'piecesRounded',
      'piecesWanted',
      'sisterReported',
      'sisterStarted',
      'sisterTold',
      'stockReserved',
      'taskOpened',
    ].toSorted(),
  );
  expect(story.hasEnded()).toBe(true);
  expect(openTasks(story.run.dossier.worklist)).toEqual([]);
});
