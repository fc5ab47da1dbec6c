/** Jest calls this once after the last test file of the servers project. */
export default async function tearDown(): Promise<void> {
  await globalThis.testServers?.stop();
}
