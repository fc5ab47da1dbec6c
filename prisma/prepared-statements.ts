import { createHash } from 'node:crypto';

/**
 * Begins a raw statement of constant text that runs often: PostgreSQL then parses and plans it once per connection, not
 * once per call. Only for statements of few shapes: each shape stays in the memory of each connection.
 */
export const preparedMark = '/* prepared */';

/** For the driver adapter: names what carries the mark by its text. Empty for all else: parsed for this call only. */
export function preparedName({ sql }: { readonly sql: string }): string {
  if (!sql.startsWith(preparedMark)) return '';
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = `p${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
  names.set(sql, name);
  return name;
}

const names = new Map<string, string>();
