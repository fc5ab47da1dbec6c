import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresOf } from '../../scripts/demo/northwind/figures';
import { readNorthwind } from '../../scripts/demo/northwind/files';
import { assessments } from '../../scripts/demo/northwind/grades';
import { playNorthwind } from '../../scripts/demo/northwind/play-northwind';
import { type ApiUnderTest, startApi } from '../api/api-under-test';
import { startWorker } from '../api/worker-under-test';
import { temporalUiUrl } from '../harness/temporal';
import { northwindRows } from './northwind-rows';

/** What the hand-made rows come to, reckoned on paper. */
const figures = {
  orders: 4,
  lines: 5,
  goods: '26439.00',
  freight: '41.19',
  late: 1,
  neverShipped: 1,
  completed: 3,
};

let folder: string;
let api: ApiUnderTest;
let worker: { stop(): Promise<void> };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'northwind-'));
  for (const [name, text] of Object.entries(northwindRows)) writeFileSync(join(folder, name), text);
  api = await startApi();
  worker = await startWorker(api);
});

afterAll(async () => {
  await worker.stop();
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Some ten seconds; on a machine that does much else, more. */
const fewMinutesMs = 180_000;

async function play(): Promise<{ readonly agree: boolean; readonly said: string; readonly json: unknown }> {
  const said: string[] = [];
  const json = join(folder, 'figures.json');
  const agree = await playNorthwind(
    { apiUrl: api.url, temporalUiUrl: temporalUiUrl(), temporalNamespace: 'default', tokens: api.tokens },
    {
      folder,
      json,
      limit: 100,
      concurrency: 4,
      say: (line) => void said.push(line),
      bar: () => ({ step: () => undefined, end: () => undefined }),
    },
  );
  return { agree, said: said.join('\n'), json: JSON.parse(readFileSync(json, 'utf8')) };
}

test('IN-3 the files are read with names as they are written, and floats lose their noise', () => {
  const { customers, employees, orders } = readNorthwind(folder);
  expect(customers.map(({ company_name: name }) => name)).toContain('Bólido Comidas preparadas');
  expect(employees).toHaveLength(2);
  expect(orders[0]?.lines.map(({ discount }) => discount)).toEqual([0, 1500]);
  expect(figuresOf(orders)).toMatchObject({ goodsFen: 2_643_900, freightFen: 4119, late: 1, neverShipped: 1 });
});

test('MD-1 a customer has his grade by what he bought in all', () => {
  const grades = assessments(readNorthwind(folder));
  expect([...grades.values()].map(({ grade }) => grade)).toEqual(['A', 'B', 'C']);
});

test(
  'HG-4 orders of long ago go through the whole process, and the books agree with the files',
  async () => {
    const { agree, said, json } = await play();
    expect(said).not.toContain('✗');
    expect(json).toEqual(figures);
    expect(agree).toBe(true);
    const late = await api.prisma.order.findFirstOrThrow({ where: { externalNo: '20001' } });
    expect(late.shippedAt).toEqual(new Date('1996-08-02T10:00:00+08:00'));
    expect(late.salespersonId).toBe('nw-employee-1');
  },
  fewMinutesMs,
);

test('EX-1 an order that never shipped is open and says what it waits for', async () => {
  const { no, status } = await api.prisma.order.findFirstOrThrow({ where: { externalNo: '20002' } });
  expect(status).toBe('ready_to_ship');
  const { body } = await api.as('u-admin-1').get(`/orders/${no}/explain`);
  expect(body.waiting).toContainEqual(expect.objectContaining({ what: 'shipment.pick', roles: ['warehouse'] }));
});

test(
  'IN-2 played again, nothing is taken, paid or shipped twice',
  async () => {
    const before = await api.prisma.fact.count();
    const { agree, json } = await play();
    expect(json).toEqual(figures);
    expect(agree).toBe(true);
    expect(await api.prisma.fact.count()).toBe(before);
  },
  fewMinutesMs,
);
