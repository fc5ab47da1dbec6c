import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectFolder } from '../../scripts/servers/project';

interface Service {
  readonly image: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly deploy?: { readonly replicas: number };
  readonly healthcheck?: object;
}

const read = (path: string) => readFileSync(join(projectFolder, path), 'utf8');
const text = read('docker-compose.yml');
const compose: { readonly services: Readonly<Record<string, Service>>; readonly volumes: object } = parse(text, {
  merge: true,
});
const services = Object.values(compose.services);
const ours = services.filter(({ image }) => image === 'dingdan');

/** `dist/api/main.js` → `api/main.ts`: the sources of the programs that a text names. */
function programsIn(words: string): readonly string[] {
  return [...words.matchAll(/\bdist\/(\S+)\.js\b/g)].map(([, path]) => `${path}.ts`);
}

test('every program that docker-compose.yml and the Dockerfile start exists', () => {
  const programs = programsIn(
    `${services.flatMap(({ command = [] }) => command).join(' ')} ${read('Dockerfile').replaceAll('"', ' ')}`,
  );
  expect(programs).toContain('worker/main.ts');
  expect(programs.filter((path) => !existsSync(join(projectFolder, path)))).toEqual([]);
});

test('every file and volume that docker-compose.yml mounts exists', () => {
  const sources = services.flatMap(({ volumes = [] }) => volumes).map((volume) => volume.split(':')[0] ?? '');
  const named = Object.keys(compose.volumes);
  const missing = sources.filter((each) =>
    each.startsWith('.') ? !existsSync(join(projectFolder, each)) : !named.includes(each),
  );
  expect(missing).toEqual([]);
  const inDeploy = [...text.matchAll(/\/deploy\/([\w.-]+)/g)].map(([, file]) => `deploy/${file}`);
  expect(inDeploy.filter((path) => !existsSync(join(projectFolder, path)))).toEqual([]);
});

test('every file that the Dockerfile copies from here exists', () => {
  const copied = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, files = '']) =>
    files.split(' '),
  );
  expect(copied).toContain('package-lock.json');
  expect(copied.filter((path) => !existsSync(join(projectFolder, path)))).toEqual([]);
});

test('every service that another waits for exists, and can be waited for', () => {
  const awaited = services.flatMap(({ depends_on: others = {} }) => Object.entries(others));
  for (const [name, how] of awaited) {
    expect(Object.keys(compose.services)).toContain(name);
    if (JSON.stringify(how).includes('service_healthy')) expect(compose.services[name]?.healthcheck).toBeDefined();
  }
});

test('every variable that docker-compose.yml sets for our programs is read by them', () => {
  const folders = ['config', 'api', 'worker', 'scripts'];
  const sources = folders
    .flatMap((folder) =>
      readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => path.endsWith('.ts'))
    .map(read)
    .join('\n');
  const variables = ours.flatMap(({ environment = {} }) => Object.keys(environment));
  expect(variables).toContain('DATABASE_URL');
  expect([...new Set(variables)].filter((name) => !new RegExp(`\\b${name}\\b`).test(sources))).toEqual([]);
});

test('every variable that docker-compose.yml takes from .env stands in .env.example', () => {
  const taken = [...text.matchAll(/(?<!\$)\$\{(\w+)/g)].map(([, name = '']) => name);
  const offered = [...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name = '']) => name);
  expect([...new Set(taken)].toSorted()).toEqual(offered.toSorted());
});

test('no password has a default: without .env nothing starts', () => {
  const passwords = text.split('\n').filter((line) => /(PASSWORD|PWD|DATABASE_URL|DATABASE_OWNER_URL)\w*:/.test(line));
  expect(passwords.length).toBeGreaterThanOrEqual(6);
  expect(passwords.filter((line) => !/\$\{\w+_PASSWORD:\?/.test(line))).toEqual([]);
  expect(read('.env.example')).not.toMatch(/(PASSWORD|KEYS)=\S/);
  expect(text).toMatch(/DINGDAN_SEAL_KEYS: \$\{DINGDAN_SEAL_KEYS:\?/);
});

test('rule 7 (deny by default) API and worker connect as a role that is not the superuser, whom only the preparation knows', () => {
  const superuser = compose.services['database']?.environment?.['POSTGRES_USER'];
  const roleIn = (url: string | number | undefined): string => /^postgresql:\/\/(\w+):/.exec(String(url))?.[1] ?? '';
  for (const name of ['api', 'worker', 'prepare'])
    expect(roleIn(compose.services[name]?.environment?.['DATABASE_URL'])).toBe('dingdan_app');
  const owners = Object.entries(compose.services).filter(
    ([, { environment = {} }]) => environment['DATABASE_OWNER_URL'],
  );
  expect(owners.map(([name]) => name)).toEqual(['prepare']);
  expect(roleIn(compose.services['prepare']?.environment?.['DATABASE_OWNER_URL'])).toBe(superuser);
});

test('rule 7 (loopback only) what is published is published on this machine alone, unless .env says otherwise', () => {
  const published = services.flatMap(({ ports = [] }) => ports);
  expect(published).toHaveLength(2);
  expect(published.filter((port) => !/^(127\.0\.0\.1|\$\{\w+:-127\.0\.0\.1\}):/.test(port))).toEqual([]);
});

test('the image uses the Node that is current, and package.json still takes the one before', () => {
  const images = [...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
  expect(images).toEqual(['node:24-slim', 'node:24-slim']);
  expect(JSON.parse(read('package.json')).engines.node).toBe('>=20.19');
});

test('two workers run', () => {
  expect(compose.services['worker']?.deploy?.replicas).toBe(2);
});
