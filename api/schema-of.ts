import { z } from 'zod';
import type { EveryFact, FactKind, FactNamed } from '../domain/inside/every-fact';
import type { FactHead } from '../domain/inside/kernel/fact';
import type { Part, PartSchema, Shape, Shapes } from '../domain/inside/kernel/shape';
import { processes } from '../domain/inside/processes';
import { fenOf, type Money, moneyOf } from './money';
import { type Problem, wrongField } from './problem';
import * as basics from './schemas/basics';

/** What a fact of a kind says, without its head. */
export type Saying<Kind extends FactKind> = Omit<FactNamed<Kind>, keyof FactHead | 'kind'>;

/** Inside amounts are whole fen, `amountFen`; at the door they are yuan, `amount`. */
type AtDoor<Field> = Field extends `${infer Name}Fen` ? Name : Field;
export type FieldsOf<Kind extends FactKind> = AtDoor<keyof Saying<Kind>> & string;

/** The body of a message, as its sender writes what the fact says. */
export type BodyOf<Kind extends FactKind> = {
  readonly [Field in keyof Saying<Kind> as AtDoor<Field>]:
    (Field extends `${string}Fen` ? Money : Saying<Kind>[Field]) | Absent<Saying<Kind>, Field>;
};

/** No fields of its own, beside those of the shape. */
export type NoFields = { readonly [K in never]: z.ZodType };

/** What is parsed may say of a field that it is not there. */
type Absent<Of, Field extends keyof Of> = NoFields extends Pick<Of, Field> ? undefined : never;

/** Every message may say when it happened, where that was before it is entered (HG-4), and carry free words. */
export interface Beside {
  readonly happenedAt?: string | undefined;
  readonly comment?: string | undefined;
}

/** What a body has that its shape does not say, or says otherwise; and what the documentation says of a field. */
interface BodyRules<Kind extends FactKind, Also extends z.ZodRawShape> {
  readonly also?: Also;
  /** Fields of the fact that nobody types. */
  readonly derived?: readonly FieldsOf<Kind>[];
  readonly hints?: Readonly<Partial<Record<FieldsOf<Kind>, string>>>;
}

/** A body with fields of its own in place of those of the shape. */
export type BodyWith<Kind extends FactKind, Also extends z.ZodRawShape> = Omit<BodyOf<Kind>, keyof Also> & {
  readonly [Field in keyof Also]: z.output<Also[Field]>;
} & Beside;

const shapes: Shapes = Object.assign({}, ...Object.values(processes).map((process) => process.shapes));

const shapeOf = (kind: string): Shape => shapes[kind] ?? {};

/**
 * The schema of a message's body, made of the shape of the fact that it becomes: so what the door lets in, its workflow can read,
 * and what it could not read is refused here with the name of the field.
 */
export function bodyOf<Kind extends FactKind, Also extends z.ZodRawShape = NoFields>(
  kind: Kind,
  { also, derived = [], hints }: BodyRules<Kind, Also> = {},
): z.ZodType<BodyWith<Kind, Also>> {
  const typed = Object.entries(shapeOf(kind)).flatMap(([field, part]) => {
    const name = atDoor(field, part);
    if (derived.some((one) => one === name) || (also !== undefined && Object.hasOwn(also, name))) return [];
    return [[name, described(fieldOf(field, part), hints, name)] as const];
  });
  const body = z.strictObject({
    ...Object.fromEntries(typed),
    ...also,
    happenedAt: basics.instant.optional(),
    comment: basics.text(4000).optional(),
  });
  // The compiler cannot follow how a schema is made of a shape; both come from the one declaration.
  return body as unknown as z.ZodType<BodyWith<Kind, Also>>;
}

function described(schema: z.ZodType, hints: object | undefined, name: string): z.ZodType {
  const hint: unknown = hints && Reflect.get(hints, name);
  return typeof hint === 'string' ? schema.describe(hint) : schema;
}

/** What a body says, as its fact says it: yuan become fen, instants are in UTC. */
export function sayingOf<Kind extends FactKind>(kind: Kind, body: object): Partial<Saying<Kind>> {
  const said = Object.entries(shapeOf(kind)).flatMap(([field, part]) => {
    const value: unknown = Reflect.get(body, atDoor(field, part));
    return value === undefined ? [] : [[field, inside(field, part, value)] as const];
  });
  return Object.fromEntries(said) as Partial<Saying<Kind>>;
}

/** What a workflow would file as malformed: the field, as its sender knows it; undefined when the fact fits its shape. */
export function malformed(fact: EveryFact): Problem | undefined {
  const wrong = Object.entries(shapeOf(fact.kind)).find(([field, { is, mayLack }]) => {
    const value: unknown = Reflect.get(fact, field);
    return value === undefined ? mayLack !== true : !is(value);
  });
  return wrong && wrongField(atDoor(...wrong), 'invalid', 'This is more than an order takes, or has not the form.');
}

const isMoney = (field: string, { schema }: Part<unknown>): boolean => field.endsWith('Fen') && schema.type === 'whole';

const atDoor = (field: string, part: Part<unknown>): string =>
  isMoney(field, part) ? field.slice(0, -'Fen'.length) : field;

function inside(field: string, part: Part<unknown>, value: unknown): unknown {
  if (isMoney(field, part)) return fenOf(value as Money);
  return part.schema.type === 'instant' ? new Date(String(value)).toISOString() : value;
}

function fieldOf(field: string, part: Part<unknown>): z.ZodType {
  const schema = isMoney(field, part) ? moneyBetween(part) : (forms[field] ?? schemaOf(part.schema));
  return part.mayLack === true ? schema.optional() : schema;
}

function moneyBetween({ schema }: Part<unknown>): z.ZodType {
  const { least, most } = schema.type === 'whole' ? schema : { least: 0, most: 0 };
  const error = `must lie between ${moneyOf(least).amount} and ${moneyOf(most).amount}`;
  return basics.money.refine(({ amount }) => isBetween(fenOf({ amount, currency: 'CNY' }), least, most), { error });
}

const isBetween = (value: number, least: number, most: number): boolean => value >= least && value <= most;

/** Words that have one form wherever they stand; others have the form of their part. */
const forms: Readonly<Record<string, z.ZodType>> = {
  taskId: basics.taskId,
  chargeNo: basics.chargeNo,
  shipmentNo: basics.shipmentNo,
  attachmentId: basics.messageId,
  paymentId: basics.messageId,
  batchId: basics.id,
  carrier: basics.id,
  waybillNo: basics.id,
  to: basics.id,
  reason: basics.reasonCode,
  reasonCode: basics.reasonCode,
  causeCode: basics.reasonCode,
  conditions: z.array(basics.reasonCode).max(20),
};

/** The schema of a part. */
function schemaOf(part: PartSchema): z.ZodType {
  switch (part.type) {
    case 'text':
      return basics.text(part.most);
    case 'whole':
      return z.int().min(part.least).max(part.most);
    case 'flag':
      return z.boolean();
    case 'instant':
      return basics.instant;
    case 'date':
      return basics.keptDate;
    case 'one_of':
      return z.enum([...part.words]);
    case 'list':
      return z.array(schemaOf(part.of)).max(part.most);
    case 'object':
      return z.strictObject(
        Object.fromEntries(
          Object.entries(part.fields).map(([name, { schema, mayLack }]) => {
            const field = schemaOf(schema);
            return [name, mayLack ? field.optional() : field] as const;
          }),
        ),
      );
    case 'either':
      return z.union(part.of.map(schemaOf));
    case 'own':
      throw new Error('A part that a process makes itself comes through no door');
  }
}
