import { z } from 'zod';
import type { Product as Running } from '../product';
import type { Caller } from '../caller';
import { callerWith } from '../caller';
import type { Northwind } from './files';
import { createOnce } from '../create-once';
import { employeeId } from './ids';

/** Who works at Northwind: its salespeople, and for the rest of the procedure the demo company's people. */
export interface People {
  readonly admin: Caller;
  readonly supervisor: Caller;
  readonly technical: Caller;
  readonly director: Caller;
  readonly finance: Caller;
  readonly cashier: Caller;
  readonly warehouse: Caller;
  readonly checker: Caller;
  readonly logistics: Caller;
  /** By the id of the files. */
  salesperson(employee: string): Caller;
}

const printed = z.object({ token: z.string() });

/** Makes the salespeople users (role sales) with tokens for a day, and names the others. */
export async function gather(running: Running, { employees }: Northwind): Promise<People> {
  const admin = running.as('u-admin-1');
  const tokens = new Map<string, Caller>();
  // Superiors first: Northwind's vice president reports to nobody.
  const bySeniority = [...employees].sort(
    (one, other) => Number(one.reports_to !== null) - Number(other.reports_to !== null),
  );
  for (const { employee_id: id, first_name: first, last_name: last } of bySeniority) {
    const body = { id: employeeId(id), name: `${first} ${last}`, roles: ['sales'] };
    await createOnce(admin, '/users', body);
    const { token } = await admin.post(`/users/${employeeId(id)}/tokens`, { days: 1 }, printed);
    tokens.set(id, callerWith(running.apiUrl, token));
  }
  return {
    admin,
    supervisor: running.as('u-sales-supervisor-1'),
    technical: running.as('u-technical-1'),
    director: running.as('u-director-1'),
    finance: running.as('u-finance-1'),
    cashier: running.as('u-finance-2'),
    warehouse: running.as('u-warehouse-1'),
    checker: running.as('u-checker-1'),
    logistics: running.as('u-logistics-1'),
    salesperson: (employee) => tokens.get(employee) ?? admin,
  };
}
