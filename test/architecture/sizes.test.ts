import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/servers/project';
import { mostLines, mostLinesOfPage, tooLong, tooLongForPages } from './sizes';
import { planted, productFolders, sourcesIn } from './sources';

const product = sourcesIn(...productFolders);
const lines = (count: number): string => `${Array.from({ length: count }, () => 'void 0;').join('\n')}\n`;

test('no file of the product is longer than 300 lines', () => {
  expect(tooLong(product)).toEqual([]);
});

test('planted: a file of 301 lines', () => {
  expect(tooLong(new Map([['domain/long.ts', lines(mostLines)]]))).toEqual([]);
  expect(tooLong(new Map([['domain/long.ts', lines(mostLines + 1)]]))).toEqual(['domain/long.ts']);
});

test('a workflow is a page of at most 40 lines', () => {
  expect(tooLongForPages(product)).toEqual([]);
});

test('planted: a page of 41 lines', () => {
  expect(tooLongForPages(planted(product, 'workflows/order.ts', lines(mostLinesOfPage)))).toEqual([]);
  expect(tooLongForPages(planted(product, 'workflows/order.ts', lines(mostLinesOfPage + 1)))).toEqual([
    'workflows/order.ts',
  ]);
});

describe('the linter', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dingdan-planted-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What the linter says, by the project's own rules, of a module that is no file of the product. */
  function saidOf(source: string): string {
    const file = join(folder, 'planted.ts');
    writeFileSync(file, source);
    const config = join(projectFolder, '.oxlintrc.json');
    const oxlint = join(projectFolder, 'node_modules/.bin/oxlint');
    try {
      return execFileSync(oxlint, ['--config', config, file], { encoding: 'utf8', stdio: 'pipe' });
    } catch (failed) {
      return String((failed as { readonly stdout?: unknown }).stdout);
    }
  }

  test('refuses a function of more than 70 lines', () => {
    const long = (count: number): string => `export function long(): void {\n${lines(count)}}\n`;
    expect(saidOf(long(68))).not.toContain('max-lines-per-function');
    expect(saidOf(long(69))).toContain('max-lines-per-function');
  });

  test('asks every switch for all members of what it chooses by', () => {
    // It looks at types, which takes seconds for one file: that the rule is on is enough here.
    const { rules } = JSON.parse(readFileSync(join(projectFolder, '.oxlintrc.json'), 'utf8')) as {
      readonly rules: Readonly<Record<string, readonly [string]>>;
    };
    expect(rules['typescript/switch-exhaustiveness-check']?.[0]).toBe('error');
  });
});
