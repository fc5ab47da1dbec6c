import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { bytesOf, jsonEncoding, type Payload, withMetadata } from './payload';

/** Metadata that says which fields of a payload's JSON are deflated. */
const field = 'deflated';
const terms = Buffer.from('terms');

/** Shorter terms, such as those of a shipment's few tasks, are not worth the bytes that say so. */
const worthwhileBytes = 1_024;

/** Twenty times what the terms of the largest order that the door takes need: nothing that we sealed is longer. */
const mostBytes = 1_280 * 1_024;

interface Deflated {
  readonly deflated: string;
}

/**
 * Deflates the terms in a payload, wherever they stand in it, and leaves the rest readable in the Temporal UI: the terms
 * are most of what an order starts with, and they say the same words over and over.
 */
export function deflateTerms(payload: Payload): Payload {
  const data = Buffer.from(bytesOf(payload.data));
  const isJson = jsonEncoding.equals(bytesOf(payload.metadata?.['encoding']));
  if (!isJson || data.length < worthwhileBytes || !data.includes('"terms":{')) return payload;
  let found = false;
  const value = mapTerms(JSON.parse(data.toString()), (one) => {
    const text = Buffer.from(JSON.stringify(one));
    // What looks deflated already must come out as it went in, too.
    if (text.length < worthwhileBytes && !isDeflated(one)) return one;
    found = true;
    return { deflated: deflateRawSync(text).toString('base64') } satisfies Deflated;
  });
  if (!found) return payload;
  return withMetadata({ ...payload, data: Buffer.from(JSON.stringify(value)) }, field, terms);
}

/** The payload as it was; bytes alone decide what comes out, so that every replay reads the same. */
export function inflateTerms(payload: Payload): Payload {
  if (!terms.equals(bytesOf(payload.metadata?.[field]))) return payload;
  const value = mapTerms(JSON.parse(Buffer.from(bytesOf(payload.data)).toString()), (one) =>
    isDeflated(one)
      ? JSON.parse(inflateRawSync(Buffer.from(one.deflated, 'base64'), { maxOutputLength: mostBytes }).toString())
      : one,
  );
  return withMetadata({ ...payload, data: Buffer.from(JSON.stringify(value)) }, field, undefined);
}

const isDeflated = (value: object): value is Deflated =>
  'deflated' in value && typeof value.deflated === 'string' && Object.keys(value).length === 1;

/** The value with every object under the name `terms` replaced; what is under that name is not looked into. */
function mapTerms(value: unknown, replace: (terms: object) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => mapTerms(one, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === 'terms' && isObject(one) ? replace(one) : mapTerms(one, replace),
    ]),
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
