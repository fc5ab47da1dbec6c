/** What may be filed with an order: the type that a file says it has, and how its first bytes must look. */
const forms: Readonly<Record<string, (bytes: Buffer) => boolean>> = {
  'application/pdf': (bytes) => startsWith(bytes, '%PDF-'),
  'image/png': (bytes) => bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')),
  'image/jpeg': (bytes) => bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')),
  'image/webp': (bytes) => startsWith(bytes, 'RIFF') && bytes.subarray(8, 12).toString('latin1') === 'WEBP',
  'text/plain': isText,
  'text/csv': isText,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': isZip,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': isZip,
};

/** Whether a file may be filed as what it says it is: an HTML page that calls itself a picture may not. */
export function isAllowed(mediaType: string, content: Buffer): boolean {
  return forms[mediaType]?.(content) ?? false;
}

/** For messages: what may be filed. */
export const allowedMediaTypes: readonly string[] = Object.keys(forms);

function startsWith(bytes: Buffer, mark: string): boolean {
  return bytes.subarray(0, mark.length).toString('latin1') === mark;
}

function isZip(bytes: Buffer): boolean {
  return startsWith(bytes, 'PK\u0003\u0004');
}

function isText(bytes: Buffer): boolean {
  return !bytes.includes(0);
}
