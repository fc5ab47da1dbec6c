/** A payload as Temporal carries it; the shape that the SDK's codecs take. */
export interface Payload {
  readonly metadata?: Readonly<Record<string, Uint8Array>> | null;
  readonly data?: Uint8Array | null;
}

/** A key of the environment: its number, and its 32 bytes. */
export interface Key {
  readonly id: string;
  readonly key: Buffer;
}

/** The SDK hands empty bytes over as an empty list. */
export const bytesOf = (value: Uint8Array | null | undefined): Uint8Array =>
  value instanceof Uint8Array ? value : Buffer.from(value ?? []);

export const jsonEncoding = Buffer.from('json/plain');

/** A value as the SDK's own converter writes it. */
export const jsonPayload = (text: string): Payload => ({
  metadata: { encoding: jsonEncoding },
  data: Buffer.from(text),
});

/** The payload with other metadata under this name; undefined takes it away. */
export function withMetadata({ metadata, data }: Payload, name: string, value: Uint8Array | undefined): Payload {
  const { [name]: _before, ...others } = metadata ?? {};
  return { metadata: value === undefined ? others : { ...others, [name]: value }, data: data ?? new Uint8Array() };
}
