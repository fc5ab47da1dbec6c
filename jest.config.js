// Two projects: `unit` needs no server and takes seconds; `servers` gets one real PostgreSQL and one real Temporal server.
// Node packages that ship ES modules only are turned into CommonJS by swc: Jest does not load ES modules by itself.
const transformed = ['@prisma/schema-engine-wasm'];

const common = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: {
    '^.+\\.(ts|tsx|js|mjs)$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: false },
        },
        module: { type: 'commonjs', ignoreDynamic: false },
        sourceMaps: 'inline',
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${transformed.join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/.cache/'],
};

/** @param {readonly string[]} folders */
const testsIn = (folders) => folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.{ts,tsx}`);

module.exports = {
  // Tests wait for servers much of the time: one of them for each core, where Jest would leave a core to itself.
  maxWorkers: '100%',
  projects: [
    { ...common, displayName: 'unit', testMatch: testsIn(['domain', 'architecture', 'replay', 'loop']) },
    {
      ...common,
      displayName: 'servers',
      testMatch: testsIn(['workflows', 'api', 'e2e', 'faults', 'browser']),
      globalSetup: '<rootDir>/test/harness/global-setup.ts',
      globalTeardown: '<rootDir>/test/harness/global-teardown.ts',
      setupFilesAfterEnv: ['<rootDir>/test/harness/time-limit.ts'],
    },
  ],
};
