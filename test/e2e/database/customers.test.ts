import { type Company, openCompany } from './company';

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(async () => company.close());

let serial = 0;
async function newCustomer(): Promise<string> {
  serial += 1;
  const id = `C-${serial}`;
  await company.query(`insert into customers (id, "legalName", grade) values ($1, '宏达机械有限公司', 'B')`, [id]);
  return id;
}
const isSuspended = async (customerId: string) =>
  (await company.activities.customerStatus({ key: 'look', customerId })).suspended;

test('AR-2 a customer is suspended and lifted by the same cause', async () => {
  const customerId = await newCustomer();
  expect(await isSuspended(customerId)).toBe(false);
  await company.activities.suspendCustomer({ key: 'k1', customerId });
  expect(await isSuspended(customerId)).toBe(true);
  await company.activities.liftSuspension({ key: 'lift-k1', customerId, suspension: 'k1' });
  expect(await isSuspended(customerId)).toBe(false);
});

test('DN-12 who is suspended for two bills stays so until both are paid', async () => {
  const customerId = await newCustomer();
  await company.activities.suspendCustomer({ key: 'bill-1', customerId });
  await company.activities.suspendCustomer({ key: 'bill-2', customerId });
  await company.activities.liftSuspension({ key: 'lift-bill-1', customerId, suspension: 'bill-1' });
  expect(await isSuspended(customerId)).toBe(true);
  await company.activities.liftSuspension({ key: 'lift-bill-3', customerId, suspension: 'bill-3' });
  expect(await isSuspended(customerId)).toBe(true);
  await company.activities.liftSuspension({ key: 'lift-bill-2', customerId, suspension: 'bill-2' });
  expect(await isSuspended(customerId)).toBe(false);
});

test('X4 a suspension asked for again after it was lifted does not come back', async () => {
  const customerId = await newCustomer();
  await company.activities.suspendCustomer({ key: 'late', customerId });
  await company.activities.liftSuspension({ key: 'lift-late', customerId, suspension: 'late' });
  await company.activities.suspendCustomer({ key: 'late', customerId });
  expect(await isSuspended(customerId)).toBe(false);
});

test('DN-12 bills paid at the same moment leave no suspension standing', async () => {
  const customerId = await newCustomer();
  await company.activities.suspendCustomer({ key: 'one', customerId });
  await company.activities.suspendCustomer({ key: 'other', customerId });
  await company.query('begin');
  await company.query('select lift_suspension($1, $2)', ['one', customerId]);
  const other = company.activities.liftSuspension({ key: 'lift-other', customerId, suspension: 'other' });
  await somebodyWaits();
  await company.query('commit');
  await other;
  expect(await isSuspended(customerId)).toBe(false);
});

/** Returns when a statement in this database waits for a lock. */
async function somebodyWaits(): Promise<void> {
  const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  // Statistics stand still within a transaction, and this connection is in one.
  do await company.query('select pg_stat_clear_snapshot()');
  while ((await company.query(waiting)).length === 0);
}

test('Q8 a customer that does not exist is a lasting fault, not an unsuspended one', async () => {
  await expect(company.activities.customerStatus({ key: 'look', customerId: 'C-0' })).rejects.toMatchObject({
    type: 'row_missing',
    nonRetryable: true,
  });
  await expect(company.activities.suspendCustomer({ key: 'k', customerId: 'C-0' })).rejects.toMatchObject({
    type: 'rows_refused',
  });
});

test('design 12 an incident is opened once per key, and stays closed', async () => {
  const incident = {
    key: 'i',
    workflowId: 'order-1',
    orderNo: '1',
    kind: 'rows_refused',
    detail: 'it does not balance',
  };
  await company.activities.openIncident(incident);
  await company.query(`update incidents set "closedAt" = now() where id = 'i'`);
  await company.activities.openIncident(incident);
  expect(await company.query(`select detail, "closedAt" is null as open from incidents`)).toEqual([
    { detail: { message: 'it does not balance' }, open: false },
  ]);
});
