/**
 * SHA-256 over the UTF-8 bytes of a text, in hex. Pure, because the domain imports nothing; tested against node:crypto.
 * Terms are 20 kB at each order's door, so it works in place on 32-bit words instead of making lists anew.
 */
export function sha256(text: string): string {
  const words = padded(new TextEncoder().encode(text));
  const state = new Int32Array(initial);
  const schedule = new Int32Array(64);
  for (let block = 0; block < words.length; block += 16) {
    schedule.set(words.subarray(block, block + 16));
    compress(state, schedule);
  }
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

/** JSON with sorted keys and nothing left out, so that equal values have equal texts. Refuses what JSON cannot carry. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    fields.sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`;
  }
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  throw new RangeError(`not a JSON value: ${typeof value}`);
}

/** The first 64 primes give the constants of FIPS 180-4: fractions of their cube roots, and of the square roots of the first eight. */
const primes = Array.from({ length: 312 }, (_, index) => index)
  .filter((n) => n > 1 && !divisible(n))
  .slice(0, 64);
const constants = new Int32Array(primes.map((prime) => fraction(Math.cbrt(prime))));
const initial: readonly number[] = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

function divisible(n: number): boolean {
  for (let divisor = 2; divisor * divisor <= n; divisor += 1) if (n % divisor === 0) return true;
  return false;
}

/** The first 32 bits after the point. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}

/** The message as 32-bit words, with a one bit, zeros, and its length in bits at the end. */
function padded(bytes: Uint8Array): Int32Array {
  const size = ((bytes.length + 8) >> 6) * 64 + 64;
  const whole = new Uint8Array(size);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(size - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(size - 4, (bytes.length << 3) >>> 0);
  return Int32Array.from({ length: size / 4 }, (_, index) => view.getInt32(index * 4));
}

/** One block, the first sixteen words of `schedule`, goes into the state. */
function compress(state: Int32Array, schedule: Int32Array): void {
  const at = (index: number): number => schedule[index] ?? 0;
  for (let t = 16; t < 64; t += 1) {
    const low = rotate(at(t - 15), 7) ^ rotate(at(t - 15), 18) ^ (at(t - 15) >>> 3);
    const high = rotate(at(t - 2), 17) ^ rotate(at(t - 2), 19) ^ (at(t - 2) >>> 10);
    schedule[t] = at(t - 16) + low + at(t - 7) + high;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t += 1) {
    const one = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + (constants[t] ?? 0) + at(t);
    const two = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = (state[index] ?? 0) + word;
  });
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}
