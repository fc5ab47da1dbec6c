import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { readDay } from '../../scripts/demo/day/day-file';
import { playDay } from '../../scripts/demo/day/play-day';
import { findProduct } from '../../scripts/demo/product';
import { projectFolder } from '../../scripts/servers/project';
import { freePorts } from '../../scripts/servers/ports';
import { type ApiUnderTest, startApi } from '../api/api-under-test';
import { startWorker } from '../api/worker-under-test';
import { temporalUiUrl } from '../harness/temporal';

let folder: string;
let api: ApiUnderTest;
let worker: { stop(): Promise<void> };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'demo-day-'));
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

/** The product's own day with only these orders, and some of them changed. */
function shortDay(names: readonly string[], changes: object = {}): string {
  const day: { orders: { name: string }[] } = parse(
    readFileSync(join(projectFolder, 'scripts', 'demo', 'day.yaml'), 'utf8'),
  );
  const orders = day.orders.filter(({ name }) => names.includes(name)).map((order) => ({ ...order, ...changes }));
  const file = join(folder, `${names.join('-')}.yaml`);
  writeFileSync(file, stringify({ ...day, orders }));
  return file;
}

async function play(file: string): Promise<{ readonly right: boolean; readonly said: string }> {
  const said: string[] = [];
  const whereabouts = {
    apiUrl: api.url,
    temporalUiUrl: temporalUiUrl(),
    temporalNamespace: 'default',
    tokens: api.tokens,
  };
  const right = await playDay(whereabouts, { file, say: (line) => void said.push(line) });
  return { right, said: said.join('\n') };
}

test('S4 the day that comes with the product has an order for every end', () => {
  const ends = new Set(readDay().orders.map(({ expect: { end } }) => end));
  expect(ends).toEqual(new Set(['archived', 'cancelled', 'dead', 'rejected']));
});

test(
  'CF-5, CF-6, RV-6 orders of a short day end as it says: completed, rejected, cancelled late',
  async () => {
    const { right, said } = await play(shortDay(['small-prepaid', 'rejected', 'cancelled-late']));
    expect(said).toContain('3 of 3 orders ended as the day says');
    expect(said).toMatch(/罗建国 u-director-1 拒绝 rejects \(终审 management review, credit_too_weak\)/);
    expect(said).toMatch(/namespaces\/default\/workflows\/order-\d{8}-\d+/);
    expect(right).toBe(true);
  },
  fewMinutesMs,
);

test(
  'RV-6 an order that ends otherwise than the day says is shown, and the day is not right',
  async () => {
    const { right, said } = await play(
      shortDay(['rejected'], { expect: { end: 'cancelled', seen: ['paymentReceived'] } }),
    );
    expect(said).toContain('✗ ended rejected; never saw paymentReceived');
    expect(right).toBe(false);
  },
  fewMinutesMs,
);

test(
  'SH-3 ST-1 M14 DN-1 three lines go in two shipments, are billed twice, paid by one transfer over both bills, and the rest is collected',
  async () => {
    const { right, said } = await play(shortDay(['two-shipments']));
    expect({ right, said }).toMatchObject({ right: true });
    expect(said).toMatch(/开出结算单 sends the bill \(\S+-B1, 4791\.20 CNY, bill\)/);
    expect(said).toMatch(/开出结算单 sends the bill \(\S+-B2, 858\.80 CNY, bill\)/);
    expect(said).toMatch(/更新催收金额 says what is still owed \(\S+-B2, 450\.00 CNY\)/);
  },
  fewMinutesMs,
);

test('a product that does not run is told in one line', async () => {
  const [port = 0] = await freePorts(1);
  const apiUrl = `http://127.0.0.1:${port}`;
  await expect(findProduct({ apiUrl, tokensFile: undefined })).rejects.toThrow(
    `The product is not running at ${apiUrl}: run \`npm start\` in another terminal first.`,
  );
});

test(
  'HT-12 HT-7 HT-6 HT-9 a whole review: only the level whose inputs changed is asked again, and a substitute decides',
  async () => {
    const { right, said } = await play(shortDay(['review-in-full']));
    expect({ right, said }).toMatchObject({ right: true });
    const approvals = (level: string) =>
      said.split('\n').filter((line) => line.includes(`批准 approves (${level}`)).length;
    expect(approvals('初审')).toBe(1);
    for (const deed of ['提问 asks', '转交任务 hands the task on', '退回 returns', '升级 escalates', '代罗建国审批'])
      expect(said).toContain(deed);
  },
  fewMinutesMs,
);
