import { accounts } from '../../../domain/inside/kernel/posting';
import type { Evidence, Row, Tables } from './evidence';
import { type Violation, grouped } from './violation';

/**
 * M14, M5, M6: of each payment and of each charge no fen is lost or used twice: what stands for a bill, and what of it is open, is
 * the bill; nothing stands for a charge that is not part of a payment; and the ledger says the same of each bill and order.
 */
export function checkAllocations({ tables }: Evidence): readonly Violation[] {
  return [...ofCharges(tables), ...ofPayments(tables), ...ofOrders(tables)];
}

const ledger = (invariant: string, subject: string, says: string): Violation => ({
  invariant,
  subject,
  says,
  counts: 'ledger',
});

function ofCharges(tables: Tables): readonly Violation[] {
  const allocated = sumsBy(tables['allocations'] ?? [], 'chargeNo', 'amountFen');
  const applied = appliedByLedger(tables);
  return (tables['charges'] ?? []).flatMap((charge) => {
    const [no, amountFen, openFen] = [String(charge['no']), Number(charge['amountFen']), Number(charge['openFen'])];
    const standsFen = allocated.get(no) ?? 0;
    const isBill = charge['purpose'] === 'bill';
    const says = `asks for ${amountFen}, ${standsFen} stand for it, ${openFen} are open`;
    return [
      // A request is open no more for what of it stands on bills by now.
      ...(openFen < 0 || standsFen + openFen > amountFen || (isBill && standsFen + openFen !== amountFen)
        ? [ledger('M14', no, says)]
        : []),
      ...(isBill && standsFen !== (applied.get(no) ?? 0)
        ? [ledger('M14', no, `${standsFen} stand for it, the ledger applied ${applied.get(no) ?? 0}`)]
        : []),
    ];
  });
}

/** What the ledger put towards each bill: the cause of such an entry ends with the bill's number. */
function appliedByLedger(tables: Tables): ReadonlyMap<string, number> {
  const rows = legsOf(tables, accounts.receivables).flatMap(({ entryKey, amountFen }) => {
    const [, chargeNo] = /:(?:apply|unapply):([^:]+)$/.exec(entryKey) ?? [];
    return chargeNo === undefined ? [] : [{ chargeNo, amountFen: -amountFen }];
  });
  return sumsBy(rows, 'chargeNo', 'amountFen');
}

function ofPayments(tables: Tables): readonly Violation[] {
  const allocated = sumsBy(tables['allocations'] ?? [], 'paymentId', 'amountFen');
  const payments = new Map((tables['payments'] ?? []).map((row) => [String(row['id']), row]));
  return [...allocated].flatMap(([id, standsFen]) => {
    const payment = payments.get(id);
    const amountFen = payment === undefined || payment['reversedBy'] !== null ? 0 : Number(payment['amountFen']);
    return standsFen <= amountFen
      ? []
      : [ledger('M14', id, `${standsFen} of it stand for charges, it is ${amountFen}`)];
  });
}

/** What came and is on no bill, not refunded and not retained, is the customer's: a liability in the ledger, of the same amount. */
function ofOrders(tables: Tables): readonly Violation[] {
  const stand = (tables['payments'] ?? []).filter((row) => row['reversedBy'] === null);
  const received = sumsBy(stand, 'orderNo', 'amountFen');
  const bills = new Set((tables['charges'] ?? []).filter(({ purpose }) => purpose === 'bill').map(({ no }) => no));
  const allocations = tables['allocations'] ?? [];
  const requested = sumsBy(
    allocations.filter(({ chargeNo }) => !bills.has(chargeNo)),
    'orderNo',
    'amountFen',
  );
  const billed = sumsBy(
    allocations.filter(({ chargeNo }) => bills.has(chargeNo)),
    'orderNo',
    'amountFen',
  );
  const entries = new Map((tables['ledger_entries'] ?? []).map((row) => [String(row['key']), row]));
  const ofAccount = (account: string, purposes?: readonly string[]) => {
    const rows = legsOf(tables, account).flatMap(({ entryKey, amountFen }) => {
      const entry = entries.get(entryKey);
      const counts = purposes === undefined || purposes.includes(String(entry?.['purpose']));
      return entry === undefined || !counts ? [] : [{ orderNo: entry['orderNo'], amountFen }];
    });
    return sumsBy(rows, 'orderNo', 'amountFen');
  };
  const advances = ofAccount(accounts.advances);
  const paidOut = ofAccount(accounts.advances, ['refund', 'retained']);
  return (tables['orders'] ?? []).flatMap((row) => {
    const no = String(row['no']);
    const leftFen = (received.get(no) ?? 0) - (billed.get(no) ?? 0) - (paidOut.get(no) ?? 0);
    const freeFen = leftFen - (requested.get(no) ?? 0);
    return [
      ...(leftFen === -(advances.get(no) ?? 0)
        ? []
        : [ledger('M14', no, `${leftFen} of its payments are left, ${-(advances.get(no) ?? 0)} by the ledger`)]),
      ...(freeFen >= 0 ? [] : [ledger('M14', no, `${-freeFen} more went to charges than came in`)]),
    ];
  });
}

/**
 * M10, M8: a shipment is billed once, and what an order was billed in parts comes to its total. M13: what is open of a bill, one
 * collection under way knows; of a paid one none is under way.
 */
export function checkBills({ tables }: Evidence): readonly Violation[] {
  const bills = (tables['charges'] ?? []).filter(({ purpose }) => purpose === 'bill');
  const billed = sumsBy(bills, 'orderNo', 'amountFen');
  const underWay = grouped(
    (tables['collections'] ?? []).filter(({ endedAt }) => endedAt === null),
    (row) => String(row['chargeNo']),
  );
  return [
    ...[...grouped(bills, (row) => String(row['about']))].flatMap(([about, rows]) =>
      rows.length === 1 ? [] : [ledger('M10', about, `is billed ${rows.length} times`)],
    ),
    ...(tables['orders'] ?? []).flatMap((row) => {
      const no = String(row['no']);
      const isBilled = row['status'] === 'completed' || row['status'] === 'archived';
      return !isBilled || (billed.get(no) ?? 0) === Number(row['totalFen'])
        ? []
        : [ledger('M8', no, `its bills come to ${billed.get(no) ?? 0} of ${String(row['totalFen'])}`)];
    }),
    ...bills.flatMap((bill) => {
      const [no, openFen] = [String(bill['no']), Number(bill['openFen'])];
      const told = (underWay.get(no) ?? []).map((row) => Number(row['owedFen']));
      const isTold = openFen === 0 ? told.length === 0 : told.length === 1 && told[0] === openFen;
      const says = `${openFen} of it are open, collections under way are told ${told.join(' and ') || 'nothing'}`;
      return isTold ? [] : [{ invariant: 'M13', subject: no, says }];
    }),
  ];
}

const legsOf = (
  tables: Tables,
  account: string,
): readonly { readonly entryKey: string; readonly amountFen: number }[] =>
  (tables['ledger_legs'] ?? [])
    .filter((row) => row['account'] === account)
    .map((row) => ({ entryKey: String(row['entryKey']), amountFen: Number(row['amountFen']) }));

function sumsBy(rows: readonly Row[], key: string, column: string): ReadonlyMap<string, number> {
  const groups = grouped(rows, (row) => String(row[key]));
  return new Map([...groups].map(([name, group]) => [name, group.reduce((sum, row) => sum + Number(row[column]), 0)]));
}
