// What the checks need on a fresh clone: the packages and the Prisma client.
import { prepare } from './bootstrap.mjs';

await prepare();
