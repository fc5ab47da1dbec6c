/**
 * What each folder may import: the table of docs/architecture.md. `folder/` names a folder, `folder/file` one file,
 * `npm` any package, `npm:x` the package x (a final * stands for anything), `node` Node's own modules. What is not
 * allowed is forbidden.
 */
export interface Row {
  readonly folder: string;
  /** Imports of values and of types. */
  readonly values: readonly string[];
  /** Imports of types only, beside those above. */
  readonly types: readonly string[];
  /** Packages taken back from `npm`. */
  readonly except: readonly string[];
}

const temporalInside = 'npm:@temporalio/workflow';
const messages = ['workflows/messages', 'workflows/ids'];
/** Who starts orders also takes how they are started: docs/decisions/one-way-to-start-an-order.md. */
const starts = [...messages, 'workflows/order-start'];

/** The first row whose folder holds the file applies. */
export const importTable: readonly Row[] = [
  { folder: 'domain/inside/', values: ['domain/inside/'], types: [], except: [] },
  { folder: 'domain/outside/', values: ['domain/'], types: [], except: [] },
  // Every file of the domain says by its path whether it runs in the sandbox: none stands beside the two folders.
  { folder: 'domain/', values: [], types: [], except: [] },
  {
    folder: 'workflows/',
    values: ['workflows/', 'domain/inside/', temporalInside],
    types: ['activities/', 'npm:@temporalio/*'],
    except: [],
  },
  {
    folder: 'activities/',
    values: ['activities/', 'domain/', 'prisma/', ...messages, 'npm', 'node'],
    types: ['workflows/activity-types'],
    except: [temporalInside, 'npm:@temporalio/worker', 'npm:fastify', 'npm:@fastify/*'],
  },
  {
    // Workflows are named by path (require.resolve) and bundled: the worker's own process never loads them.
    folder: 'worker/',
    values: ['worker/', 'activities/', 'config/', 'prisma/', 'domain/', ...starts, 'npm', 'node'],
    types: ['workflows/'],
    except: [temporalInside, 'npm:fastify', 'npm:@fastify/*'],
  },
  {
    folder: 'api/',
    values: ['api/', 'domain/', 'config/', 'prisma/', ...starts, 'npm', 'node'],
    types: ['workflows/'],
    except: [temporalInside, 'npm:@temporalio/worker', 'npm:@temporalio/activity'],
  },
  {
    folder: 'web/',
    values: ['web/', 'api/', 'npm', 'node'],
    types: ['domain/'],
    except: ['npm:@temporalio/*', 'npm:@prisma/*', 'npm:prisma', 'npm:pg'],
  },
  {
    folder: 'config/',
    values: ['config/', 'domain/', 'npm', 'node'],
    types: [],
    except: ['npm:@temporalio/*', 'npm:@prisma/*'],
  },
];

/** The world of the one loop: nothing else waits, or asks for activities, children, signals and timers. */
const world = ['workflows/temporal-world.ts'];

/** The files that may take each name of `@temporalio/workflow`; a name that is not here nobody may take. */
export const reservedNames: Readonly<Record<string, readonly string[]>> = {
  condition: world,
  sleep: world,
  proxyActivities: world,
  proxyLocalActivities: world,
  proxySinks: world,
  startChild: world,
  getExternalWorkflowHandle: world,
  continueAsNew: world,
  upsertSearchAttributes: world,
  setCurrentDetails: world,
  workflowInfo: world,
  log: world,
  ActivityFailure: world,
  TemporalFailure: world,
  ParentClosePolicy: world,
  WorkflowIdReusePolicy: world,
  isCancellation: world,
  CancellationScope: [...world, 'workflows/live.ts'],
  ApplicationFailure: [...world, 'workflows/live.ts'],
  setDefaultSignalHandler: ['workflows/live.ts'],
  setHandler: ['workflows/live.ts'],
  defineSignal: ['workflows/messages.ts'],
  defineQuery: ['workflows/messages.ts'],
  setWorkflowOptions: ['workflows/versioned.ts'],
  patched: ['workflows/changes.ts'],
  deprecatePatch: ['workflows/changes.ts'],
};

/** The clock, chance, and what depends on where the program runs. A `process` by itself is one of ours: an order, a shipment. */
const worldly = `
  new Date()  Date()  Date.now  Math.random  performance  setTimeout  setInterval  setImmediate
  crypto  fetch  console  Intl  globalThis
  process.env  process.argv  process.hrtime  process.nextTick  process.uptime  process.pid  process.cwd  process.platform  process.memoryUsage
  .toLocaleString  .toLocaleDateString  .toLocaleTimeString  .toLocaleUpperCase  .toLocaleLowerCase  .localeCompare
  .getFullYear  .getMonth  .getDate  .getDay  .getHours  .getMinutes  .getTimezoneOffset
  .setFullYear  .setMonth  .setDate  .setHours  .setMinutes
`
  .trim()
  .split(/\s{2,}/);

/** What code in these folders must be given instead of reaching for it. */
export const unmentionable: readonly {
  readonly folder: string;
  readonly except: readonly string[];
  readonly words: readonly string[];
}[] = [
  { folder: 'domain/', except: [], words: worldly },
  { folder: 'workflows/', except: world, words: worldly },
];
