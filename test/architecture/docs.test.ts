import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { accounts } from '../../domain/inside/kernel/posting';
import { orderStatuses, roles, statusWords } from '../../domain/inside/kernel/vocabulary';
import { outcomes } from '../../domain/inside/kernel/worklist/terms';
import { processes, taskKinds } from '../../domain/inside/processes';
import { actionWords, clockWords, roleWords, taskWords } from '../../domain/inside/words';
import { searchAttributes } from '../../workflows/search-attributes';
import defaultPolicy from '../../config/policies/default.json';
import packageJson from '../../package.json';

// The pages that people read stay true of the code. Prose cannot be checked; names, places, numbers and commands can.

const project = dirname(dirname(__dirname));
const read = (path: string): string => readFileSync(join(project, path), 'utf8');
const pages = ['README.md', 'CONTRIBUTING.md', ...filesUnder('docs').filter((path) => path.endsWith('.md'))];
const glossary = read('docs/glossary.md');
const apiPage = read('docs/api.md');

describe('docs/glossary.md', () => {
  it('has every status, role, task, clock and action in both languages, as domain/inside/words.ts has them', () => {
    const words = { ...statusWords, ...roleWords, ...taskWords, ...clockWords, ...actionWords };
    const rows = Object.entries(words).map(([word, { zh, en }]) => `| \`${word}\` | ${zh} | ${en} |`);
    expect(rows.filter((row) => !glossary.includes(row))).toEqual([]);
    expect(rows.length).toBeGreaterThan(orderStatuses.length + roles.length + taskKinds.length);
  });

  it('has no word in those tables that the code has not', () => {
    const tables = { 'Order statuses': statusWords, Roles: roleWords, Tasks: taskWords, Clocks: clockWords };
    for (const [title, words] of Object.entries(tables)) {
      expect(firstCells(sectionOf(glossary, title)).toSorted()).toEqual(Object.keys(words).toSorted());
    }
  });

  it('has every fact, outcome and ledger account', () => {
    expect(firstCells(sectionOf(glossary, 'Facts')).toSorted()).toEqual(factKinds().toSorted());
    expect(firstCells(sectionOf(glossary, 'Outcomes')).toSorted()).toEqual([...outcomes].toSorted());
    const rows = Object.entries(accounts).map(([name, number]) => `| ${number} | \`${name}\` |`);
    expect(rows.filter((row) => !glossary.includes(row))).toEqual([]);
  });
});

describe('docs/api.md', () => {
  it('explains every reason for which an order refuses a message, and no other', () => {
    expect(firstCells(sectionOf(apiPage, 'Refused by the order')).toSorted()).toEqual(refusalCodes().toSorted());
  });

  it('explains no reason that no rule gives', () => {
    const rules = filesUnder('domain/inside').filter((path) => path !== 'domain/inside/kernel/refusal.ts');
    const given = rules.map(read).join('\n');
    expect(refusalCodes().filter((code) => !given.includes(`'${code}'`))).toEqual([]);
  });

  it('explains every code that the API answers with', () => {
    const codes = filesUnder('api').flatMap((path) =>
      [...read(path).matchAll(/(?:refused\(|\bcode: |\bcode\] = )'([a-z_]+)'/g)].map(([, code = '']) => code),
    );
    const fieldCodes = ['invalid', 'unknown', 'required', 'empty'];
    const unexplained = codes.filter((code) => !apiPage.includes(`\`${code}\``) && !fieldCodes.includes(code));
    expect(codes.length).toBeGreaterThan(10);
    expect(unexplained).toEqual([]);
  });
});

describe('docs/human-tasks.md', () => {
  it('HT-5 says of every kind of task what undoing its decision does', () => {
    const section = sectionOf(read('docs/human-tasks.md'), 'Undoing a decision');
    const told = [...section.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, kind = '']) => kind),
    );
    expect(told.toSorted()).toEqual([...taskKinds].toSorted());
  });
});

describe('docs/holds-and-gates.md', () => {
  it('has every reason for a hold that the policy has a row for, and no other', () => {
    expect(firstCells(sectionOf(read('docs/holds-and-gates.md'), 'Reasons of an order')).toSorted()).toEqual(
      Object.keys(defaultPolicy.holds).toSorted(),
    );
  });
});

describe('docs/process.md', () => {
  it('names only rules that a test names, or says that they come later', () => {
    expect(unheldRules(read('docs/process.md'), rulesNamedByTests())).toEqual([]);
  });
});

describe('README.md', () => {
  it('explains every setting that the program reads', () => {
    const names = [...read('config/environment.ts').matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name = '']) => name);
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !sectionOf(read('README.md'), 'Settings').includes(`\`${name}\``))).toEqual([]);
  });

  it('names every search attribute', () => {
    const names = Object.keys(searchAttributes);
    expect(names.filter((name) => !read('README.md').includes(`\`${name}\``))).toEqual([]);
  });
});

describe('docs/decisions/dependencies.md', () => {
  it('gives a reason for every package', () => {
    const page = read('docs/decisions/dependencies.md');
    const packages = Object.keys({ ...packageJson.dependencies, ...packageJson.devDependencies });
    const known = (name: string): boolean =>
      page.includes(`\`${name}\``) || name.startsWith('@types/') || name.startsWith('@temporalio/');
    expect(packages.filter((name) => !known(name))).toEqual([]);
  });
});

describe('all pages', () => {
  it.each(pages)('%s names only files that exist', (page) => {
    expect(missingPlaces(read(page), dirname(page))).toEqual([]);
  });

  it.each(pages)('%s names only npm scripts that exist', (page) => {
    expect(missingScripts(read(page))).toEqual([]);
  });

  it('shows pictures that load quickly', () => {
    const heavy = filesUnder('docs/images').filter((path) => statSync(join(project, path)).size >= 300_000);
    expect(heavy).toEqual([]);
  });
});

describe('the checks of this file', () => {
  it('see a page that has gone wrong', () => {
    expect(missingPlaces('Read `workflows/nowhere.ts` and [this](gone.md).', 'docs')).toEqual([
      'workflows/nowhere.ts',
      'docs/gone.md',
    ]);
    expect(missingScripts('Run `npm run nothing`.')).toEqual(['nothing']);
    expect(unheldRules('| ZZ-1 | holds |\n| ZZ-2 | later |\n| RV-1 | holds |', new Set(['RV-1']))).toEqual(['ZZ-1']);
    expect(firstCells('| word | 中文 |\n| --- | --- |\n| `one` | 一 |')).toEqual(['one']);
  });
});

function filesUnder(folder: string): readonly string[] {
  return readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(project, join(entry.parentPath, entry.name)));
}

/** The text from a heading that begins with the title to the next heading. */
function sectionOf(page: string, title: string): string {
  const [, text = ''] = page.split(new RegExp(`^#+ ${title}\\b.*$`, 'm'));
  return text.split(/^#+ /m)[0] ?? '';
}

/** What stands in code letters in the first cells of a section's tables. */
function firstCells(section: string): readonly string[] {
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map(([, cell = '']) => cell);
}

/** Every process says at run time which facts it knows. */
function factKinds(): readonly string[] {
  return [...new Set(Object.values(processes).flatMap(({ shapes }) => Object.keys(shapes)))];
}

/** A union of texts is gone at run time; the file itself still has it. */
function refusalCodes(): readonly string[] {
  const [, union = ''] = read('domain/inside/kernel/refusal.ts').split('export type RefusalCode =');
  return [...union.matchAll(/\| '(\w+)'/g)].map(([, code = '']) => code);
}

/** The rules that stand in the name of a test. */
function rulesNamedByTests(): ReadonlySet<string> {
  const titles = filesUnder('test')
    .filter((path) => path.endsWith('.test.ts'))
    .flatMap((path) => [
      ...read(path).matchAll(/\b(?:it|test|describe)(?:\.\w+)*(?:\([^'"`]*\))?\(\s*(['"`])([\s\S]*?)\1/g),
    ])
    .map(([, , title = '']) => title);
  return new Set(titles.flatMap((title) => title.match(rule) ?? []));
}

const rule = /\b[A-Z]{2}-\d+\b/g;

function unheldRules(page: string, held: ReadonlySet<string>): readonly string[] {
  return page
    .split('\n')
    .filter((line) => !/\blater\b/.test(line))
    .flatMap((line) => line.match(rule) ?? [])
    .filter((id) => !held.has(id));
}

/** Made by the first change of a running workflow that needs them. */
const placesToCome = ['test/replay/'];
/** What stands only where the product has run, or was built. */
const placesOfRuns = /^(\.data|\.cache|dist|node_modules)(\/|$)/;

/** Targets of links, relative to the page, and paths in code letters, relative to the project. */
function missingPlaces(page: string, folder: string): readonly string[] {
  const spans = [...page.matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, path = '']) => path);
  const named = spans.filter((path) => existsSync(join(project, path.split('/')[0] ?? '')) || /\.\w+$/.test(path));
  const links = [...page.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path = '']) => join(folder, path));
  return [...named, ...links].filter(
    (path) => !existsSync(join(project, path)) && !placesToCome.includes(path) && !placesOfRuns.test(path),
  );
}

function missingScripts(page: string): readonly string[] {
  const named = [...page.matchAll(/\bnpm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name = '']) => name);
  return named.filter((name) => !Object.hasOwn(packageJson.scripts, name));
}
