import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codecWith, newSealKey, sealKeysFor } from '../../scripts/servers/seal-keys';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dingdan-seal-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const rightsOf = (file: string): number => statSync(join(folder, file)).mode & 0o777;

test('X7 the first start makes a key of its own, and every later one finds it', () => {
  const made = sealKeysFor({}, join(folder, 'data'));
  expect(sealKeysFor({}, join(folder, 'data'))).toBe(made);
  expect(sealKeysFor({}, join(folder, 'other'))).not.toBe(made);
  expect(() => codecWith(made)).not.toThrow();
});

test('X7 the key is readable by its owner alone, also where a copy was put back with other rights', () => {
  sealKeysFor({}, folder);
  expect(rightsOf('seal-keys')).toBe(0o600);
  chmodSync(join(folder, 'seal-keys'), 0o644);
  sealKeysFor({}, folder);
  expect(rightsOf('seal-keys')).toBe(0o600);
});

test('X7 keys of the environment come first, and are not written down', () => {
  const given = newSealKey();
  writeFileSync(join(folder, 'seal-keys'), `${newSealKey()}\n`);
  expect(sealKeysFor({ DINGDAN_SEAL_KEYS: given }, folder)).toBe(given);
});
