import { inflateRawSync } from 'node:zlib';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/** One file out of a wheel (a zip archive): the first whose name ends so. Machines without `unzip` are common. */
export function fileInWheel(archive: Buffer, nameEnd: string): Buffer {
  const end = archive.lastIndexOf(Buffer.from(uint32(endOfDirectory)));
  if (end < 0) throw new Error('Not a zip archive');
  const entries = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  for (let n = 0; n < entries; n += 1) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new Error('The zip archive is damaged');
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (name.endsWith(nameEnd)) return contentAt(archive, at);
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  throw new Error(`The archive holds no ${nameEnd}`);
}

function contentAt(archive: Buffer, entry: number): Buffer {
  const stored = 0;
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const header = archive.readUInt32LE(entry + 42);
  const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const packed = archive.subarray(start, start + size);
  return method === stored ? packed : inflateRawSync(packed);
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
