import type { EveryFact } from '../../domain/inside/every-fact';
import type { FiledFact } from '../../domain/inside/kernel/fact';
import type { Evidence, Row, Run } from '../../scripts/faults/check/evidence';
import { dossierOf } from '../../scripts/faults/check/folded';

/** A violation to be planted in a copy of good evidence; its invariant must be the one that turns red. */
export interface Plant {
  readonly invariant: string;
  readonly what: string;
  readonly in: (evidence: Evidence) => Evidence;
}

const plant = (invariant: string, what: string, change: Plant['in']): Plant => ({ invariant, what, in: change });

/** Changes the first row that `which` names; a plant that finds no ground is a mistake of the test. */
function changed<T>(rows: readonly T[], which: (row: T) => boolean, change: (row: T) => readonly T[]): readonly T[] {
  const index = rows.findIndex(which);
  const row = rows[index];
  if (row === undefined) throw new Error('there is nothing to plant this in');
  return [...rows.slice(0, index), ...change(row), ...rows.slice(index + 1)];
}

const inTable =
  (table: string, which: (row: Row) => boolean, change: (row: Row) => readonly Row[]) =>
  (evidence: Evidence): Evidence => ({
    ...evidence,
    tables: { ...evidence.tables, [table]: changed(evidence.tables[table] ?? [], which, change) },
  });

const dropped = () => [];
const any = () => true;
const isBefore = (one: Row, other: Row): boolean => String(one['at']) < String(other['at']);
const isBill = (row: Row): boolean => row['purpose'] === 'bill';
const isUsed = (row: Row): boolean => Number(row['amountFen']) > 0;
const settled = (row: Row): boolean => row['state'] === 'applied';

/** Changes the facts that one workflow's filings carry. */
const inFacts =
  (which: (fact: FiledFact) => boolean, change: (fact: FiledFact) => readonly FiledFact[]) =>
  (evidence: Evidence): Evidence => ({
    ...evidence,
    runs: changed(
      evidence.runs,
      ({ filings }) => filings.some(({ facts }) => facts.some(which)),
      (run) => [
        {
          ...run,
          filings: changed(
            run.filings,
            ({ facts }) => facts.some(which),
            (filing) => [{ ...filing, facts: changed(filing.facts, which, change) }],
          ),
        },
      ],
    ),
  });

const inRuns =
  (which: (run: Run) => boolean, change: (run: Run) => readonly Run[]) =>
  (evidence: Evidence): Evidence => ({
    ...evidence,
    runs: changed(evidence.runs, which, change),
  });

const appliedOf =
  (kind: EveryFact['kind']) =>
  ({ fact, filed }: FiledFact): boolean =>
    fact.kind === kind && filed === 'applied';
const isOrder = ({ type }: Run): boolean => type === 'order';

/** An order's dossier, as if its workflow had not noted the end. */
function neverEnded(dossier: Run['dossier']): Run['dossier'] {
  const { ended: _noted, ...closing } = dossierOf(dossier).closing;
  return { ...dossierOf(dossier), closing } as Run['dossier'];
}

const answered =
  (status: number, retryAfter: string | null) =>
  (evidence: Evidence): Evidence => ({
    ...evidence,
    journal: [
      ...evidence.journal,
      { what: 'answered', at: evidence.readAt, key: 'planted-key', path: '/x', status, body: {}, retryAfter },
    ],
  });

/** A violation of each kind that the checker knows. */
export const plants: readonly Plant[] = [
  plant(
    'S1',
    'a decision that counted was filed as ignored',
    inFacts(appliedOf('decisionMade'), (filed) => [{ ...filed, filed: 'ignored', because: 'task_closed' }]),
  ),
  plant(
    'S3',
    'a fact is out of sequence',
    inFacts(appliedOf('confirmationSent'), (filed) => [{ ...filed, seq: filed.seq + 1 }]),
  ),
  plant(
    'S3',
    'the row is a version ahead',
    inTable('orders', any, (row) => [{ ...row, version: Number(row['version']) + 1 }]),
  ),
  plant(
    'S3',
    'the row says another status',
    inTable(
      'orders',
      (row) => row['status'] === 'archived',
      (row) => [{ ...row, status: 'completed' }],
    ),
  ),
  plant('S3', 'a fact is missing in the book', inTable('facts', any, dropped)),
  plant(
    'S3',
    'a task was never closed in the book',
    inTable(
      'tasks',
      (row) => row['state'] === 'decided',
      (row) => [{ ...row, state: 'open' }],
    ),
  ),
  plant('S3', 'a shipment has no row', inTable('shipments', any, dropped)),
  plant('S6', 'an order is gone', inTable('orders', any, dropped)),
  plant(
    'S6',
    'an order never got its workflow',
    inRuns(isOrder, () => []),
  ),
  plant(
    'S6',
    'an order that nobody sent',
    inTable('orders', any, (row) => [row, { ...row, no: '20200101-0001' }]),
  ),
  plant('S6', 'one key became two orders', (evidence) => ({
    ...evidence,
    journal: changed(
      evidence.journal,
      (entry) => entry.what === 'answered' && entry.path === '/orders' && entry.status === 201,
      (entry) => [entry, { ...entry, body: { no: '20200101-0002' } } as typeof entry],
    ),
  })),
  plant(
    'V2',
    'a task was decided twice',
    inFacts(appliedOf('decisionMade'), (filed) => [
      filed,
      { ...filed, fact: { ...filed.fact, id: 'planted-decision' } },
    ]),
  ),
  plant('V8', 'an order was approved beyond what its customer’s limit admits', (evidence) => {
    const taken = evidence.tables['credit_reservations']?.find((row) => Number(row['exposureFen']) > 0);
    return inTable(
      'customers',
      (row) => row['id'] === taken?.['customerId'],
      (row) => [{ ...row, creditLimitFen: Number(taken?.['exposureFen']) - 1 }],
    )(evidence);
  }),
  plant('V8', 'a second approval spent what another order had taken', (evidence) => {
    const rows = evidence.tables['credit_reservations'] ?? [];
    const used = rows.filter((row) => Number(row['exposureFen']) > 0);
    const later = used.find((row) => used.some((one) => one['customerId'] === row['customerId'] && isBefore(one, row)));
    return inTable(
      'customers',
      (row) => row['id'] === later?.['customerId'],
      (row) => [{ ...row, creditLimitFen: Number(later?.['exposureFen']) }],
    )(evidence);
  }),
  plant('V8', 'an approved order has no reservation', inTable('credit_reservations', any, dropped)),
  plant('M1', 'an entry lost a leg', inTable('ledger_legs', any, dropped)),
  plant(
    'M2',
    'a leg is a fen too high',
    inTable('ledger_legs', any, (row) => [{ ...row, amountFen: Number(row['amountFen']) + 1 }]),
  ),
  plant(
    'M4',
    'an order owes what its entries do not say',
    inTable('orders', any, (row) => [{ ...row, outstandingFen: Number(row['outstandingFen']) + 1 }]),
  ),
  plant(
    'M4',
    'an order received what its facts do not say',
    inTable('orders', any, (row) => [{ ...row, receivedFen: Number(row['receivedFen']) + 1 }]),
  ),
  plant(
    'M10',
    'an entry without a cause',
    inTable('ledger_entries', any, (row) => [row, { ...row, key: 'planted' }]),
  ),
  plant('M10', 'a cause without its entry', inTable('ledger_entries', any, dropped)),
  plant(
    'M10',
    'an entry on another account',
    inTable(
      'ledger_legs',
      (row) => row['account'] === '1002',
      (row) => [{ ...row, account: '1001' }],
    ),
  ),
  plant(
    'M14',
    'a fen more than was received stands for a bill',
    inTable('allocations', isUsed, (row) => [{ ...row, amountFen: Number(row['amountFen']) + 1 }]),
  ),
  plant('M14', 'what was paid on a bill stands for it no more', (evidence) => {
    const bills = evidence.tables['charges']?.filter(isBill).map(({ no }) => no) ?? [];
    return inTable('allocations', (row) => isUsed(row) && bills.includes(row['chargeNo']), dropped)(evidence);
  }),
  plant(
    'M14',
    'a payment that was taken back still stands for a charge',
    inTable('payments', any, (row) => [{ ...row, reversedBy: 'planted' }]),
  ),
  plant('M14', 'money left the books of an order', inTable('payments', any, dropped)),
  plant(
    'M10',
    'a shipment was billed twice',
    inTable('charges', isBill, (row) => [row, { ...row, no: 'planted' }]),
  ),
  plant(
    'M8',
    'the bills of an order do not come to its total',
    inTable(
      'orders',
      (row) => row['status'] === 'archived',
      (row) => [{ ...row, totalFen: Number(row['totalFen']) + 1 }],
    ),
  ),
  plant(
    'M13',
    'a paid bill is still collected',
    inTable(
      'collections',
      (row) => row['endedAt'] !== null,
      (row) => [{ ...row, endedAt: null }],
    ),
  ),
  plant(
    'M13',
    'what is owed on a bill nobody collects',
    inTable('charges', isBill, (row) => [{ ...row, openFen: Number(row['openFen']) + 1 }]),
  ),
  plant('X1', 'an answered message is not in the inbox', inTable('inbox', settled, dropped)),
  plant(
    'X1',
    'a message was never filed',
    inTable('inbox', settled, (row) => [{ ...row, state: 'pending' }]),
  ),
  plant(
    'X1',
    'a message was told otherwise than it was filed',
    inTable('inbox', settled, (row) => [{ ...row, state: 'ignored', because: 'duplicate' }]),
  ),
  plant('X2', 'a message counted in two workflows', (evidence) => {
    const filing = evidence.runs
      .flatMap(({ filings }) => filings)
      .find(({ facts }) => facts.some(appliedOf('decisionMade')));
    return inRuns(
      ({ filings }) => filing !== undefined && !filings.includes(filing),
      (run) => [{ ...run, filings: [...run.filings, ...(filing === undefined ? [] : [filing])] }],
    )(evidence);
  }),
  plant('X4', 'a notice was lost', inTable('notices', any, dropped)),
  plant(
    'X4',
    'goods were reserved that no history asked for',
    inTable('stock_requests', any, (row) => [row, { ...row, key: 'planted:reserve' }]),
  ),
  plant(
    'X4',
    'a bill was issued twice',
    inTable('charges', isBill, (row) => [row, row]),
  ),
  plant('X4', 'a shipment that no order started', inFacts(appliedOf('shipmentStarted'), dropped)),
  plant('X4', 'a collection was never started', inTable('collections', any, dropped)),
  plant(
    'T1',
    'a rung rang twice',
    inFacts(appliedOf('rungReached'), (filed) => [filed, filed]),
  ),
  plant(
    'T1',
    'a rung rang too early',
    inFacts(appliedOf('rungReached'), (filed) => [
      { ...filed, fact: { ...filed.fact, at: '2020-01-01T00:00:00.000Z' } },
    ]),
  ),
  plant(
    'W1',
    'a history does not replay',
    inRuns(any, (run) => [{ ...run, replayFailure: 'planted' }]),
  ),
  plant('W4', 'a name stands in a log', (evidence) => ({
    ...evidence,
    places: [{ name: 'log', bytes: Buffer.from(`… ${evidence.canaries[0] ?? ''} …`) }],
  })),
  plant(
    'Q5',
    'goods appeared from nowhere',
    inTable('stock_batches', any, (row) => [{ ...row, inHand: Number(row['inHand']) + 1 }]),
  ),
  plant(
    'Q5',
    'goods are reserved for nobody',
    inTable('stock_batches', any, (row) => [{ ...row, reserved: Number(row['reserved']) + 1 }]),
  ),
  plant(
    'Q5',
    'an ended order holds goods',
    inTable(
      'stock_reservations',
      (row) => row['state'] === 'taken',
      (row) => [{ ...row, state: 'held' }],
    ),
  ),
  plant(
    'Q5',
    'a shipment holds more than is ordered',
    inTable('shipment_lines', any, (row) => [{ ...row, quantity: Number(row['quantity']) + 1_000 }]),
  ),
  plant(
    'Q5',
    'goods left for another shipment',
    inTable(
      'stock_reservations',
      (row) => row['state'] === 'taken',
      (row) => [{ ...row, shipmentNo: 'planted-S1' }],
    ),
  ),
  plant('S4', 'a story is stuck', (evidence) => ({
    ...evidence,
    endings: [{ story: 'planted', orderNo: 'x', how: 'blocked', says: 'planted' }],
  })),
  plant(
    'S4',
    'a workflow closed before its order',
    inRuns(
      (run) => isOrder(run) && run.closed,
      (run) => [{ ...run, dossier: neverEnded(run.dossier) }],
    ),
  ),
  plant(
    'S5',
    'nobody holds the ball',
    inRuns(
      (run) => isOrder(run) && run.closed,
      (run) => [
        {
          ...run,
          closed: false,
          dossier: { ...neverEnded(run.dossier), waitingFor: [], worklist: { tasks: [], clocks: {} } },
        },
      ],
    ),
  ),
  plant('incident', 'an operator is called', (evidence) => ({
    ...evidence,
    tables: { ...evidence.tables, incidents: [{ orderNo: 'x', kind: 'planted' }] },
  })),
  plant('rule 6', 'a worker gave up', (evidence) => ({ ...evidence, deaths: ['worker ended by itself'] })),
  plant('problem details', 'an answer 500', answered(500, null)),
  plant('problem details', 'an answer 503 without Retry-After', answered(503, null)),
  plant('clients', 'a client was refused at the door', answered(403, null)),
];
