import { accounts } from '../../../domain/inside/kernel/posting';
import { netReceivedFen, outstandingFen } from '../../../domain/inside/money/money';
import { ledgerFaults } from '../../../domain/outside/money/ledger';
import type { Evidence, Row } from './evidence';
import { dossierOf, foldedOf } from './folded';
import { type Violation, grouped, same } from './violation';

/** M1, M2: each entry balances, and all of them together. */
export function checkTrialBalance({ tables }: Evidence): readonly Violation[] {
  const legs = tables['ledger_legs'] ?? [];
  const byEntry = grouped(legs, (row) => String(row['entryKey']));
  const unbalanced = (tables['ledger_entries'] ?? [])
    .map((row) => String(row['key']))
    .filter((key) => (byEntry.get(key)?.length ?? 0) < 2 || sum(byEntry.get(key) ?? []) !== 0);
  const total = sum(legs);
  return [
    ...unbalanced.map((key): Violation => ({
      invariant: 'M1',
      subject: key,
      says: 'does not balance',
      counts: 'ledger',
    })),
    ...(total === 0
      ? []
      : [{ invariant: 'M2', subject: 'ledger', says: `the trial balance is ${total} fen`, counts: 'ledger' } as const]),
  ];
}

/** M4: what is owed by the entries, by the read model and by the facts is the same, per order and per customer. */
export function checkReceivables({ tables, runs }: Evidence): readonly Violation[] {
  const entries = new Map((tables['ledger_entries'] ?? []).map((row) => [String(row['key']), row]));
  const legs = (account: string) =>
    (tables['ledger_legs'] ?? [])
      .filter((row) => row['account'] === account)
      .map((row) => ({ ...row, entry: entries.get(String(row['entryKey'])) }));
  const owed = sumsBy(legs(accounts.receivables), 'orderNo');
  const owedByCustomer = sumsBy(legs(accounts.receivables), 'customerId');
  const orders = tables['orders'] ?? [];
  const customers = grouped(orders, (row) => String(row['customerId']));
  const differs = (subject: string, says: string): Violation => ({ invariant: 'M4', subject, says, counts: 'ledger' });
  return [
    ...orders.flatMap((row) => {
      const no = String(row['no']);
      const run = runs.find(({ workflowId }) => workflowId === `order-${no}`);
      const dossier = run === undefined ? undefined : dossierOf(foldedOf(run).dossier);
      const byEntries = owed.get(no) ?? 0;
      return [
        ...(byEntries === row['outstandingFen']
          ? []
          : [differs(no, `owes ${byEntries} by entries, ${String(row['outstandingFen'])} by its row`)]),
        ...(dossier === undefined || outstandingFen(dossier.money) === byEntries
          ? []
          : [differs(no, `owes ${byEntries} by entries, otherwise by its facts`)]),
        ...(dossier === undefined || netReceivedFen(dossier.money) === row['receivedFen']
          ? []
          : [differs(no, 'received otherwise by its facts than by its row')]),
      ];
    }),
    ...[...customers].flatMap(([id, rows]) => {
      const byRows = rows.reduce((total, row) => total + Number(row['outstandingFen']), 0);
      const byEntries = owedByCustomer.get(id) ?? 0;
      return byRows === byEntries ? [] : [differs(id, `owes ${byEntries} by entries, ${byRows} by his orders`)];
    }),
  ];
}

/** M3, M5, M10: the entries are those that the facts cause, each booked once. */
export function checkPostings({ tables, runs }: Evidence): readonly Violation[] {
  const booked = grouped(tables['ledger_entries'] ?? [], (row) => String(row['key']));
  const legsOf = grouped(tables['ledger_legs'] ?? [], (row) => String(row['entryKey']));
  const postings = runs.flatMap((run) => foldedOf(run).postings);
  const caused = new Map(postings.map((posting) => [posting.key, posting]));
  const ledger = (invariant: string, subject: string, says: string): Violation => ({
    invariant,
    subject,
    says,
    counts: 'ledger',
  });
  return [
    ...ledgerFaults(postings).map(({ key, fault }) => ledger('M1', key, fault)),
    ...[...booked].flatMap(([key, rows]) => [
      ...(rows.length === 1 ? [] : [ledger('M10', key, `is booked ${rows.length} times`)]),
      ...(caused.has(key) ? [] : [ledger('M10', key, 'is booked and no fact causes it')]),
    ]),
    ...[...caused].flatMap(([key, { legs }]) => {
      if (!booked.has(key)) return [ledger('M10', key, 'is caused by a fact and not booked')];
      const rows = (legsOf.get(key) ?? []).map((row) => `${String(row['account'])} ${String(row['amountFen'])}`);
      return same(rows.sort(byText), legs.map(({ account, amountFen }) => `${account} ${amountFen}`).sort(byText))
        ? []
        : [ledger('M10', key, 'is booked with other legs')];
    }),
  ];
}

const byText = (one: string, other: string): number => (one < other ? -1 : 1);

const sum = (rows: readonly Row[]): number => rows.reduce((total, row) => total + Number(row['amountFen']), 0);

function sumsBy(
  rows: readonly (Row & { readonly entry: Row | undefined })[],
  column: string,
): ReadonlyMap<string, number> {
  const groups = grouped(rows, ({ entry }) => String(entry?.[column]));
  return new Map([...groups].map(([key, group]) => [key, sum(group)]));
}
