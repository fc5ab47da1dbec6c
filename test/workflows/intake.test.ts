import { terms } from '../builders';
import { factsOf, reaches, rungs, standingOf } from './steps';
import { workplace } from './workplace';

const place = workplace('intake');
const incomplete = terms({ missing: ['contact'] });

it('IN-5 an incomplete order is completed and goes on to review by itself', async () => {
  const order = await place.start(incomplete);
  await reaches(order, 'on_hold');
  await order.say({ kind: 'contactLogged', answered: true });
  await order.say({ kind: 'orderRevised', terms: terms(), fromRevision: 1 });
  const { intake, waitingFor } = await order.until(
    ({ status, worklist: { tasks } }) => status === 'pending_review' && tasks.length > 1,
  );
  expect({ revision: intake.revision, waitingFor }).toEqual({ revision: 2, waitingFor: ['sales'] });
});

it('IN-5 after seven days without an answer it is cancelled with the reason', async () => {
  const order = await place.start(incomplete);
  expect(await order.result()).toBe('cancelled');
  expect((await order.dossier()).closing.closure?.reasonCode).toBe('no_answer:intake.contact');
  expect(rungs(place.firm, `order-${order.no}`)).toEqual(['task 1:escalate', 'task 1:lapse']);
});

it('IN-6 what is out of scope is rejected with the reason', async () => {
  const order = await place.start(incomplete);
  await order.decide('intake.contact', 'reject', { reasonCode: 'out_of_scope' });
  expect(await order.ended()).toBe('rejected');
  expect((await order.dossier()).closing.closure?.reasonCode).toBe('out_of_scope');
});

it('IN-5 a completion that was made for an older revision is ignored', async () => {
  const order = await place.start(incomplete);
  await order.say({ kind: 'orderRevised', terms: terms(), fromRevision: 1 });
  await reaches(order, 'pending_review');
  await order.say({ kind: 'orderRevised', id: 'late', terms: incomplete, fromRevision: 1 });
  expect(await standingOf(place.firm, order, 'late')).toBe('stale_revision');
});

it('X2 a message that comes twice is filed once', async () => {
  const order = await place.start(incomplete);
  await order.say({ kind: 'contactLogged', id: 'c1', answered: false });
  await order.say({ kind: 'contactLogged', id: 'c1', answered: false });
  await order.say({ kind: 'contactLogged', id: 'c2', answered: false });
  await standingOf(place.firm, order, 'c2');
  const ids = factsOf(place.firm, `order-${order.no}`).map(({ fact }) => fact.id);
  expect(ids.filter((id) => id === 'c1')).toHaveLength(1);
});
