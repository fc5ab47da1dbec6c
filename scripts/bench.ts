import { writeFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { timeAcceptance } from './bench/acceptance';
import { openBareDesk } from './bench/bare/desk';
import { benchOptions } from './bench/options';
import { measureOneOrder } from './bench/one-order';
import { weighOpenOrders } from './bench/memory';
import { startProduct } from './bench/product';
import { openDesk } from './bench/product-desk';
import { figuresOf, report } from './bench/report';
import { playRounds } from './bench/rounds';
import { codecWith } from './servers/seal-keys';
import { StopList } from './servers/stop-list';
import { endWith } from './servers/trouble';

const say = (line: string): void => console.log(line);

/** `npm run bench`: what the product costs beside a bare workflow, on servers of its own. */
async function main(): Promise<void> {
  const options = benchOptions(process.argv.slice(2));
  const running = new StopList();
  stopOnSignal(running);
  try {
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
    const rounds = await playRounds({ product, desk, bareDesk, plan: order.plan, options, say });
    say('Timing how messages are accepted …');
    const acceptance = await timeAcceptance(sealing, product.spareDatabaseUrl);
    if (options.open > 0) say(`Opening ${options.open} orders …`);
    const memory = options.open > 0 ? await weighOpenOrders(product, desk, { ...options, say }) : undefined;

    const measured = { order, rounds, acceptance, memory };
    say(report(measured, options));
    if (options.jsonFile !== undefined)
      writeFileSync(options.jsonFile, `${JSON.stringify(figuresOf(measured), null, 2)}\n`);
  } finally {
    await running.stop();
  }
}

function stopOnSignal(running: StopList): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(name, () => void running.stop().then(() => process.exit(1), endWith));
}

main().catch(endWith);
