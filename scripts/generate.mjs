// `npm run generate`: the Prisma client from prisma/schema/, without any download.
import { generate } from './bootstrap.mjs';

await generate({ always: true });
