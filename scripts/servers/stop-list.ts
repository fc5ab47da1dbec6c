import type { Stoppable } from './together';

/** What has been started, to be stopped in the opposite order; each stop is waited for before the next. */
export class StopList implements Stoppable {
  readonly #stops: (() => Promise<void>)[] = [];

  add(...together: readonly Stoppable[]): void {
    this.#stops.push(async () => {
      await Promise.all(together.map((each) => each.stop()));
    });
  }

  async stop(): Promise<void> {
    for (let stop = this.#stops.pop(); stop !== undefined; stop = this.#stops.pop()) await stop();
  }
}
