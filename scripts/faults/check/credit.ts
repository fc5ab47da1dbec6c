import { isClosed } from '../../../domain/inside/kernel/closed';
import { orderSummary } from '../../../domain/inside/order-summary';
import { type Evidence, isApplied, type Row, type Run } from './evidence';
import { dossierOf, foldedOf } from './folded';
import type { Violation } from './violation';

/** An order was accepted: when, by the database's clock, and what it takes up from then on. */
interface Grant {
  readonly orderNo: string;
  readonly customerId: string;
  readonly revision: number;
  readonly at: number;
  readonly exposureFen: number;
  readonly specialBy: string | undefined;
}

/** How an order stood once these facts were filed. */
interface Moment {
  readonly at: number;
  readonly customerId: string | null;
  readonly receivableFen: number;
  /** Ordered and not paid. */
  readonly unpaidFen: number;
  /** Unpaid for goods that went, on no bill yet. */
  readonly shippedUnpaidFen: number;
  readonly usesCredit: boolean;
  /** Closed or ended, it takes up no credit; what it owes on bills it still owes. */
  readonly isOver: boolean;
}

/**
 * V8: at each approval what the customer owes, what his other accepted orders take up and this order stay within his limit, or a
 * special approval exists; and no order is approved without its reservation. Counted anew from facts, in the order in which they
 * were filed: the function in the database is not asked.
 */
export function checkCredit({ runs, tables }: Evidence): readonly Violation[] {
  const filedAt = new Map((tables['facts'] ?? []).map((row) => [String(row['id']), timeOf(row['filedAt'])]));
  const reservations = new Map((tables['credit_reservations'] ?? []).map((row) => [String(row['orderNo']), row]));
  const limits = new Map((tables['customers'] ?? []).map((row) => [String(row['id']), Number(row['creditLimitFen'])]));
  const orders = runs
    .filter(({ type }) => type === 'order')
    .map((run) => ({
      no: run.workflowId.replace(/^order-/, ''),
      moments: momentsOf(run, filedAt),
      grants: grantsOf(run, filedAt, reservations),
    }));
  const grants = orders.flatMap((order) => order.grants);
  return [
    ...grants.flatMap((grant) => {
      const limitFen = limits.get(grant.customerId) ?? 0;
      const usedFen = orders.reduce((sum, order) => sum + (order.no === grant.orderNo ? 0 : takenBy(order, grant)), 0);
      const fits = grant.exposureFen === 0 || grant.specialBy !== undefined || usedFen + grant.exposureFen <= limitFen;
      return fits ? [] : [violation(grant.orderNo, `took ${grant.exposureFen} beside ${usedFen} of ${limitFen}`)];
    }),
    ...orders.flatMap(({ no, grants: own }) => {
      const [last, row] = [own.at(-1), reservations.get(no)];
      if (last === undefined) return [];
      if (row === undefined) return [violation(no, 'was approved and has no reservation')];
      return Number(row['exposureFen']) === last.exposureFen && Number(row['revision']) === last.revision
        ? []
        : [violation(no, `reserved ${String(row['exposureFen'])} and was approved with ${last.exposureFen}`)];
    }),
  ];
}

/** When the credit was given: its row says it for the last revision, the filing, a moment later, for those before. */
function grantsOf(
  run: Run,
  filedAt: ReadonlyMap<string, number>,
  reservations: ReadonlyMap<string, Row>,
): readonly Grant[] {
  return foldedOf(run).steps.flatMap(({ before, was }) => {
    if (!isApplied(was, 'creditReserved')) return [];
    const { fact } = was;
    const { no: orderNo, intake } = dossierOf(before);
    const row = reservations.get(orderNo);
    const isItsRow = row !== undefined && Number(row['revision']) === fact.revision;
    const at = isItsRow ? timeOf(row['at']) : (filedAt.get(fact.id) ?? 0);
    const { revision, exposureFen, specialBy } = fact;
    return [{ orderNo, customerId: intake.terms.customerId ?? '', revision, at, exposureFen, specialBy }];
  });
}

const momentsOf = (run: Run, filedAt: ReadonlyMap<string, number>): readonly Moment[] =>
  foldedOf(run).steps.map(({ after, was: { fact } }) => {
    const dossier = dossierOf(after);
    const { totalFen, receivedFen, outstandingFen, shippedUnpaidFen, usesCredit, endedAt } = orderSummary(dossier);
    return {
      at: filedAt.get(fact.id) ?? Number.POSITIVE_INFINITY,
      customerId: dossier.intake.terms.customerId,
      receivableFen: Math.max(0, outstandingFen),
      unpaidFen: totalFen - receivedFen,
      shippedUnpaidFen,
      usesCredit,
      isOver: isClosed(dossier.status) || endedAt !== null,
    };
  });

/** What another order of the customer had taken up, or owed, by then. */
function takenBy(
  { moments, grants }: { readonly moments: readonly Moment[]; readonly grants: readonly Grant[] },
  { at, customerId }: Grant,
): number {
  const moment = moments.findLast((one) => one.at <= at);
  if (moment === undefined || moment.customerId !== customerId) return 0;
  const granted = grants.findLast((one) => one.at <= at && one.customerId === customerId);
  const { receivableFen, unpaidFen, shippedUnpaidFen, isOver } = moment;
  // Back under review since: what it had been granted is another's until it asks again.
  const isBack = granted !== undefined && moment.at > granted.at && !moment.usesCredit;
  if (granted === undefined || isOver) return receivableFen;
  // What is billed of it is a receivable, and counted as one.
  const reservedFen = isBack ? 0 : Math.min(granted.exposureFen, unpaidFen) - receivableFen;
  return receivableFen + Math.max(0, reservedFen, shippedUnpaidFen);
}

const violation = (subject: string, says: string): Violation => ({ invariant: 'V8', subject, says });

const timeOf = (instant: unknown): number => Date.parse(String(instant));
