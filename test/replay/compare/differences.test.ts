import { isOneOf } from '../../../domain/outside/filing/applied';
import type { Filing } from '../../../domain/inside/filing';
import { recordedIn, type Recorded } from '../recording';
import { differences } from './differences';

// What `npm run record` says of two recordings of one story: each test plants one difference and sees it named.

const order = recordedIn('grade-b-to-archive.order.json');
const shipment = recordedIn('grade-b-to-archive.shipment-S1.json');

const withFilings = (recorded: Recorded, change: (filing: Filing) => Filing): Recorded => ({
  ...recorded,
  filings: recorded.filings.map(change),
});

/** What is said when the order comes out so instead. */
const saidOf = (after: Recorded): readonly string[] => differences({ order }, { order: after });

/** Everything that a recording holds, as text, after a change of that text. */
const rewritten = (recorded: Recorded, change: (json: string) => string): Recorded =>
  JSON.parse(change(JSON.stringify(recorded))) as Recorded;

it('W1 a recording is no different from itself', () => {
  expect(differences({ order, shipment }, { order, shipment })).toEqual([]);
});

it('W1 ids and instants alone are no difference', () => {
  const later = (json: string): string =>
    json
      .replaceAll(/\d{4}-\d{2}-\d{2}T[^"]*Z/g, (at) => new Date(Date.parse(at) + 40_000_000_000).toISOString())
      .replaceAll(/\d{8}-0001/g, '20310203-0417')
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-(?=[0-9a-f]{4}-)/g, 'feedbeef-cafe-');
  const after = { order: rewritten(order, later), shipment: rewritten(shipment, later) };
  expect(JSON.stringify(after)).not.toContain('-0001');
  expect(differences({ order, shipment }, after)).toEqual([]);
});

it('W1 sequence numbers alone are no difference', () => {
  const after = withFilings(order, (filing) => ({
    ...filing,
    firstSeq: filing.firstSeq + 3,
    facts: filing.facts.map((filed) => ({ ...filed, seq: filed.seq + 3 })),
    summary: { ...filing.summary, version: filing.summary.version + 2 },
  }));
  expect(
    saidOf(rewritten(after, (json) => json.replaceAll(/#(\d+)/g, '#1$1').replaceAll(/(-0001\/)/g, '$12'))),
  ).toEqual([]);
});

it('W1 how facts fall into batches is no difference', () => {
  const { filings } = order;
  const at = filings.findIndex(({ summary }) => summary.of === 'order' && summary.status === 'awaiting_confirmation');
  const [first, second] = filings.slice(at - 1, at + 1);
  if (first === undefined || second === undefined) throw new Error('the recording has no two batches');
  expect(first.summary).not.toMatchObject({ status: 'awaiting_confirmation' });
  const joined: Filing = {
    ...second,
    firstSeq: first.firstSeq,
    facts: [...first.facts, ...second.facts],
    postings: [...first.postings, ...second.postings],
    tasks: [...first.tasks, ...second.tasks],
  };
  expect(saidOf({ ...order, filings: filings.toSpliced(at - 1, 2, joined) })).toEqual([]);
});

it('W1 another end is reported', () => {
  expect(saidOf({ ...order, end: 'cancelled' })).toEqual(['order end was archived, is cancelled']);
});

it('W1 another status on the way is reported', () => {
  const after = withFilings(order, (filing) =>
    filing.summary.of === 'order' && filing.summary.status === 'awaiting_deposit'
      ? { ...filing, summary: { ...filing.summary, status: 'on_hold' } }
      : filing,
  );
  const [before, is, ...rest] = saidOf(after);
  expect(before).toMatch(/^order statuses were .*awaiting_confirmation > awaiting_deposit > /);
  expect(is).toMatch(/^order statuses are {2}.*awaiting_confirmation > on_hold > /);
  expect(rest).toEqual([]);
});

it('W1 a payment that is missing is reported', () => {
  const after = withFilings(order, (filing) => ({
    ...filing,
    facts: filing.facts.filter(({ fact }) => !isOneOf(fact, ['paymentReceived']) || fact.paymentId !== 'p79100'),
  }));
  expect(saidOf(after)).toContain(
    'order payments missing: bank; amountFen 79100; customerId "C1"; enteredBy "finn"; id "p79100"',
  );
});

it('W1 a payment that came twice is reported', () => {
  const after = withFilings(order, (filing) => ({
    ...filing,
    facts: filing.facts.flatMap((filed) => (filed.fact.kind === 'paymentReceived' ? [filed, filed] : [filed])),
  }));
  expect(saidOf(after).filter((line) => line.startsWith('order payments new: bank'))).toHaveLength(2);
});

it('W1 another posting is reported', () => {
  const after = withFilings(order, (filing) => ({
    ...filing,
    postings: filing.postings.map((posting) =>
      posting.purpose === 'bill'
        ? { ...posting, legs: posting.legs.map((leg) => ({ ...leg, amountFen: leg.amountFen * 2 })) }
        : posting,
    ),
  }));
  expect(saidOf(after)).toEqual([
    'order postings changed: bill; legs was [["1122",113000],["6001",-100000],["2221",-13000]], is [["1122",226000],["6001",-200000],["2221",-26000]]',
  ]);
});

it('W1 a task that is missing is reported', () => {
  const after = withFilings(order, (filing) => ({
    ...filing,
    tasks: filing.tasks.filter(({ kind }) => kind !== 'bill.review'),
  }));
  expect(saidOf(after)).toContainEqual(
    expect.stringMatching(/^order tasks missing: bill\.review; .*outcome "approve"/),
  );
});

it('W1 a task that ended otherwise is reported', () => {
  const after = withFilings(order, (filing) => ({
    ...filing,
    tasks: filing.tasks.map((task) =>
      task.kind === 'bill.review' && task.decision !== undefined
        ? { ...task, decision: { ...task.decision, outcome: 'reject' } }
        : task,
    ),
  }));
  expect(saidOf(after)).toContain('order tasks changed: bill.review; outcome was "approve", is "reject"');
});

it('W1 a fact that does not count any more is reported', () => {
  const after = withFilings(order, (filing) => ({
    ...filing,
    facts: filing.facts.map((filed) =>
      filed.fact.kind === 'deliveryConfirmed' ? { ...filed, filed: 'ignored', because: 'wrong_state' } : filed,
    ),
  }));
  expect(saidOf(after)).toEqual([
    'order facts changed: deliveryConfirmed; because was null, is "wrong_state"; filed was "applied", is "ignored"',
  ]);
});

it('W1 a child that is gone is reported, and one that is new', () => {
  expect(differences({ order, shipment }, { order })).toEqual(['shipment is missing']);
  expect(differences({ order }, { order, shipment })).toEqual(['shipment is new']);
});

it('W1 an older recording that today makes no rows of is reported', () => {
  const before = withFilings(order, (filing) => ({ ...filing, tasks: [{}] }) as unknown as Filing);
  const [line = '', ...rest] = differences({ order: before }, { order });
  expect(line).toMatch(/^order cannot be compared, its old facts make no rows any more: /);
  expect(rest).toEqual([]);
});

it('W1 a workflow that has not ended says so, and one that has, how', () => {
  expect(recordedIn('released-by-the-director.order.json').end).toBe('still open');
  expect(order.end).toBe('archived');
});
