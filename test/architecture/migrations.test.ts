import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionFilesIn, migrationsIn } from '../../prisma/migration-files';
import { functionsFolder, migrationsFolder } from '../../prisma/migrate';
import { presentSchema } from '../../prisma/schema-files';

interface SqlFile {
  readonly name: string;
  readonly sql: string;
}

/** What a text of SQL defines: `function credit_use`, `trigger facts_immutable`. */
function definitionsIn({ sql }: SqlFile): readonly string[] {
  const statement = /\bcreate\s+(?:or\s+replace\s+)?(?:constraint\s+)?(function|procedure|trigger)\s+"?(\w+)/gi;
  const words = sql.replaceAll(/--.*$/gm, '');
  return [...words.matchAll(statement)].map(([, kind = '', name = '']) => `${kind.toLowerCase()} ${name}`);
}

const definedTwice = (files: readonly SqlFile[]): readonly string[] =>
  files.flatMap(definitionsIn).filter((each, index, all) => all.indexOf(each) !== index);

test('the newest migration was written from the present files of prisma/schema/', () => {
  // red? npm run migration -- NAME
  expect(readFileSync(join(migrationsFolder, 'schema.prisma'), 'utf8')).toBe(presentSchema());
});

describe('functions and triggers stand in prisma/functions/', () => {
  test('a migration defines none', () => {
    const inMigrations = migrationsIn(migrationsFolder).flatMap(definitionsIn);
    expect(inMigrations).toEqual([]);
  });

  test.each([
    ['CREATE OR REPLACE FUNCTION stock_in(a int) RETURNS void', 'function stock_in'],
    ['create function\n  "odd" () returns int', 'function odd'],
    ['create procedure tidy()', 'procedure tidy'],
    ['create constraint trigger "late" after insert on t', 'trigger late'],
    ['-- as was said\ncreate or replace trigger early before insert on t', 'trigger early'],
  ])('one planted in a migration is found: %s', (sql, found) => {
    expect(definitionsIn({ name: 'planted', sql })).toEqual([found]);
  });

  test('words about a function in a comment are no definition', () => {
    expect(definitionsIn({ name: 'comment', sql: '-- create function later()\ncreate table t (id int);' })).toEqual([]);
  });

  test('each has one place', () => {
    const files = functionFilesIn(functionsFolder);
    expect(files.flatMap(definitionsIn)).toContain('function reserve_stock');
    expect(definedTwice(files)).toEqual([]);
  });

  test('one that is planted a second time, in another file, is found', () => {
    const files = functionFilesIn(functionsFolder);
    const planted = { name: 'planted.sql', sql: 'create or replace function reserve_stock() returns int' };
    expect(definedTwice([...files, planted])).toEqual(['function reserve_stock']);
  });
});
