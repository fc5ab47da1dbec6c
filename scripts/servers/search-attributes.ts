import type { Connection } from '@temporalio/client';
import { temporal } from '@temporalio/proto';

/** Name → type of the search attributes a Temporal server must know. */
export type SearchAttributes = Readonly<Record<string, keyof typeof kinds>>;

const { IndexedValueType } = temporal.api.enums.v1;

const kinds = {
  Text: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
  Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  Double: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
} as const;

/** Registers those that the namespace does not know yet. An unknown one would fail workflow tasks for ever. */
export async function registerSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
  attributes: SearchAttributes,
): Promise<void> {
  const known = (await connection.operatorService.listSearchAttributes({ namespace })).customAttributes;
  const missing = Object.entries(attributes).filter(([name]) => known[name] === undefined);
  if (missing.length > 0) await addSearchAttributes(connection, namespace, Object.fromEntries(missing));
}

/** As above for a server known to have none: the time-skipping one cannot list them. */
export async function addSearchAttributes(
  connection: Pick<Connection, 'operatorService'>,
  namespace: string,
  attributes: SearchAttributes,
): Promise<void> {
  const searchAttributes = Object.fromEntries(Object.entries(attributes).map(([name, kind]) => [name, kinds[kind]]));
  await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
}
