// `npm run lock`: adds to package-lock.json the optional packages of other platforms that npm left out, which it does whenever
// it cannot see them; `npm ci` then refuses the file. Their versions are exact in the packages that want them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from './bootstrap.mjs';

const systems = ['darwin', 'linux', 'win32', 'android', 'freebsd', 'openharmony', 'netbsd', 'openbsd', 'sunos', 'aix'];
const processors = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 'loong64', 's390x', 'wasm32', 'mips64el'];
const libraries = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' };

const file = join(projectFolder, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = missingFrom(lock.packages);
for (const { path, version, dev } of missing) lock.packages[path] = entryOf(path, version, dev);
const [root, ...others] = Object.entries(lock.packages);
lock.packages = Object.fromEntries([root, ...others.toSorted(([a], [b]) => (a < b ? -1 : 1))]);
writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);
console.log(`Added ${missing.length} packages of other platforms to package-lock.json.`);

function missingFrom(packages) {
  return Object.entries(packages)
    .filter(([path]) => path !== '')
    .flatMap(([path, { optionalDependencies = {}, dev }]) =>
      Object.entries(optionalDependencies)
        .filter(([name]) => !isLocked(packages, path, name))
        .map(([name, version]) => ({ path: `node_modules/${name}`, version, dev })),
    )
    .filter(({ version }) => /^\d/.test(version));
}

/** Whether the package would be found from there, as Node looks for it. */
function isLocked(packages, from, name) {
  const parts = from.split('/node_modules/');
  const places = parts.map(
    (_, depth) => `${parts.slice(0, parts.length - depth).join('/node_modules/')}/node_modules/${name}`,
  );
  return [...places, `node_modules/${name}`].some((path) => packages[path] !== undefined);
}

function entryOf(path, version, dev) {
  const words = path.split(/[/-]/);
  const named = (list) => words.filter((word) => list.includes(word));
  const os = named(systems);
  const cpu = named(processors);
  const libc = named(Object.keys(libraries)).map((word) => libraries[word]);
  if (os.length + cpu.length === 0) throw new Error(`Cannot tell which platform ${path} is for: add it by hand.`);
  return {
    version,
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(dev ? { dev } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}
