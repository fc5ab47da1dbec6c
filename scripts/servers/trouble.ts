/** Something a person can put right. Its message is one line that says what is wrong and what to do; no stack is wanted. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
  override readonly stack = this.message;
}

/** Prints a `Trouble` as its one line and anything else with its stack, then ends the process with 1. */
export function endWith(error: unknown): never {
  console.error(error instanceof Trouble ? error.message : error);
  process.exit(1);
}
