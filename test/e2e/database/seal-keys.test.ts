import { randomBytes } from 'node:crypto';
import { createPrismaClient } from '../../../prisma/client';
import { sealRegister } from '../../../prisma/seal-keys';
import { createDatabase, type TestDatabase } from '../../harness/databases';

let database: TestDatabase;
let prisma: ReturnType<typeof createPrismaClient>;
beforeAll(async () => {
  database = await createDatabase();
  prisma = createPrismaClient(database.url, { poolSize: 2 });
});
afterAll(async () => {
  await prisma.$disconnect();
  await database.drop();
});

const key = (id: string) => ({ id, key: randomBytes(32) });

it('X7 a key that seals is known to the others, and a process that lacks one that sealed refuses to start', async () => {
  const [old, fresh] = [key('1'), key('2')];
  await sealRegister(prisma, [old]).ready();
  expect(await sealRegister(prisma, [key('9')]).holds('1')).toBe(true);
  expect(await sealRegister(prisma, [old]).holds('2')).toBe(false);
  await sealRegister(prisma, [fresh, old]).ready();
  await expect(sealRegister(prisma, [old]).ready()).rejects.toThrow('the key 2 is missing');
  await expect(sealRegister(prisma, [key('3')]).ready()).rejects.toThrow(
    /the key 1 is missing[^]*the key 2 is missing/,
  );
  await expect(sealRegister(prisma, [fresh, key('1')]).ready()).rejects.toThrow('the key 1 is another one');
  await sealRegister(prisma, [fresh, old]).ready();
});

it('X7 of the keys the database holds numbers and hashes alone', async () => {
  const mine = key('secret');
  await sealRegister(prisma, [mine, key('x')])
    .ready()
    .catch(() => undefined);
  const rows = JSON.stringify(await prisma.sealKey.findMany());
  for (const encoding of ['hex', 'base64', 'latin1'] as const) expect(rows).not.toContain(mine.key.toString(encoding));
});

it('X7 what could not be announced is announced with the next payload', async () => {
  let away = true;
  const register = sealRegister(
    new Proxy(prisma, {
      get: (target, name) => {
        if (away) throw new Error('PostgreSQL is away');
        return Reflect.get(target, name) as unknown;
      },
    }),
    [key('later')],
  );
  await expect(register.ready()).rejects.toThrow('away');
  away = false;
  await expect(register.ready()).rejects.toThrow('is missing');
});
