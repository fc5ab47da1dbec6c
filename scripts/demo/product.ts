import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../servers/project';
import { Trouble } from '../servers/trouble';
import { wishesFrom } from '../servers/wishes';
import { type Caller, callerWith } from './caller';

/** The running product, as its demo users reach it. */
export interface Product {
  readonly apiUrl: string;
  /** The caller with this user's token. */
  as(userId: string): Caller;
  /** Where people look at an order. */
  orderUrl(no: string): string;
  workflowUrl(no: string): string;
}

/** Where the product and its tokens are. */
export interface Whereabouts {
  readonly apiUrl: string;
  readonly temporalUiUrl: string;
  readonly temporalNamespace: string;
  readonly tokens: Readonly<Record<string, string>>;
}

/** A product at given addresses, with given tokens. */
export function productAt({ apiUrl, temporalUiUrl, temporalNamespace, tokens }: Whereabouts): Product {
  const callers = new Map<string, Caller>();
  return {
    apiUrl,
    as: (userId) => {
      const token = tokens[userId];
      if (token === undefined) throw new Trouble(`There is no token of the user ${userId} among the demo's tokens.`);
      const caller = callers.get(userId) ?? callerWith(apiUrl, token);
      callers.set(userId, caller);
      return caller;
    },
    orderUrl: (no) => `${apiUrl}/api/v1/orders/${no}`,
    workflowUrl: (no) => `${temporalUiUrl}/namespaces/${temporalNamespace}/workflows/order-${no}`,
  };
}

/** Finds the running product by flags, environment (API_URL, API_PORT, TEMPORAL_UI_PORT, DEMO_TOKENS) or the usual ports. */
export async function findProduct({
  apiUrl: asked,
  tokensFile: named,
}: {
  readonly apiUrl: string | undefined;
  readonly tokensFile: string | undefined;
}): Promise<Whereabouts> {
  const wishes = wishesFrom(process.env);
  const apiUrl = asked ?? process.env['API_URL'] ?? `http://127.0.0.1:${wishes.apiPort}`;
  const tokensFile = named ?? process.env['DEMO_TOKENS'] ?? join(projectFolder, '.data', 'tokens.json');
  await requireReady(apiUrl);
  return {
    apiUrl,
    temporalUiUrl: process.env['TEMPORAL_UI_URL'] ?? `http://127.0.0.1:${wishes.temporalUiPort}`,
    temporalNamespace: wishes.temporalNamespace,
    tokens: tokensIn(tokensFile),
  };
}

async function requireReady(apiUrl: string): Promise<void> {
  const response = await fetch(`${apiUrl}/readyz`).catch(() => undefined);
  if (response === undefined)
    throw new Trouble(`The product is not running at ${apiUrl}: run \`npm start\` in another terminal first.`);
  if (!response.ok)
    throw new Trouble(`The product at ${apiUrl} is not ready yet (${response.status}); try again soon.`);
}

function tokensIn(file: string): Readonly<Record<string, string>> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Trouble(`There are no tokens of the demo users in ${file}: \`npm start\` writes them on its first run.`);
  }
}
