import { freshKey } from '../api-under-test';
import { apiAtWork } from '../api-at-work';
import { eventually } from '../worker-under-test';

// However long a loaded machine takes: 202 would say nothing of who won.
const place = apiAtWork({ settings: { answerWithinMs: 30_000 } });

const orders = 200;
/** So many at the same moment: more would wait for each other, and no longer be at once. */
const atOnce = 20;

/** Two people answer one review in opposite ways at the same moment; what each was told. */
async function opposed(): Promise<
  readonly { readonly status: number; readonly task?: { readonly decidedBy: string } }[]
> {
  const no = await place.take();
  const task = await eventually(
    async () => (await place.api.prisma.task.findMany({ where: { orderNo: no, kind: 'review.sales' } }))[0],
  );
  const answer = (user: string, body: object) =>
    place.api.as(user).post(`/orders/${no}/decisions`, { taskId: task.id, ...body }, freshKey());
  const answers = await Promise.all([
    answer('u-sales-supervisor-1', { outcome: 'approve' }),
    answer('u-sales-2', { outcome: 'reject', reasonCode: 'price_too_low', comment: '低于底价' }),
  ]);
  return answers.map(({ status, body }) => ({ status, ...(body.task === undefined ? {} : { task: body.task }) }));
}

it('V2 of two opposite decisions at the same moment one counts and the other is told who decided what, 200 times', async () => {
  const seen: Awaited<ReturnType<typeof opposed>>[] = [];
  while (seen.length < orders) seen.push(...(await Promise.all(Array.from({ length: atOnce }, opposed))));
  expect(seen.map((answers) => answers.map(({ status }) => status).toSorted((one, other) => one - other))).toEqual(
    Array.from({ length: orders }, () => [200, 409]),
  );
  const losers = seen.map((answers) => answers.find(({ status }) => status === 409));
  expect(losers.filter((loser) => loser?.task?.decidedBy === undefined)).toEqual([]);
  const winners = new Set(losers.map((loser) => loser?.task?.decidedBy));
  expect([...winners].every((userId) => userId === 'u-sales-supervisor-1' || userId === 'u-sales-2')).toBe(true);
  const decided = await place.api.prisma.task.count({ where: { kind: 'review.sales', state: 'decided' } });
  expect(decided).toBe(orders);
}, 180_000);
