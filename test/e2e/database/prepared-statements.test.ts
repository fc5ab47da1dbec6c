import { createPrismaClient } from '../../../prisma/client';
import { databaseIsAway, violatesUnique } from '../../../prisma/database-away';
import { Prisma } from '../../../prisma/generated/client';
import { preparedMark } from '../../../prisma/prepared-statements';
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

const marked = Prisma.raw(preparedMark);
const day = `insert into order_serials (day, last) values ('20310101', 1)`;

it('a prepared statement reads every type as Prisma reads it', async () => {
  const columns = Prisma.sql`select 9007199254740993::bigint as worth, 1.50::numeric as rate, date '2031-03-09' as on_day,
    timestamptz '2031-03-09 08:00:00.123+08' as at, '{"a":[1,null]}'::jsonb as detail, '{x,"y z"}'::text[] as roles,
    '\\x00ff'::bytea as digest, null::bigint as none, 3 as few, true as yes, ${'wörter 订单'}::text as words`;
  const [plain] = await prisma.$queryRaw<readonly Record<string, unknown>[]>(columns);
  const [prepared] = await prisma.$queryRaw<readonly Record<string, unknown>[]>(Prisma.sql`${marked} ${columns}`);
  const comparable = (row: Record<string, unknown> = {}) => ({
    ...row,
    digest: Buffer.from(row['digest'] as Uint8Array),
  });
  expect(comparable(prepared)).toEqual(comparable(plain));
  expect(prepared?.['worth']).toBe(9007199254740993n);
});

it('a prepared statement takes instants, bytes, lists and nothing as Prisma takes them', async () => {
  const at = new Date('2031-03-09T00:00:00.123Z');
  const values = Prisma.sql`select ${at}::timestamptz = timestamptz '2031-03-09 08:00:00.123+08' as at,
    ${new Uint8Array([0, 255])}::bytea = '\\x00ff'::bytea as bytes, ${['a', 'b,"c']}::text[] = array['a', 'b,"c'] as list,
    ${null}::text is null as none, ${12345678901n}::bigint = 12345678901 as large`;
  for (const statement of [values, Prisma.sql`${marked} ${values}`])
    expect(await prisma.$queryRaw(statement)).toEqual([{ at: true, bytes: true, list: true, none: true, large: true }]);
});

it('what a transaction asks is undone with it, prepared or not', async () => {
  const undone = prisma.$transaction(async (transaction) => {
    expect(await transaction.$executeRawUnsafe(`${preparedMark} ${day}`)).toBe(1);
    await transaction.$executeRaw`/* prepared */ insert into order_serials (day, last) values ('20310102', 1)`;
    throw new Error('changed my mind');
  });
  await expect(undone).rejects.toThrow('changed my mind');
  expect(await prisma.$queryRaw`/* prepared */ select day from order_serials`).toEqual([]);
});

it('a prepared statement answers how many rows it changed, and its errors are told apart as those of Prisma are', async () => {
  const insert = () => prisma.$executeRaw`/* prepared */ insert into order_serials (day, last) values ('20310103', 1)`;
  expect(await insert()).toBe(1);
  const refused = await insert().catch((error: unknown) => error);
  expect([
    violatesUnique(refused, 'order_serials'),
    violatesUnique(refused, 'reference'),
    databaseIsAway(refused),
  ]).toEqual([true, false, false]);
  const nobody = createPrismaClient('postgresql://nobody@127.0.0.1:1/none', { connectWithinMs: 500 });
  const away = await nobody.$queryRaw`/* prepared */ select 1`.catch((error: unknown) => error);
  expect(databaseIsAway(away)).toBe(true);
  await nobody.$disconnect();
});
