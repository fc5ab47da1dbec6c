// `npm run generate`: the Prisma client from prisma/schema.prisma, without any download.
import { generate } from './bootstrap.mjs';

await generate({ always: true });
