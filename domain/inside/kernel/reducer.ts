import type { Base } from './dossier';
import type { Members } from './members';
import type { Organs, ProcessRules } from './process';
import type { Required } from './worklist/required';
import type { Decision, Task } from './worklist/task';

/** What a process files its facts by. */
export interface Reducer<D extends Base> {
  readonly organs: Organs;
  readonly members: Members;
  readonly rules: ProcessRules<D>;
  readonly requires: (dossier: D) => Required;
  readonly cameAfter: (dossier: D, task: Task, signature: Decision) => string | undefined;
}
