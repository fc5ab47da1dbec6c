import { findRunningProduct } from './running-product';
import { Trouble } from './trouble';

/** The database that DATABASE_URL names, else that of the product that runs here. */
export function databaseToUse(): string {
  const url = process.env['DATABASE_URL'] || findRunningProduct()?.databaseUrl;
  if (url === undefined)
    throw new Trouble('Dingdan does not run here: run `npm start` in another terminal, or set DATABASE_URL.');
  return url;
}
