import type { Grade } from '../../../domain/inside/kernel/vocabulary';
import type { Northwind } from './files';
import { goodsFenOf } from './figures';

/** What a customer is in the product, by what he bought in all the files. */
export interface Assessment {
  readonly grade: Grade;
  /** Enough for everything he ever ordered to be open at once: the history knows of no refused credit. */
  readonly creditLimitFen: number;
}

/** In words, for who reads the output. */
export const gradeRule = 'grade by the goods a customer bought in all: A from 20,000, B from 5,000, else C';

const fromFen: readonly (readonly [Grade, number])[] = [
  ['A', 2_000_000],
  ['B', 500_000],
];

/** Every customer's grade and credit limit, by id. */
export function assessments({ customers, orders }: Northwind): ReadonlyMap<string, Assessment> {
  return new Map(
    customers.map(({ customer_id: id }) => {
      const own = orders.filter((order) => order.customer_id === id);
      const goodsFen = own.reduce((sum, { lines }) => sum + goodsFenOf(lines), 0);
      const freightFen = own.reduce((sum, { freight }) => sum + freight, 0);
      const [grade] = fromFen.find(([, least]) => goodsFen >= least) ?? ['C' as const];
      return [id, { grade, creditLimitFen: goodsFen + freightFen }];
    }),
  );
}
