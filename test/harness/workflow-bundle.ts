import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';
import { bundled, unversionedWorkflows } from '../../worker/workflow-bundle';
import { surroundingIfAny } from './surroundings';

let own: Promise<WorkflowBundle> | undefined;

/**
 * The workflows as tests run them. The servers project has bundled them once for all of its files; elsewhere each test process
 * does it for itself.
 */
export async function workflowBundle(): Promise<WorkflowBundle | { readonly codePath: string }> {
  const codePath = surroundingIfAny('workflowBundle');
  return codePath === undefined ? (own ??= bundle()) : { codePath };
}

const bundle = (): Promise<WorkflowBundle> => bundleWorkflowCode(bundled(unversionedWorkflows));
