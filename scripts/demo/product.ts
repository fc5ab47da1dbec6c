import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { usualDataFolder } from '../servers/project';
import { findRunningProduct } from '../servers/running-product';
import { Trouble } from '../servers/trouble';
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

/** Finds the running product by its state file; flags and environment (API_URL, TEMPORAL_UI_URL, DEMO_TOKENS) name another. */
export async function findProduct({
  apiUrl: asked,
  tokensFile: named,
}: {
  readonly apiUrl: string | undefined;
  readonly tokensFile: string | undefined;
}): Promise<Whereabouts> {
  const running = findRunningProduct();
  const apiUrl = asked ?? process.env['API_URL'] ?? running?.apiUrl;
  if (apiUrl === undefined) throw new Trouble('Dingdan does not run here: run `npm start` in another terminal first.');
  const tokensFile = named ?? process.env['DEMO_TOKENS'] ?? running?.tokensFile ?? join(usualDataFolder, 'tokens.json');
  await requireReady(apiUrl);
  return {
    apiUrl,
    temporalUiUrl: process.env['TEMPORAL_UI_URL'] ?? running?.temporalUiUrl ?? 'http://127.0.0.1:8233',
    temporalNamespace: process.env['TEMPORAL_NAMESPACE'] ?? running?.temporalNamespace ?? 'default',
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
