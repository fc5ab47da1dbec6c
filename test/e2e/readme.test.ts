import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectFolder } from '../../scripts/servers/project';
import { announceProduct } from '../../scripts/servers/running-product';
import { apiAtWork } from '../api/api-at-work';
import { temporalAddress, temporalUiUrl } from '../harness/temporal';

const place = apiAtWork();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'readme-'));
  const data = join(folder, '.data');
  mkdirSync(data);
  const tokensFile = join(data, 'tokens.json');
  writeFileSync(tokensFile, JSON.stringify(place.api.tokens));
  announceProduct(data, {
    apiUrl: place.api.url,
    temporalAddress: temporalAddress(),
    temporalNamespace: 'default',
    temporalUiUrl: temporalUiUrl(),
    databaseUrl: place.api.databaseUrl,
    tokensFile,
  });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The commands of README's first order, in their order. */
function commands(): string {
  const [, section = ''] = readFileSync(join(projectFolder, 'README.md'), 'utf8').split(/^## A first order$/m);
  const [walk = ''] = section.split(/^## /m);
  return [...walk.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, block = '']) => block).join('\n');
}

/** Some forty programs are started one after the other. */
const minutesMs = 180_000;

test(
  'the first order of README goes from intake to completed as it stands there, without a pause',
  async () => {
    const walk = commands();
    expect(walk.split('\n').length).toBeGreaterThan(40);
    expect(walk).not.toMatch(/\bsleep\b|127\.0\.0\.1|localhost/);
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', walk], { cwd: folder });
    expect(stderr).toBe('');
    const refusals = [...stdout.matchAll(/"code": "(\w+)"/g)].map(([, code]) => code);
    // Who took the order may not approve it, and is told so; nobody else is refused.
    expect(refusals).toEqual(['four_eyes']);
    const [no = ''] = stdout.match(/^\d{8}-\d{4,}$/m) ?? [];
    expect(await place.api.prisma.order.findUnique({ where: { no } })).toMatchObject({ status: 'completed' });
  },
  minutesMs,
);
