import { factsOf } from '../../../api/facts-of';
import { foldOrder } from '../../../api/fold';
import { gradeA } from '../../builders';
import { head } from '../../filings';
import { type Company, openCompany } from './company';

const no = '20261123-0001';
const orderAccepted = { ...head(`order-${no}#1`), kind: 'orderAccepted', takenBy: 'tina', terms: gradeA() };

let company: Company;
beforeAll(async () => {
  company = await openCompany();
});
afterAll(() => company.close());

/** Files so many notes in a workflow, from a place on. */
const fileNotes = (workflowId: string, { from, to }: { readonly from: number; readonly to: number }) =>
  company.query(
    `insert into facts ("workflowId", seq, "orderNo", id, kind, filed, because, body, at, "happenedAt", actor)
     select $1, n, $2, $1 || '/' || n, 'contactLogged', 'ignored', 'limit_reached', '{"answered":true,"by":{"kind":"process"}}',
            '2026-11-23T01:00:00.120Z', '2026-11-23T00:59:00Z', 'process'
       from generate_series($3::int, $4::int) n`,
    [workflowId, no, from, to],
  );

async function fileFirst(): Promise<void> {
  const { id, kind, at, ...body } = orderAccepted;
  await company.query(
    `insert into facts ("workflowId", seq, "orderNo", id, kind, filed, body, at, "happenedAt", actor)
     values ($1, 1, $2, $3, $4, 'applied', $5, $6, $6, 'process')`,
    [`order-${no}`, no, id, kind, JSON.stringify(body), at],
  );
}

test('W2 S3 an order is folded from all of its facts, also when tens of thousands were refused', async () => {
  await fileFirst();
  await fileNotes(`order-${no}`, { from: 2, to: 21_000 });
  await fileNotes(`shipment-${no}-S1`, { from: 1, to: 7 });
  const folded = await foldOrder(company.prisma, no);
  expect(folded?.dossier.seq).toBe(21_000);
  const facts = await factsOf(company.prisma, no);
  expect([...facts].map(([workflowId, { length }]) => [workflowId, length])).toEqual([
    [`order-${no}`, 21_000],
    [`shipment-${no}-S1`, 7],
  ]);
  expect(
    facts
      .get(`order-${no}`)
      ?.map(({ id }) => id)
      .slice(1),
  ).toEqual(Array.from({ length: 20_999 }, (_none, index) => `order-${no}/${index + 2}`));
  expect(facts.get(`order-${no}`)?.at(-1)).toEqual({
    id: `order-${no}/21000`,
    kind: 'contactLogged',
    at: '2026-11-23T01:00:00.120Z',
    happenedAt: '2026-11-23T00:59:00.000Z',
    answered: true,
    by: { kind: 'process' },
  });
});

test.each([1, 2, 3, 7, 8])('S3 facts are the same when %i are read at once', async (atOnce) => {
  const other = '20261123-0002';
  for (const workflowId of [`collection-${other}-B1`, `order-${other}`, `shipment-${other}-S1`])
    await company.query(
      `insert into facts ("workflowId", seq, "orderNo", id, kind, filed, body, at, "happenedAt", actor)
       select $1, n, $2, $1 || '#' || n, 'noted', 'applied', '{}', now(), now(), 'process' from generate_series(1, 3) n
       on conflict do nothing`,
      [workflowId, other],
    );
  const facts = await factsOf(company.prisma, other, { atOnce });
  expect([...facts].map(([workflowId, those]) => [workflowId, those.map(({ id }) => id.split('#')[1])])).toEqual([
    [`collection-${other}-B1`, ['1', '2', '3']],
    [`order-${other}`, ['1', '2', '3']],
    [`shipment-${other}-S1`, ['1', '2', '3']],
  ]);
});
