import type { temporal } from '@temporalio/proto';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Filing } from '../../domain/inside/filing';
import { company } from '../../test/fakes/company';
import { sealing } from '../../test/harness/seal';
import type { Scenario } from '../../test/replay/scenarios';
import { startOrder, workerFor } from '../../test/workflows/order-under-test';
import { orderWorkflowId } from '../../workflows/ids';
import { searchAttributes } from '../../workflows/search-attributes';
import { addSearchAttributes } from '../servers/search-attributes';
import { temporalTestServer } from '../servers/temporal-binary';
import { childrenIn, isAtRest } from './at-rest';

type History = temporal.api.history.v1.IHistory;

/**
 * Plays a scenario and answers what the server kept of each of its workflows, as JSON, by the name of its file. Nothing is
 * said while an earlier message is still being worked on, so that the same story comes out the same each time it is played.
 */
export async function play(scenario: Scenario): Promise<ReadonlyMap<string, string>> {
  // Each scenario has a server of its own, so that its clock is its own.
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path: await temporalTestServer() } },
    client: sealing,
  });
  try {
    await addSearchAttributes(environment.connection, environment.namespace ?? 'default', searchAttributes);
    const books = company();
    const worker = await workerFor(environment, books, 'recording');
    return await worker.runUntil(async () => {
      const atRest = (no: string) => historiesAtRest(environment, orderWorkflowId(no));
      const order = await startOrder(environment, 'recording', scenario.terms, async (no) => void (await atRest(no)));
      await scenario.tell(order);
      return written(await atRest(order.no), books.filings);
    });
  } finally {
    await environment.teardown();
  }
}

/** All of them at rest, and the same a look later: a workflow at rest moves again when another tells it something. */
async function historiesAtRest(
  environment: TestWorkflowEnvironment,
  orderId: string,
): Promise<ReadonlyMap<string, History>> {
  let before = 0;
  for (let look = 0; look < mostLooks; look++) {
    const histories = await historiesOf(environment, orderId);
    const events = [...histories.values()].reduce((sum, history) => sum + (history.events?.length ?? 0), 0);
    const atRest = [...histories.values()].every(isAtRest);
    if (atRest && events === before) return histories;
    before = atRest ? events : 0;
    if (!atRest) await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${orderId} does not come to rest`);
}

/** Some twenty seconds: no scenario is at work for longer, even on a busy machine. */
const mostLooks = 1_000;

async function historiesOf(
  environment: TestWorkflowEnvironment,
  workflowId: string,
): Promise<ReadonlyMap<string, History>> {
  const history = await environment.client.workflow.getHandle(workflowId).fetchHistory();
  const children = await Promise.all(childrenIn(history).map((child) => historiesOf(environment, child)));
  return new Map([[workflowId, history], ...children.flatMap((child) => [...child])]);
}

function written(histories: ReadonlyMap<string, History>, filings: readonly Filing[]): ReadonlyMap<string, string> {
  return new Map(
    [...histories].map(([workflowId, history]) => {
      const { events } = JSON.parse(withoutMachine(historyToJSON(history))) as { readonly events: unknown };
      const filed = filings.filter((filing) => filing.workflowId === workflowId);
      return [workflowId.replace(/-\d{8}-\d+/, ''), `${JSON.stringify({ events, filings: filed }, undefined, 1)}\n`];
    }),
  );
}

/** Who recorded it, and where, is nobody's business. */
const withoutMachine = (history: string): string =>
  history.replaceAll(/"identity": *"[^"]*"/g, '"identity": "recorder"');
