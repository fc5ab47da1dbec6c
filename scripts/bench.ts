import { writeFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { timeAcceptance } from './bench/acceptance';
import { openBareDesk } from './bench/bare/desk';
import { benchOptions } from './bench/options';
import { measureOneOrder } from './bench/one-order';
import { weighOpenOrders } from './bench/memory';
import { startProduct } from './bench/product';
import { openDesk } from './bench/product-desk';
import { readFullestOrder } from './bench/fullest-order';
import { figuresOf, report } from './bench/report';
import { playRounds } from './bench/rounds';
import { codecWith } from './servers/seal-keys';
import { countStories } from './bench/stories';
import type { StopList } from './servers/stop-list';
import { withServers } from './servers/with-servers';

const say = (line: string): void => console.log(line);

/** `npm run bench`: what the product costs beside a bare workflow, on servers of its own. */
async function main(running: StopList): Promise<void> {
  const options = benchOptions(process.argv.slice(2));
  say('Starting PostgreSQL, Temporal, worker and API …');
  const product = await startProduct(options);
  running.add(product);
  const connection = await Connection.connect({ address: product.temporalAddress });
  running.add({ stop: () => connection.close() });
  const client = new Client({ connection });
  const dataConverter = { payloadCodecs: [codecWith(product.sealKeys)] };
  const sealing = new Client({ connection, dataConverter });
  const desk = await openDesk(product);
  running.add({ stop: () => desk.close() });
  const bareDesk = await openBareDesk(client, product.temporalAddress);
  running.add(bareDesk);

  say('Counting what one order costs …');
  const order = await measureOneOrder({ client, desk, metricsUrl: product.metricsUrl });
  const rounds = await playRounds({ product, desk, bareDesk, options, say });
  say('Timing how messages are accepted …');
  const storyCounts = await countStories(client, desk);
  const acceptance = await timeAcceptance(sealing, product.spareDatabaseUrl);
  if (options.most > 0) say('Filling an order with the most of everything …');
  const fullest = options.most > 0 ? await readFullestOrder(product, desk, options) : undefined;
  if (options.open > 0) say(`Opening ${options.open} orders …`);
  const memory = options.open > 0 ? await weighOpenOrders(product, desk, { ...options, say }) : undefined;

  const measured = { order, stories: storyCounts, rounds, acceptance, fullest, memory };
  say(report(measured, options));
  if (options.jsonFile !== undefined)
    writeFileSync(options.jsonFile, `${JSON.stringify(figuresOf(measured, options), null, 2)}\n`);
}

withServers(main, { code: 1 });
