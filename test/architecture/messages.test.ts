import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { policySchema } from '../../config/policy-schema';
import { processes, taskKinds } from '../../domain/inside/processes';
import type { MessageRow } from '../../api/message-rows';
import { messages } from '../../api/messages';
import { messageKinds } from '../../workflows/messages';

// One message, one owner, one way in: what a process may be told from outside has one row of the door, and each row is told.

const project = dirname(dirname(__dirname));
const toldFromOutside = [...new Set(Object.values(messageKinds).flat())];

/** What is told from outside without a row, has two, or stands in a row though no process hears it; addresses that stand twice. */
function wrongWays(kinds: readonly string[], rows: readonly MessageRow[]): readonly string[] {
  const rowsOf = (kind: string) => rows.filter((row) => row.kind === kind).length;
  const urls = rows.flatMap(({ comes }) => ('url' in comes ? [comes.url] : []));
  return [
    ...kinds.flatMap((kind) => (rowsOf(kind) === 1 ? [] : [`${kind} has ${rowsOf(kind)} rows`])),
    ...rows.flatMap(({ kind }) => (kinds.includes(kind) ? [] : [`no process hears ${kind}`])),
    ...urls.filter((url, index) => urls.indexOf(url) !== index).map((url) => `${url} stands twice`),
  ];
}

test('X1 every fact that comes from outside has one row of the door', () => {
  expect(wrongWays(toldFromOutside, messages)).toEqual([]);
  expect(toldFromOutside.length).toBeGreaterThan(20);
});

test('X1 a fact without a row, or with two, and an address of two messages are found', () => {
  const row = (kind: MessageRow['kind'], url: string): MessageRow => ({ kind, comes: { url } });
  expect(wrongWays(['holdPlaced'], [])).toEqual(['holdPlaced has 0 rows']);
  expect(wrongWays(['holdPlaced'], [row('holdPlaced', '/a'), row('holdPlaced', '/b')])).toEqual([
    'holdPlaced has 2 rows',
  ]);
  expect(wrongWays(['holdPlaced'], [row('holdPlaced', '/a'), row('stockFreed', '/a')])).toEqual([
    'no process hears stockFreed',
    '/a stands twice',
  ]);
});

test('X1 what the books tell is written by the file that the row names', () => {
  for (const { kind, comes } of messages) {
    if (!('writtenBy' in comes)) continue;
    const file = join(project, comes.writtenBy);
    expect([kind, existsSync(file) && readFileSync(file, 'utf8').includes(`'${kind}'`)]).toEqual([kind, true]);
  }
});

describe('HT-1 each kind of task has one asker and a row of the policy', () => {
  const rowsOf = (document: unknown): Readonly<Record<string, unknown>> =>
    (document as { readonly tasks: Readonly<Record<string, unknown>> }).tasks;
  const whole: unknown = JSON.parse(readFileSync(join(project, 'config/policies/default.json'), 'utf8'));
  const without = (kind: string): unknown => ({
    ...(whole as object),
    tasks: Object.fromEntries(Object.entries(rowsOf(whole)).filter(([one]) => one !== kind)),
  });

  test('the policy that a company begins with has a row for each, and no other', () => {
    expect(Object.keys(rowsOf(whole)).toSorted()).toEqual(taskKinds.toSorted());
  });

  test('no two processes ask the same', () => {
    const asked = Object.values(processes).flatMap(({ asks }) => Object.keys(asks));
    expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
  });

  test.each(taskKinds.map((kind) => [kind]))('a policy without the row of %s is refused', (kind) => {
    const { success, error } = policySchema.safeParse(without(kind));
    expect(success).toBe(false);
    expect(error?.issues.map(({ path }) => path.join('/'))).toContain(`tasks/${kind}`);
  });
});
