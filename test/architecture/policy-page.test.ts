import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { calendarSchema } from '../../config/calendar-schema';
import { waitActions } from '../../config/ladder-checks';
import { condition, ladderRow, policySchema } from '../../config/policy-schema';
import { grades, roles } from '../../domain/inside/kernel/vocabulary';
import { taskKinds } from '../../domain/inside/processes';
import { channels, intakeFields, orderKinds } from '../../domain/outside/intake/order-intake';
import { flagNames, reviewTasks } from '../../domain/outside/policy/policy';
import { fieldPaths } from './field-paths';

// A rule that can be saved and never fires is the worst kind of setting: every field of a policy has a row in docs/policy.md that
// names a test which shows it acting.

const project = join(__dirname, '../..');
const page = readFileSync(join(project, 'docs/policy.md'), 'utf8');

const reading = {
  // Flags have a test that goes through all of them: `flags.raised`.
  vocabularies: [roles, taskKinds, reviewTasks, grades, channels, orderKinds, intakeFields, flagNames],
  named: ['clocks', 'promise.leadDays'],
  shared: { condition, rung: ladderRow },
};
/** What a rung does to a clock beside telling people depends on the clock. */
const actionsOfWaits = Object.entries(waitActions).flatMap(([name, actions]) =>
  actions.map((action) => `clocks.${name} = ${action}`),
);
const fieldsOf = {
  Policies: [...fieldPaths(policySchema, reading), ...actionsOfWaits],
  Calendars: fieldPaths(calendarSchema, { ...reading, shared: {} }),
};

interface Row {
  readonly field: string;
  readonly tests: readonly string[];
}

/** A title as it stands in its file, which also holds what fills its blanks. */
interface Title {
  readonly text: string;
  readonly file: string;
}

describe('docs/policy.md', () => {
  const titles = titlesUnder(join(project, 'test'));

  it.each(['Policies', 'Calendars'] as const)('has a row for every field of %s, and no other', (section) => {
    expect(rowsOf(page, section).map(({ field }) => field)).toEqual(fieldsOf[section]);
  });

  it('names tests that exist', () => {
    const rows = [...rowsOf(page, 'Policies'), ...rowsOf(page, 'Calendars')];
    expect(rows.length).toBeGreaterThan(100);
    expect(untested(rows, titles)).toEqual([]);
  });

  it('is seen to have gone wrong', () => {
    const known = [{ text: 'GV-3 the field %s acts', file: "test.each(['due'])" }];
    const rows = rowsOf(
      '## Policies\n| `a` | x | GV-3 the field due acts |\n| `b` | x | GV-3 the field late acts |\n| `c` | x | |\n| `d` | x | GV-3 the field due acts<br>GV-3 gone |',
      'Policies',
    );
    expect(untested(rows, known)).toEqual(['b: GV-3 the field late acts', 'c: no test', 'd: GV-3 gone']);
  });
});

describe('the fields of a document', () => {
  const part = z.strictObject({ inner: z.string() });
  const schema = z.strictObject({
    plain: z.number().exactOptional(),
    many: z.array(z.strictObject({ mode: z.enum(['on', 'off']) })),
    names: z.record(z.string(), z.strictObject({ who: z.enum(['sales', 'legal']) })).exactOptional(),
    days: z.record(z.enum(['mon', 'tue']), z.boolean()),
    when: z.union([
      z.strictObject({ field: z.literal('total'), operator: z.enum(['above', 'below']), value: z.int() }),
      z.strictObject({ field: z.literal('flag'), operator: z.literal('is'), value: z.literal('all') }),
    ]),
    part: part.nullable(),
  });

  it('are found in objects, lists, records and choices, optional ones too', () => {
    const words = { vocabularies: [['legal', 'sales']], named: ['days'], shared: { part } };
    expect(fieldPaths(schema, words)).toEqual([
      'plain',
      'many',
      'many.*.mode',
      'many.*.mode = on',
      'many.*.mode = off',
      'names.*.who',
      'days.mon',
      'days.tue',
      'when total above',
      'when total below',
      'when.value',
      'when flag is',
      'when.value = all',
      'part.inner',
    ]);
  });

  it('are not passed over where a schema is of a kind that nobody thought of', () => {
    const nothing = { vocabularies: [], named: [], shared: {} };
    expect(() => fieldPaths(z.strictObject({ at: z.date() }), nothing)).toThrow('at: the fields of a date');
  });
});

/** The rows of a section's table: the field, what it does, its tests. */
function rowsOf(text: string, section: string): readonly Row[] {
  const [, from = ''] = text.split(new RegExp(`^## ${section}$`, 'm'));
  const [table = ''] = from.split(/^## /m);
  return [...table.matchAll(/^\| `([^`]+)` +\|[^|]*\|([^|]*)\|$/gm)].map(([, field = '', tests = '']) => ({
    field,
    tests: tests
      .split('<br>')
      .map((test) => test.trim())
      .filter((test) => test !== ''),
  }));
}

/** Titles, or beginnings of titles, that no test has. */
function untested(rows: readonly Row[], titles: readonly Title[]): readonly string[] {
  return rows.flatMap(({ field, tests }) => [
    ...(tests.length === 0 ? [`${field}: no test`] : []),
    ...tests.filter((test) => !titles.some((title) => isTitle(title, test))).map((test) => `${field}: ${test}`),
  ]);
}

function isTitle({ text, file }: Title, test: string): boolean {
  if (text.startsWith(test)) return true;
  const filled = fillings(text.split(/%[a-z]|\$\w+/), test);
  return filled !== undefined && filled.every((word) => stands(file, word));
}

/** A case stands in its file as a text, as a name, or as a text with blanks whose fillings stand there. */
function stands(file: string, word: string): boolean {
  if (file.includes(`'${word}'`) || new RegExp(`\\b${escaped(word)}:`).test(file)) return true;
  return [...file.matchAll(/`([^`]*\$\{\w+\}[^`]*)`/g)].some(([, text = '']) =>
    fillings(text.split(/\$\{\w+\}/), word)?.every((part) => file.includes(`'${part}'`)),
  );
}

/** What stands between these words in a text; undefined: it is another text. */
function fillings(words: readonly string[], text: string): readonly string[] | undefined {
  if (words.length === 1) return undefined;
  return new RegExp(`^${words.map(escaped).join('(.+?)')}$`).exec(text)?.slice(1);
}

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function titlesUnder(folder: string): readonly Title[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .flatMap((path) => {
      const file = readFileSync(join(folder, path), 'utf8');
      return [...file.matchAll(/\(\s*(['"`])([A-Z]{1,2}-?\d.*?)\1,\s*(?:async )?\(/g)].map(([, , text = '']) => ({
        text,
        file,
      }));
    });
}
