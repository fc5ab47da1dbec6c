import type { z } from 'zod';

type Schema = z.core.$ZodType;

/** A schema as zod keeps it at run time: what it is, and what it is made of. */
interface Shape {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly keyType?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly values?: readonly unknown[];
}

export interface Reading {
  /** Closed sets that say who or what, not how: their members are no fields of their own (roles, kinds of tasks). */
  readonly vocabularies: readonly (readonly string[])[];
  /** Records whose names are each a field of its own; everywhere else `*` stands for the name. */
  readonly named: readonly string[];
  /** Parts that act alike wherever they stand: listed once, under a name of their own. */
  readonly shared: Readonly<Record<string, Schema>>;
}

/**
 * Every field that a document of this schema may have, `tasks.*.due`, and each member of a closed set that changes what happens:
 * `holds.*.gates = ship`. A choice among objects is told by its constants: `condition grade is`.
 */
export function fieldPaths(schema: Schema, reading: Reading): readonly string[] {
  const parts = Object.entries(reading.shared).flatMap(([name, part]) => within(part, name, reading));
  return [...new Set([...pathsOf(schema, '', reading), ...parts])];
}

function pathsOf(schema: Schema, at: string, reading: Reading): readonly string[] {
  return Object.values(reading.shared).includes(schema) ? [] : within(schema, at, reading);
}

function within(schema: Schema, at: string, reading: Reading): readonly string[] {
  const def = shapeOf(schema);
  switch (def.type) {
    case 'object':
      return fieldsOf(def.shape ?? {}, at, reading);
    case 'record':
      return keysOf(def, at, reading).flatMap((key) => inner(def.valueType, `${at}.${key}`, reading));
    case 'array':
      return [at, ...inner(def.element, isObject(def.element) ? `${at}.*` : at, reading)];
    case 'default':
    case 'optional':
    case 'nullable':
      return inner(def.innerType, at, reading);
    case 'union':
      return (def.options ?? []).flatMap((option) =>
        isObject(option) ? chosen(option, at, reading) : pathsOf(option, at, reading),
      );
    case 'enum':
    case 'literal':
      return [at, ...membersOf(schema, reading).map((member) => `${at} = ${member}`)];
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return [at];
    default:
      throw new Error(`${at}: the fields of a ${def.type} cannot be listed`);
  }
}

const fieldsOf = (shape: Readonly<Record<string, Schema>>, at: string, reading: Reading): readonly string[] =>
  Object.entries(shape).flatMap(([name, field]) => pathsOf(field, at === '' ? name : `${at}.${name}`, reading));

/** One object of a choice: a row for each way to combine its closed sets, and its other fields. */
function chosen(option: Schema, at: string, reading: Reading): readonly string[] {
  const { shape = {} } = shapeOf(option);
  const constants = Object.entries(shape).filter(([name]) => name !== 'value');
  const ways = constants.reduce<readonly string[]>(
    (before, [, field]) => before.flatMap((way) => membersOf(field, reading).map((member) => `${way} ${member}`)),
    [at],
  );
  return [...ways, ...inner(shape['value'], `${at}.value`, reading)];
}

const inner = (schema: Schema | undefined, at: string, reading: Reading): readonly string[] =>
  schema === undefined ? [] : pathsOf(schema, at, reading);

const keysOf = ({ keyType }: Shape, at: string, { named }: Reading): readonly string[] =>
  keyType !== undefined && named.includes(at) ? namesIn(keyType) : ['*'];

function membersOf(schema: Schema, { vocabularies }: Reading): readonly string[] {
  const members = namesIn(schema);
  const isVocabulary = (words: readonly string[]): boolean =>
    words.length === members.length && words.every((word) => members.includes(word));
  return vocabularies.some(isVocabulary) ? [] : members;
}

const namesIn = (schema: Schema): readonly string[] => {
  const { entries, values = [] } = shapeOf(schema);
  return entries === undefined ? values.map(String) : Object.values(entries);
};

const isObject = (schema: Schema | undefined): boolean => schema !== undefined && shapeOf(schema).type === 'object';

/** The edge: what zod knows of a schema beside its type. */
const shapeOf = (schema: Schema): Shape => schema._zod.def;
