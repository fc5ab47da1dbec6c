import { canonicalJson } from '../filing/digest';

/** A user or a substitution as it stands: its fields in plain JSON. */
export interface OrganisationRow {
  readonly subject: 'user' | 'substitution';
  readonly subjectId: string;
  /** Whom it concerns: the user himself, or who is away. */
  readonly userId: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What became of one of them: the fields that differ, before and after. */
export interface Difference extends Pick<OrganisationRow, 'subject' | 'subjectId' | 'userId'> {
  readonly names: readonly string[];
  /** Null: it was not there. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** Personal data: that they changed is kept, what they are is not (GV-2). */
const personal: readonly string[] = ['name', 'email'];

/** What differs between two states of an organisation, subject by subject. */
export function differences(
  before: readonly OrganisationRow[],
  after: readonly OrganisationRow[],
): readonly Difference[] {
  const earlier = new Map(before.map((one) => [keyOf(one), one]));
  const later = new Map(after.map((one) => [keyOf(one), one]));
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((key) =>
    difference(earlier.get(key), later.get(key)),
  );
}

const keyOf = ({ subject, subjectId }: OrganisationRow): string => `${subject}/${subjectId}`;

function difference(before: OrganisationRow | undefined, after: OrganisationRow | undefined): readonly Difference[] {
  const known = after ?? before;
  if (known === undefined) return [];
  const { subject, subjectId, userId } = known;
  const names = [...new Set([...Object.keys(before?.fields ?? {}), ...Object.keys(after?.fields ?? {})])].filter(
    (name) => text(before?.fields[name]) !== text(after?.fields[name]),
  );
  if (names.length === 0) return [];
  return [{ subject, subjectId, userId, names, before: kept(before, names), after: kept(after, names) }];
}

const text = (value: unknown): string => canonicalJson(value ?? null);

const kept = (one: OrganisationRow | undefined, names: readonly string[]): Difference['before'] =>
  one === undefined
    ? null
    : Object.fromEntries(
        names.filter((name) => !personal.includes(name)).map((name) => [name, one.fields[name] ?? null]),
      );
