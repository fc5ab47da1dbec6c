import type { z } from 'zod';

type Schema = z.core.$ZodType;

/** A schema as zod keeps it at run time: what it is, what it is made of, and which checks it got. */
interface Shape {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly keyType?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
  readonly format?: string;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
}

interface Check {
  readonly check: string;
}

/** The texts, lists, numbers and tables of a schema that may be as large as they like. */
export function unbounded(schema: Schema, at = ''): readonly string[] {
  const def: Shape = schema._zod.def;
  const checks = (def.checks ?? []).map(({ _zod }) => _zod.def.check);
  const named = (name: string): string => (at === '' ? name : `${at}.${name}`);
  const inner = [
    ...Object.entries(def.shape ?? {}).flatMap(([name, field]) => unbounded(field, named(name))),
    ...(def.keyType === undefined || hasNames(def.keyType) ? [] : unbounded(def.keyType, named('name'))),
    ...[def.element, def.valueType].flatMap((part) => (part === undefined ? [] : unbounded(part, named('*')))),
    ...[def.innerType, ...(def.options ?? [])].flatMap((part) => (part === undefined ? [] : unbounded(part, at))),
  ];
  switch (def.type) {
    case 'string':
    case 'array':
      return [...(checks.includes('max_length') ? [] : [at]), ...inner];
    case 'number':
      // Amounts are as large as a whole number may be.
      return checks.includes('greater_than') && (checks.includes('less_than') || def.format === 'safeint') ? [] : [at];
    case 'record':
      return [...(hasNames(def.keyType) || checks.includes('custom') ? [] : [at]), ...inner];
    case 'object':
    case 'union':
    case 'optional':
    case 'nullable':
    case 'default':
    case 'enum':
    case 'literal':
    case 'boolean':
    case 'null':
      return inner;
    default:
      throw new Error(`${at}: whether a ${def.type} has a bound is not known`);
  }
}

const hasNames = (key: Schema | undefined): boolean => key?._zod.values !== undefined;
