import type { BundleOptions } from '@temporalio/worker';

/**
 * The rules from `domain/inside/` are loaded once for all workflows of a thread, not once for each workflow: loading them takes
 * longer than telling an order's whole story, and they would stand in memory once for each order that is cached. They keep
 * nothing of a workflow: what they remember they remember by the parts of a dossier, which never change.
 */
const shared = ['../domain/inside/processes', '../domain/inside/order-milestones', '../workflows/shown'];

/** How the workflows of a file are bundled, by workers and by whoever replays. */
export const bundled = (workflowsPath: string): Pick<BundleOptions, 'workflowsPath' | 'preloadModules'> => ({
  workflowsPath,
  preloadModules: shared.map((path) => require.resolve(path)),
});

export const unversionedWorkflows = require.resolve('../workflows/index');
export const versionedWorkflows = require.resolve('../workflows/versioned');
