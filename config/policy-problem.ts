/** One thing wrong with a policy: where, and why. */
export interface PolicyProblem {
  /** `tasks.intake.contact.roles`, as a person finds it in the document. */
  readonly path: string;
  readonly reason: string;
}
