import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

// The parts of the runtime and of the bindings that their typings leave out.
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: Exports } }>;
};
interface Exports {
  readonly __wbindgen_start: () => void;
}
const { __wbg_set_wasm: setWasm, SchemaEngine } = bindings as typeof bindings & {
  readonly __wbg_set_wasm: (exports: Exports) => void;
};

/** The SQL that leads from one schema to another; from nothing when the first is undefined. Empty when they are the same. */
export async function sqlBetween(from: string | undefined, to: string): Promise<string> {
  const engine = await startEngine(to);
  const result = await engine.diff({
    from:
      from === undefined
        ? { tag: 'empty' }
        : { tag: 'schemaDatamodel', files: [{ path: 'before.prisma', content: from }] },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: to }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  engine.free();
  const sql = result.stdout ?? '';
  return sql.includes('This is an empty migration') ? '' : sql;
}

async function startEngine(schema: string): Promise<bindings.SchemaEngine> {
  loading ??= load();
  await loading;
  return SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, databaseStandIn);
}

/** The bindings hold one instance per process; a second one would pull the memory away from under the first. */
let loading: Promise<void> | undefined;

/** Prisma's own engine as WebAssembly: the `prisma migrate` binary is in no package registry. */
async function load(): Promise<void> {
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const bytes = readFileSync(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings });
  setWasm(instance.exports);
  instance.exports.__wbindgen_start();
}

const ok = (value: unknown) => Promise.resolve({ ok: true, value });
const [int32, boolean, text] = [0, 5, 7]; // column types of Prisma's driver adapters

/** The engine insists on a connection, but to compare two schemas it asks only for the server's version. */
const databaseStandIn = {
  provider: 'postgres',
  adapterName: 'none',
  connect: () =>
    ok({
      provider: 'postgres',
      adapterName: 'none',
      executeRaw: () => ok(0),
      executeScript: () => ok(undefined),
      startTransaction: () => Promise.reject(new Error('No database stands behind this connection')),
      dispose: () => ok(undefined),
      queryRaw: () =>
        ok({
          columnNames: ['exists', 'version', 'numeric_version'],
          columnTypes: [boolean, text, int32],
          rows: [[true, 'PostgreSQL 18', 180000]],
        }),
    }),
};
