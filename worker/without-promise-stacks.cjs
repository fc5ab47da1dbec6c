// Loaded before a worker with `node --require`. The SDK notes a stack trace at each promise of a workflow, for its query
// `__stack_trace`, which takes a third of the workflow thread's time. Nobody needs it here: a process waits at one place, its loop,
// and its current details say for what. Errors keep their stack traces.
const { promiseHooks } = require('node:v8');
const { isMainThread } = require('node:worker_threads');

if (!isMainThread) promiseHooks.createHook = () => () => undefined;
