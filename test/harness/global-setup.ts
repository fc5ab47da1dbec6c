import { type TestServers, startTestServers } from './servers';
import { announce } from './surroundings';

declare global {
  // Jest runs set-up and teardown in one process and offers no other way to hand something over.
  var testServers: TestServers | undefined;
}

/** Jest calls this once before the first test file of the servers project. */
export default async function setUp(): Promise<void> {
  globalThis.testServers = await startTestServers();
  announce(globalThis.testServers.surroundings);
}
